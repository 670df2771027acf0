"""Which log counts for a candidate, whatever was kept, set aside, copied or imported."""

import pytest
from django.core.exceptions import PermissionDenied

from decisions.actions.candidates import remove_candidate
from decisions.actions.measurements import set_log_aside, take_log_back
from decisions.actions.refusal import Refused
from decisions.models import Candidate, Measurement, SetAside
from decisions.states import ProjectRole
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> Measurement:
    """A kept log that counts for its candidate."""
    return make.measurement()


def sizing_of(candidate: Candidate) -> tuple[list[str], str, str]:
    candidate.sizing.refresh_from_db()
    sizing = candidate.sizing
    return sizing.measured, sizing.measured_setting, sizing.measured_log


def test_a_reviewer_and_a_stranger_are_refused(kept: Measurement) -> None:
    one, project = kept.candidate, kept.candidate.decision.project
    for who in (make.person(), make.auditor(), make.member(project, ProjectRole.REVIEWER)):
        with pytest.raises(PermissionDenied):
            set_log_aside(by=who, decision=one.decision, candidate=one, digest=kept.log_id, reason="x")
        with pytest.raises(PermissionDenied):
            take_log_back(by=who, decision=one.decision, candidate=one, digest=kept.log_id)
    assert not SetAside.objects.exists()


def test_of_a_candidate_that_was_removed_nothing_is_set_aside(kept: Measurement) -> None:
    one = kept.candidate
    remove_candidate(by=make.owner_of(one.decision.project), decision=one.decision, candidate=one)
    with pytest.raises(Refused, match="removed in the meantime"):
        make.set_aside(kept)


def test_figures_go_and_come_back_as_they_were(kept: Measurement) -> None:
    before = sizing_of(kept.candidate)
    assert before[2] == kept.log_id
    assert all(before)
    make.set_aside(kept)
    assert sizing_of(kept.candidate) == ([], "", "")
    one = kept.candidate
    by = make.owner_of(one.decision.project)
    take_log_back(by=by, decision=one.decision, candidate=one, digest=kept.log_id)
    assert sizing_of(one) == before


def test_figures_that_came_in_with_a_record_stay(kept: Measurement) -> None:
    """A log that is kept here and does not count is set aside: what counts is from elsewhere."""
    one = kept.candidate
    foreign = {"measured": ["kv device 1 ± 0 bytes"], "measured_setting": "x", "measured_log": "ab" * 32}
    for name, value in foreign.items():
        setattr(one.sizing, name, value)
    one.sizing.save()
    make.set_aside(kept)
    assert sizing_of(one) == tuple(foreign.values())


def test_of_a_log_kept_before_the_figures_were_kept_nothing_is_lost(kept: Measurement) -> None:
    """Its figures stand in the candidate's sizing alone: they stay while it counts."""
    one, before = kept.candidate, sizing_of(kept.candidate)
    later = Measurement.objects.create(
        candidate=one,
        log=make.version(one.decision).content,
        engine="llama_cpp",
        family="qwen3",
        measured_by=make.owner_of(one.decision.project),
    )
    make.set_aside(later)
    assert sizing_of(one) == before
