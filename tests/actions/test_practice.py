"""Practice projects: begun once a person, told by an event, thrown away by who manages them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from decisions.actions.practice import begin_practice, throw_practice_away
from decisions.actions.projects import restore_project
from decisions.actions.refusal import Refused
from decisions.models import Decision, Event, Project, Version
from decisions.models.practice import BEGUN, THROWN_AWAY
from decisions.states import ProjectRole
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_it_is_an_empty_decision_in_a_project_of_ones_own() -> None:
    who = make.person()
    decision = begin_practice(by=who)
    assert make.owner_of(decision.project) == who
    assert not decision.candidates.exists()
    assert decision.need.must_have == decision.project.must_have != []
    assert list(Project.objects.for_practice()) == [decision.project]


def test_asked_for_twice_there_is_one() -> None:
    who = make.person()
    assert begin_practice(by=who) == begin_practice(by=who)
    assert Project.objects.count() == 1


def test_each_person_has_one_of_their_own() -> None:
    assert begin_practice(by=make.person()).project != begin_practice(by=make.person()).project


@pytest.mark.parametrize(("language", "texts"), [("en", "en"), ("ja", "ja"), ("zh-hans", "zh-Hans")])
def test_its_texts_are_in_the_reader_s_language(language: str, texts: str) -> None:
    with translation.override(language):
        assert begin_practice(by=make.person()).text_language == texts


def test_an_auditor_begins_none() -> None:
    with pytest.raises(PermissionDenied):
        begin_practice(by=make.auditor())


def test_thrown_away_it_is_off_the_list_and_all_of_it_stays() -> None:
    decision = begin_practice(by=make.person())
    version = make.version(decision)
    owner = make.owner_of(decision.project)
    member = make.member(decision.project)
    throw_practice_away(by=owner, project=decision.project)
    assert not Project.objects.visible_to(member).exists()
    assert not Project.objects.writable_by(owner).exists()
    assert Version.objects.get() == version
    verbs = list(Event.objects.filter(project=decision.project).values_list("verb", flat=True))
    assert verbs.count(BEGUN) == verbs.count(THROWN_AWAY) == 1


def test_afterwards_a_fresh_one_begins() -> None:
    who = make.person()
    first = begin_practice(by=who)
    throw_practice_away(by=who, project=first.project)
    fresh = begin_practice(by=who)
    assert fresh != first
    assert fresh.project.archived_at is None


def test_thrown_away_twice_says_so() -> None:
    decision = begin_practice(by=make.person())
    owner = make.owner_of(decision.project)
    throw_practice_away(by=owner, project=decision.project)
    with pytest.raises(Refused, match="put away already"):
        throw_practice_away(by=owner, project=decision.project)


def test_it_can_be_brought_back_as_any_archived_project() -> None:
    decision = begin_practice(by=make.person())
    owner = make.owner_of(decision.project)
    throw_practice_away(by=owner, project=decision.project)
    restore_project(by=owner, project=Project.objects.get())
    assert Decision.objects.practised_by(owner).get() == decision


def test_another_project_is_archived_instead() -> None:
    project = make.project()
    with pytest.raises(Refused, match="not for practice"):
        throw_practice_away(by=make.owner_of(project), project=project)
    assert Project.objects.filter(archived_at=None).exists()


@pytest.mark.parametrize("role", [ProjectRole.AUTHOR, ProjectRole.REVIEWER])
def test_only_who_manages_it_throws_it_away(role: ProjectRole) -> None:
    project = begin_practice(by=make.person()).project
    with pytest.raises(PermissionDenied):
        throw_practice_away(by=make.member(project, role), project=project)
