"""Private documents never go on free Colab, and a candidate runs on a route of its own project."""

import pytest

from decisions.actions.drafts import Edit, edit_part
from decisions.actions.forbidden import refuse_route
from decisions.actions.refusal import Refused
from decisions.actions.routes import add_route, remove_route
from decisions.fit.judge import judge
from decisions.models import Candidate, Decision, Route
from decisions.models.drafts import DraftPart
from decisions.states import Privacy
from tests import factories

pytestmark = pytest.mark.django_db
PRIVATE = (Privacy.PRIVATE_DOCS, Privacy.REGULATED)


@pytest.fixture(params=PRIVATE, ids=str)
def decision(request: pytest.FixtureRequest) -> Decision:
    """A decision about private data."""
    made = factories.decision()
    return factories.edited(made, made.need, privacy=request.param.value)


def _put(decision: Decision, part: DraftPart, route: Route) -> None:
    edit = Edit("route", route, part.digest_of("route"))
    by = factories.owner_of(decision.project)
    assert edit_part(by=by, decision=decision, part=part, edits=[edit]).saved == ["route"]


def _colab(decision: Decision) -> Route:
    return factories.route(decision.project, "free_colab")


def _removed(decision: Decision) -> Route:
    by = factories.owner_of(decision.project)
    made = add_route(by=by, project=decision.project, name="Cellar")
    remove_route(by=by, route=made)
    return made  # as somebody holds it who loaded it before


def test_an_edit_puts_nothing_private_on_colab(decision: Decision) -> None:
    for part in (factories.candidate(decision), decision):
        with pytest.raises(Refused, match="Private data never goes on a notebook") as refused:
            _put(decision, part, _colab(decision))
        assert refused.value.field == "route"
        assert type(part)._base_manager.get(pk=part.pk).route is None


def test_a_new_candidate_is_not_put_there_either(decision: Decision) -> None:
    with pytest.raises(Refused, match="Private data never goes on a notebook"):
        factories.candidate(decision, route=_colab(decision))
    assert not Candidate.objects.exists()


def test_a_route_of_another_project_or_a_removed_one_is_no_route(decision: Decision) -> None:
    candidate = factories.candidate(decision)
    for route in (factories.route(factories.project()), _removed(decision)):
        for part in (candidate, decision):
            with pytest.raises(Refused, match="removed in the meantime"):
                _put(decision, part, route)
        with pytest.raises(Refused, match="removed in the meantime"):
            factories.candidate(decision, route=route)


def test_an_open_route_is_taken_and_the_stored_one_stays(decision: Decision) -> None:
    candidate, local = factories.candidate(decision), factories.route(decision.project)
    _put(decision, candidate, local)
    refuse_route(decision, local)
    assert Candidate.objects.get().route == local


def test_other_fields_of_a_candidate_there_before_can_still_be_edited() -> None:
    decision = factories.decision()
    there = factories.candidate(decision, route=_colab(decision))
    decision = factories.edited(decision, decision.need, privacy="private_docs")
    by, route = factories.owner_of(decision.project), _colab(decision)
    edits = [
        Edit("route", route, there.digest_of("route")),
        Edit("risk", "it leaks", there.digest_of("risk")),
    ]
    assert edit_part(by=by, decision=decision, part=there, edits=edits).saved == ["risk"]
    judged = judge(factories.loaded(decision).to_record())
    codes = [statement.code for statement in judged.of("c1").route_closed]
    assert codes == ["card.candidate_on_closed", "card.private_notebook"]
