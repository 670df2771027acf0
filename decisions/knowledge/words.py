"""The words of Routecard, each said in one sentence, and in a longer one where that helps.

Pages explain a word where it first stands, and list all of them at one address. Only words that a page says
are here.
"""

from dataclasses import dataclass

from decisions.words import N_


@dataclass(frozen=True)
class Word:
    """One word: `code` names it in templates and addresses, `more` may be empty."""

    code: str
    term: str
    meaning: str
    more: str = ""


@dataclass(frozen=True)
class Family:
    """Words that belong together, in the order in which one meets them."""

    title: str
    words: tuple[Word, ...]


WORK = Family(
    N_("What is decided"),
    (
        Word(
            "project",
            N_("Project"),
            N_("A piece of work that needs a model, with its goal, its members and the routes it can use."),
        ),
        Word(
            "decision",
            N_("Decision"),
            N_("One question inside a project, such as which model answers the support desk."),
            N_("Its draft changes freely; what was decided is in its saved versions."),
        ),
        Word(
            "need",
            N_("Need"),
            N_("What the work asks of a model: tasks, languages, privacy, context, speed, budget."),
            N_("It is written before any model is chosen, and everything else is judged against it."),
        ),
        Word(
            "draft",
            N_("Draft"),
            N_("The decision as it stands now; it saves itself as you write and can still change."),
        ),
    ),
)
ROUTES = Family(
    N_("Where it runs"),
    (
        Word(
            "route",
            N_("Route"),
            N_("Where a model could run: your own CPU, free Colab, a rented GPU, a server or an API."),
            N_("Routes belong to the project, each with its hardware facts."),
        ),
        Word(
            "route-card",
            N_("Route card"),
            N_("What one route proves for this need, what it cannot prove, and whether it is open to it."),
            N_("Routes prove different things, so cards are never ranked or given a common score."),
        ),
        Word(
            "open-closed",
            N_("Open and closed"),
            N_("An open route may be used for this need; a closed one says why not and what would open it."),
        ),
        Word(
            "hardware-facts",
            N_("Hardware facts"),
            N_("Device, memory, disk and price of a route, as read off the machine or the offer."),
        ),
    ),
)
CANDIDATES = Family(
    N_("What is compared"),
    (
        Word(
            "candidate",
            N_("Candidate"),
            N_("A model, on a runtime, on a route: the three are judged together."),
            N_("The smallest model on the simplest runtime that proves the behaviour comes first."),
        ),
        Word(
            "runtime",
            N_("Runtime"),
            N_("The program that loads the weights and answers, such as llama.cpp, Transformers or vLLM."),
        ),
        Word(
            "role",
            N_("Role"),
            N_("The part a candidate plays: first choice, considered, fallback, or rejected for now."),
            N_("There is exactly one first choice, and a rejection gives its reason."),
        ),
        Word(
            "model-card-note",
            N_("Model-card note"),
            N_("What the model's own page says, with who read which revision of it and when."),
        ),
        Word(
            "licence-note",
            N_("Licence note"),
            N_("Which licence text was read, when, what it allows, and the conditions that bite."),
        ),
        Word(
            "terms-note",
            N_("Terms note"),
            N_("The same for a cloud API: what happens to your inputs, where, and whose the answers are."),
        ),
        Word(
            "shipped-facts",
            N_("Shipped facts"),
            N_("What this release knows of models, runtimes and devices, each row with a source and a date."),
            N_("“Only claimed” is a fact nobody here has checked; it never fills a field by itself."),
        ),
    ),
)
FITS = Family(
    N_("How it is judged"),
    (
        Word(
            "five-fits",
            N_("Five fits"),
            N_("Five questions that every candidate is asked: task, licence, hardware, runtime, evidence."),
            N_("They stand beside each other and are never added up."),
        ),
        Word(
            "task-fit",
            N_("Task fit"),
            N_("Whether the model was made for these tasks and languages, and for that much context."),
        ),
        Word(
            "licence-fit",
            N_("Licence fit"),
            N_("Whether the licence, or the terms of an API, allow the use, and with which duties."),
        ),
        Word(
            "hardware-fit",
            N_("Hardware fit"),
            N_("Whether the memory and the disk of the route hold what the candidate needs."),
        ),
        Word(
            "runtime-fit",
            N_("Runtime fit"),
            N_("Whether the runtime can do what is asked, and is the simplest one that can."),
        ),
        Word(
            "evidence-fit",
            N_("Evidence fit"),
            N_("How much proof is there: version, command, first output, evaluation table, stop procedure."),
            N_("On rented hardware the proof that the machine was stopped is a sixth item."),
        ),
        Word(
            "verdict",
            N_("Verdict"),
            N_("The answer of one fit: fits, does not fit, unknown, or not applicable, with its reason."),
        ),
        Word(
            "unknown",
            N_("Unknown"),
            N_("Nobody has said yet; the verdict names what would settle it."),
            N_("Unknown is never counted as fits."),
        ),
        Word(
            "premature",
            N_("Premature"),
            N_("A step up before prompt, RAG, output schema and quantization were tried."),
            N_("Steps up are a larger model or GPU, a serving runtime, and fine-tuning."),
        ),
    ),
)
SIZES = Family(
    N_("How much it takes"),
    (
        Word(
            "needed",
            N_("Needed"),
            N_("How much memory the model takes in this setting, worked out before any download."),
        ),
        Word(
            "usable",
            N_("Usable"),
            N_("What a program gets of a device's memory, as its driver says: below the maker's figure."),
        ),
        Word(
            "reserved",
            N_("Reserved"),
            N_("What vLLM and SGLang claim of each device as they start, whatever the model needs."),
            N_("What is left of it once the weights are loaded is room for the cache."),
        ),
        Word(
            "taken-for",
            N_("Taken for"),
            N_("A model that does not ship is sized by the dimensions of a shipped one its name points to."),
            N_("Its own config.json settles whether they are the same."),
        ),
    ),
)
REASONS = Family(
    N_("Why, and the way back"),
    (
        Word(
            "fallback",
            N_("Fallback"),
            N_("What the work goes on with when the first choice fails: a model and a runtime."),
        ),
        Word(
            "rollback-steps",
            N_("Rollback steps"),
            N_("What to do, in order, to go back to the fallback; written down before it is needed."),
        ),
        Word(
            "decision-paragraph",
            N_("Decision paragraph"),
            N_("The decision in a few lines: what we start with, why nothing larger, what would change it."),
        ),
        Word(
            "record-to-keep",
            N_("Record to keep"),
            N_("Five lines that end the exported file, for whoever opens it months from now."),
        ),
        Word(
            "eval-gate",
            N_("Eval gate"),
            N_("A measure and a threshold, set before the run, that would justify staying or moving."),
        ),
    ),
)
VERSIONS = Family(
    N_("What is kept"),
    (
        Word(
            "version",
            N_("Version"),
            N_("The decision as it was saved once, numbered; it never changes afterwards."),
            N_("A mistake is mended by the next version."),
        ),
        Word(
            "plan",
            N_("Plan"),
            N_("A version that may start the first run; its evidence is not complete yet."),
        ),
        Word("proven", N_("Proven"), N_("A version whose first choice has all its evidence.")),
        Word(
            "fingerprint",
            N_("Fingerprint"),
            N_("The SHA-256 of the exported JSON file: one changed character gives another one."),
        ),
        Word("manifest", N_("Manifest"), N_("The list of fingerprints of everything a version rests on.")),
        Word(
            "authors",
            N_("Authors of a version"),
            N_("Everybody whose edits since the last version are in it, and who saved it."),
        ),
    ),
)
PEOPLE = Family(
    N_("Who takes part"),
    (
        Word(
            "owner",
            N_("Owner"),
            N_("Writes drafts, and decides who belongs to the project and when it is put away."),
        ),
        Word("author", N_("Author"), N_("Writes drafts and saves versions.")),
        Word("reviewer", N_("Reviewer"), N_("Reads everything in the project and changes none of it.")),
        Word(
            "administrator",
            N_("Administrator"),
            N_("Invites people, gives roles of the installation, and manages every project."),
        ),
        Word(
            "licence-reviewer",
            N_("Licence reviewer"),
            N_("Reads every project at work, to see which licences it rests on."),
        ),
        Word("auditor", N_("Auditor"), N_("Reads everything, archived projects too, and changes nothing.")),
    ),
)
FAMILIES = (WORK, ROUTES, CANDIDATES, FITS, SIZES, REASONS, VERSIONS, PEOPLE)
WORDS = {word.code: word for family in FAMILIES for word in family.words}
