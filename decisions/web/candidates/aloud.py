"""What a screen reader hears of a candidate when a button or a list of it did something."""

from typing import Any

from django.utils.translation import gettext as _

from decisions.actions import candidates as actions
from decisions.models import Candidate
from decisions.states import CandidateRole
from decisions.web.candidates.compare import spoken


def done_in_words(action: Any, candidate: Candidate, role: CandidateRole | None = None) -> str:
    """One sentence for an action on a candidate; nothing for one that is said where it is done."""
    name = {"name": spoken(candidate.name)}
    if action is actions.duplicate_candidate:
        return _("Added a copy of %(name)s.") % name
    if action is actions.remove_candidate:
        return _("Removed %(name)s.") % name
    if action is actions.bring_back_candidate:
        return _("%(name)s is back.") % name
    if action is actions.set_role and role:
        return _("%(name)s is now: %(role)s.") % {**name, "role": _(role.label)}
    return ""
