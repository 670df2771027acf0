"""Practice: a project to try everything in, told by its first event, that can be thrown away again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from decisions.actions.decisions import create_decision
from decisions.actions.events import append_event
from decisions.actions.permission import require_creator, require_manager
from decisions.actions.projects import create_project
from decisions.actions.refusal import Refused
from decisions.models import Decision, Project, User
from decisions.models.practice import BEGUN, THROWN_AWAY
from decisions.states import TextLanguage


@transaction.atomic
def begin_practice(*, by: User) -> Decision:
    """A practice project with one decision that is still empty, in the reader's language.

    Somebody who has one at work gets that one: a second click makes no second project.
    """
    require_creator(by)
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # a second click waits for the first
    if earlier := Decision.objects.practised_by(by).first():
        return earlier
    project = create_project(
        by=by,
        name=_("Practice: notes of our meetings"),
        project_goal=_("Summaries of our meeting notes that a colleague can check in a minute"),
        must_have=[_("Meeting notes stay inside our organisation")],
    )
    decision = create_decision(
        by=by,
        project=project,
        title=_("The model that summarises meeting notes"),
        text_language=text_language(),
    )
    mark_practice(by=by, project=project, guided=decision)
    return decision


@transaction.atomic
def mark_practice(*, by: User, project: Project, guided: Decision | None = None, story: str = "") -> None:
    """Say that a project is for trying things out; the guide goes along with the one decision named."""
    require_manager(by, project)
    append_event(BEGUN, by=by, project=project, decision=guided, story=story)


@transaction.atomic
def throw_practice_away(*, by: User, project: Project) -> None:
    """Take a practice project off the lists for good; versions and trail stay, as they always do."""
    project = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    require_manager(by, project)
    if not Project.objects.for_practice().filter(pk=project.pk).exists():
        raise Refused(_("This project is not for practice: archive it instead."))
    if project.archived_at:
        raise Refused(_("This project was put away already."))
    project.archived_at = timezone.now()
    project.save(update_fields=["archived_at"])
    append_event(THROWN_AWAY, by=by, project=project)


def text_language() -> TextLanguage:
    """The language of new texts: the reader's where texts can be in it, else English."""
    spoken = (get_language() or "").lower()
    return next((each for each in TextLanguage if spoken == each.value.lower()), TextLanguage.ENGLISH)
