"""What happens to a route as a whole."""

import pytest

from decisions.actions import routes as actions
from decisions.actions.candidates import remove_candidate
from decisions.actions.refusal import Refused
from decisions.actions.routes import add_route, choose_route, remove_route
from decisions.models import Decision, DraftEditor, Route
from decisions.states import Privacy, RouteKind
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision() -> Decision:
    """A decision nobody is an editor of any more."""
    decision = factories.decision()
    DraftEditor.objects.all().delete()
    return decision


def _add(decision: Decision, name: str = "Cellar") -> Route:
    return add_route(by=factories.owner_of(decision.project), project=decision.project, name=name)


def test_a_team_adds_its_own_behind_the_others(decision: Decision) -> None:
    first, second = _add(decision), _add(decision)
    assert [r.code for r in decision.project.routes.live()][5:] == ["cellar", "cellar-2"]
    assert {first.kind, second.kind} == {RouteKind.TEAM}
    assert [e.person for e in decision.draft_editors.all()] == [factories.owner_of(decision.project)]


def test_there_is_a_most(decision: Decision, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_ROUTES", 5)
    with pytest.raises(Refused, match="at most 5 routes"):
        _add(decision)


def test_choosing_a_route_makes_it_the_decisions(decision: Decision) -> None:
    by, route = factories.owner_of(decision.project), factories.route(decision.project, "rented_gpu")
    choose_route(by=by, decision=decision, route=route)
    assert factories.loaded(decision).to_record().route == "rented_gpu"
    assert decision.draft_editors.count() == 1


def test_choosing_it_again_is_no_edit(decision: Decision) -> None:
    by, route = factories.owner_of(decision.project), factories.route(decision.project)
    choose_route(by=by, decision=decision, route=route)
    DraftEditor.objects.all().delete()
    choose_route(by=by, decision=decision, route=route)
    assert not DraftEditor.objects.exists()


def test_a_route_of_another_project_or_a_removed_one_is_refused(decision: Decision) -> None:
    by, gone = factories.owner_of(decision.project), _add(decision)
    remove_route(by=by, route=gone)
    gone.refresh_from_db()
    for route in (factories.route(factories.project()), gone):
        with pytest.raises(Refused, match="removed in the meantime"):
            choose_route(by=by, decision=decision, route=route)


@pytest.mark.parametrize("privacy", Privacy)
def test_private_data_never_goes_on_a_notebook_outside(decision: Decision, privacy: Privacy) -> None:
    decision = factories.edited(decision, decision.need, privacy=privacy.value)
    by, colab = factories.owner_of(decision.project), factories.route(decision.project, "free_colab")
    if privacy in {Privacy.PRIVATE_DOCS, Privacy.REGULATED}:
        with pytest.raises(Refused, match="Private data never goes on a notebook"):
            choose_route(by=by, decision=decision, route=colab)
    else:
        choose_route(by=by, decision=decision, route=colab)
        assert factories.loaded(decision).route == colab


def test_a_route_that_is_used_stays(decision: Decision) -> None:
    by, route, other = factories.owner_of(decision.project), _add(decision), _add(decision, "Attic")
    choose_route(by=by, decision=decision, route=route)
    candidate = factories.candidate(decision, "A", route=other)
    for used in (route, other):
        with pytest.raises(Refused, match="choose another for it first"):
            remove_route(by=by, route=used)
    remove_candidate(by=by, decision=decision, candidate=candidate)
    remove_route(by=by, route=other)
    assert [r.code for r in decision.project.routes.live()][5:] == ["cellar"]


def test_the_shipped_routes_stay(decision: Decision) -> None:
    with pytest.raises(Refused, match="The shipped routes stay"):
        remove_route(by=factories.owner_of(decision.project), route=factories.route(decision.project))


def test_a_code_is_not_used_again(decision: Decision) -> None:
    remove_route(by=factories.owner_of(decision.project), route=_add(decision))
    assert _add(decision).code == "cellar-2"
