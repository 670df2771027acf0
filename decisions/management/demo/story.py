"""How the demo projects came about: the actions people would have taken, in their order.

All of them are for trying things out: whoever manages one may throw it away; `tell_again` makes it afresh.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from decisions.actions.candidates import add_candidate, set_role
from decisions.actions.decisions import create_decision
from decisions.actions.drafts import Edit, edit_part, edit_route
from decisions.actions.practice import begin_practice, mark_practice
from decisions.actions.projects import create_project, set_member
from decisions.actions.routes import choose_route
from decisions.actions.versions import save_version
from decisions.management.demo import english, japanese
from decisions.management.demo.people import AUTHOR, OWNER, Account, make_accounts, open_accounts
from decisions.models import Candidate, Decision, Project, Route, User
from decisions.models.drafts import DraftPart
from decisions.models.practice import BEGUN
from decisions.states import CandidateRole, RouteKind, TextLanguage

People = dict[Account, User]


@transaction.atomic
def tell(hashed: dict[str, str]) -> None:
    """Make the accounts and the projects: all of it or nothing."""
    people = make_accounts(hashed)
    _tell_english(people)
    _tell_japanese(people)
    begin_practice(by=people[OWNER])


@transaction.atomic
def tell_again() -> bool:
    """Make afresh the demo projects that were put away; False where nothing was to do."""
    people = open_accounts()
    if OWNER not in people:
        return False
    gone = [tell for name, tell in _stories().items() if _was_put_away(name)]
    for tell in gone:
        tell(people)
    if Decision.objects.practised_by(people[OWNER]).exists():
        return bool(gone)
    begin_practice(by=people[OWNER])
    return True


def _stories() -> dict[str, Callable[[People], None]]:
    return {"english": _tell_english, "japanese": _tell_japanese}


def _was_put_away(name: str) -> bool:
    """Whether the project of a story was there and none of its kind is at work any more."""
    told = Project.objects.filter(events__verb=BEGUN, events__payload__story=name)
    return told.exists() and not told.filter(archived_at=None).exists()


def _tell_english(people: People) -> None:
    owner, author = people[OWNER], people[AUTHOR]
    project = create_project(by=owner, name=english.PROJECT, **english.GOAL)
    mark_practice(by=owner, project=project, story="english")
    _bring_in_members(people, project)
    decision = create_decision(by=owner, project=project, title=english.TITLE)
    _version_1(owner, decision)
    _version_2(author, decision)
    _version_3(author, decision)


def _bring_in_members(people: People, project: Project) -> None:
    for account, person in people.items():
        if account.project_role and account is not OWNER:
            set_member(by=people[OWNER], project=project, person=person, role=account.project_role)


def _version_1(by: User, decision: Decision) -> None:
    """What a quick start gives: a goal, a model, a runtime, a route; all else is unknown."""
    choose_route(by=by, decision=decision, route=_route(decision, RouteKind.LOCAL_CPU))
    add_candidate(by=by, decision=decision, **english.START)
    save_version(by=by, decision=decision, what_changed=english.INITIAL)


def _version_2(by: User, decision: Decision) -> None:
    """The need is written down, the server declared, two larger candidates stand beside the first."""
    _type(by, decision, decision.need, **english.NEED)
    for kind, facts in english.HARDWARE.items():
        _declare(by, _route(decision, kind), **facts)
    choose_route(by=by, decision=decision, route=_route(decision, RouteKind.OWN_SERVER))
    first = decision.candidates.get()
    _type(by, decision, first, **english.FIRST)
    _note(by, decision, first, licence=english.APACHE)
    _add(
        by, decision, english.SEVEN_B, CandidateRole.CONSIDERED, route=_route(decision, RouteKind.RENTED_GPU)
    )
    large = _add(by, decision, english.SEVENTY_TWO_B, CandidateRole.REJECTED)
    _note(by, decision, large, licence=english.QWEN_LICENCE)
    save_version(by=by, decision=decision, what_changed=english.SECOND)


def _version_3(by: User, decision: Decision) -> None:
    """The page of the first choice was read, its first run left evidence, the way back is clear."""
    first = decision.candidates.get(role=CandidateRole.FIRST_CHOICE)
    _note(by, decision, first, model_card=english.MODEL_CARD, evidence=english.EVIDENCE)
    _type(by, decision, decision.why, **english.WHY)
    cloud = _add(
        by, decision, english.CLOUD, CandidateRole.FALLBACK, route=_route(decision, RouteKind.CLOUD_API)
    )
    _note(by, decision, cloud, terms=english.TERMS)
    save_version(by=by, decision=decision, what_changed=english.THIRD)


def _tell_japanese(people: People) -> None:
    owner = people[OWNER]
    project = create_project(by=owner, name=japanese.PROJECT, **japanese.GOAL)
    mark_practice(by=owner, project=project, story="japanese")
    _bring_in_members(people, project)
    decision = create_decision(
        by=owner, project=project, title=japanese.TITLE, text_language=TextLanguage.JAPANESE
    )
    _type(owner, decision, decision.need, **japanese.NEED)
    _declare(owner, _route(decision, RouteKind.LOCAL_CPU), **japanese.LAPTOP)
    choose_route(by=owner, decision=decision, route=_route(decision, RouteKind.LOCAL_CPU))
    first = _add(owner, decision, japanese.FIRST, CandidateRole.FIRST_CHOICE)
    _note(owner, decision, first, model_card=japanese.MODEL_CARD, licence=japanese.APACHE)
    _add(owner, decision, japanese.LARGER, CandidateRole.CONSIDERED)
    _type(owner, decision, decision.why, **japanese.WHY)
    save_version(by=owner, decision=decision, what_changed=japanese.SAVED)


def _route(decision: Decision, kind: RouteKind) -> Route:
    return decision.project.routes.live().get(kind=kind)


def _add(by: User, decision: Decision, fields: dict[str, Any], role: CandidateRole, **more: Any) -> Candidate:
    candidate = add_candidate(by=by, decision=decision, **fields, **more)
    set_role(by=by, decision=decision, candidate=candidate, role=role)
    return candidate


def _note(by: User, decision: Decision, candidate: Candidate, **notes: dict[str, Any]) -> None:
    for name, values in notes.items():
        _type(by, decision, getattr(candidate, name), **values)


def _type(by: User, decision: Decision, part: DraftPart, **values: Any) -> None:
    """Type values into fields of a part, as somebody does who sees what is there."""
    edit_part(by=by, decision=decision, part=part, edits=_edits(part, values))


def _declare(by: User, route: Route, **facts: Any) -> None:
    edit_route(by=by, route=route, edits=_edits(route, facts))


def _edits(part: DraftPart, values: dict[str, Any]) -> list[Edit]:
    return [Edit(name, value, part.digest_of(name)) for name, value in values.items()]
