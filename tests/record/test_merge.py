from decisions.record.merge import brought_onto
from decisions.record.reading import Reading
from decisions.record.schema import (
    Candidate,
    Evidence,
    LicenceNote,
    Model,
    Need,
    Record,
    Route,
    Why,
)
from decisions.states import CandidateRole, Privacy, RouteKind

DRAFT = Record(
    title="Answer model",
    text_language="ja",
    need=Need(project_goal="old goal", privacy=Privacy.PRIVATE_DOCS, must_have=("stays",)),
    routes=(Route(code="local_cpu", name="Local CPU", kind=RouteKind.LOCAL_CPU),),
    route="local_cpu",
    candidates=(
        Candidate(
            key="c4",
            name="Small Model",
            risk="old risk",
            model=Model(revision="0123abc"),
            licence=LicenceNote(licence_id="apache-2.0"),
            evidence=Evidence(command="run it"),
        ),
        Candidate(key="c5", name="left out by the file"),
    ),
    why=Why(rollback_steps="switch back", why_now="old reason"),
)
READ = Record(
    need=Need(project_goal="new goal"),
    candidates=(
        Candidate(key="c1", name="small model", risk="new risk", role=CandidateRole.FIRST_CHOICE),
        Candidate(key="c2", name="another"),
    ),
    why=Why(why_now="new reason"),
)


def test_markdown_keeps_what_it_does_not_carry():
    merged = brought_onto(DRAFT, Reading(READ))
    assert (merged.title, merged.text_language, merged.route) == ("Answer model", "ja", "local_cpu")
    assert merged.need == Need(project_goal="new goal", privacy=Privacy.PRIVATE_DOCS, must_have=("stays",))
    assert merged.why == Why(rollback_steps="switch back", why_now="new reason")


def test_a_candidate_is_known_by_its_name():
    first, second = brought_onto(DRAFT, Reading(READ)).candidates
    assert (first.key, first.role, first.risk) == ("c4", CandidateRole.FIRST_CHOICE, "new risk")
    assert (first.model.revision, first.licence.licence_id) == ("0123abc", "apache-2.0")
    assert first.evidence.command == "run it"
    assert (second.key, second.name) == ("c6", "another")


def test_two_candidates_of_one_name_are_both_kept():
    twice = READ.model_copy(
        update={"candidates": (READ.candidates[0], Candidate(key="c2", name="small model", risk="third"))}
    )
    merged = brought_onto(DRAFT, Reading(twice)).candidates
    assert [(c.key, c.risk) for c in merged] == [("c4", "new risk"), ("c6", "third")]


def test_a_new_route_of_the_helper_joins_the_others():
    colab = Route(code="free_colab", name="Free Colab", kind=RouteKind.FREE_COLAB)
    read = READ.model_copy(update={"routes": (colab,), "route": "free_colab"})
    merged = brought_onto(DRAFT, Reading(read, form="helper"))
    assert [route.code for route in merged.routes] == ["local_cpu", "free_colab"]
    assert merged.route == "free_colab"


def test_our_json_replaces_everything():
    assert brought_onto(DRAFT, Reading(READ, form="content")) == READ
