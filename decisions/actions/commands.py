"""The command of a candidate taken over as evidence."""

from django.db import transaction
from django.utils.translation import gettext as _

from decisions.actions.drafts import lock_draft, touch_draft
from decisions.actions.refusal import Refused
from decisions.fit.commands import Commands, commands_of
from decisions.models import Candidate, Decision, User


@transaction.atomic
def take_command(*, by: User, decision: Decision, candidate: Candidate, seen: str) -> None:
    """Write the first-run command into the evidence, where that names none yet.

    `seen` is the command that was looked at; it is refused when another one follows from the draft by now.
    """
    lock_draft(by=by, decision=decision)
    draft = Decision.objects.with_draft().get(pk=decision.pk)
    stored = next((one for one in draft.live_candidates if one.pk == candidate.pk), None)
    if stored is None:
        raise Refused(_("This candidate was removed in the meantime."))
    record = draft.to_record()
    part = next(one for one in record.candidates if one.key == stored.key)
    found = commands_of(record.need, record.route_for(part), part)
    if not isinstance(found, Commands) or found.first_run != seen:
        raise Refused(_("By now another command follows from the candidate. Look at it again."))
    if stored.evidence.command:
        raise Refused(_("The evidence already names a command; it stays as it is."))
    stored.evidence.command = found.first_run
    stored.evidence.save(update_fields=["command"])
    touch_draft(draft, by=by)
