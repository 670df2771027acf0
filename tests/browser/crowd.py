"""A project as crowded as they get: six candidates, long, Japanese and unbreakable texts, many rows."""

from django.urls import reverse

from decisions.actions.practice import mark_practice
from decisions.models import Decision, User
from decisions.states import ProjectRole
from tests.browser.things import at
from tests.factories import administrator, candidate, edited, journey, loaded, member, version

UNBREAKABLE = "nakaguro_" * 14
JAPANESE = "社内の手順書に関する質問へ、個人情報を外に出さずに、決まった形のJSONで答えるモデルを選ぶ。" * 3
LONG = "Answers questions about our procedures, in the words of the procedures and with their numbers. " * 8
MORE = {
    "meta-llama/Llama-3.1-70B-Instruct-" + UNBREAKABLE: LONG,
    "日本語に強い小さなモデル": JAPANESE,
    "Mixtral": UNBREAKABLE,
}


def crowded() -> tuple[User, Decision]:
    """An administrator who owns the project, and its decision with two versions and a draft ahead of them."""
    owner = administrator("Ada " + "Longname-" * 8)
    made = journey(owner, "The model that answers " + UNBREAKABLE[:60])
    version(made, what_changed=LONG[:300])
    for name, risk in MORE.items():
        candidate(made, name[:200], risk=risk, runtime="vLLM when a GPU is there, llama.cpp until then")
    made = edited(loaded(made), loaded(made).need, project_goal=JAPANESE, must_have=[UNBREAKABLE, JAPANESE])
    version(made, what_changed=JAPANESE[:200])
    made = edited(loaded(made), loaded(made).why, why_now=LONG, rejected_for_now=UNBREAKABLE)
    for role in ProjectRole:
        member(made.project, role)
    mark_practice(by=owner, project=made.project, guided=made)
    return owner, made


def every_page(decision: Decision) -> dict[str, str]:
    """The address of every page a person can open, by the name of its address."""
    project = {"project": decision.project.slug}
    addresses = {name: reverse(name) for name in ("project-list", "quick-start", "project-new", "account")}
    addresses |= {name: reverse(name) for name in ("people", "account_logout", "account_change_password")}
    addresses |= {name: reverse(name) for name in ("words", "tour")}
    asked = "?model=Qwen/Qwen3-8B&quant=Q4_K_M&device=GeForce+RTX+4090"
    addresses |= {name: reverse(name) + asked for name in ("sizing", "sizing-runtimes")}
    addresses |= {name: reverse(name) for name in ("sizing-log", "sizing-accuracy")}
    for name in (
        "project",
        "project-edit",
        "project-members",
        "project-import",
        "decision-new",
        "practice-throw-away",
    ):
        addresses[name] = reverse(name, kwargs=project)
    for tab in ("need", "candidates", "why", "import", "save", "versions", "settings"):
        addresses[f"decision-{tab}"] = at(f"decision-{tab}", decision)
    key = decision.candidates.live().first().key
    addresses["candidate"] = at("candidate", decision, key=key)
    addresses["candidate-commands"] = at("candidate-commands", decision, key=key)
    addresses["candidate-note"] = at("candidate-note", decision, key=key, note="sizing")
    addresses["candidate-estimate"] = at("candidate-estimate", decision, key=key)
    addresses["candidate-runtimes"] = at("candidate-runtimes", decision, key=key)
    addresses["candidate-log"] = at("candidate-log", decision, key=key)
    addresses["route-edit"] = at("route-edit", decision, code="rented_gpu")
    addresses["route-add"] = at("route-add", decision)
    addresses["version"] = at("version", decision, number=1)
    addresses["version-copy"] = at("version-copy", decision, number=2)
    addresses["version-compare"] = at("version-compare", decision) + "?old=1&new=2"
    addresses["person"] = reverse("person", kwargs={"person": decision.project.memberships.first().person_id})
    return addresses
