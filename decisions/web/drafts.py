"""Forms whose fields save themselves one by one, and their plain-form fallback.

A form is drawn from a row of the draft. A post names the fields it brings by `loaded-<field>`, the digest of
the value the person had before their eyes: one field when htmx sends it, all of them when the form is posted.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from decisions.actions.drafts import Conflict, Edit, Outcome
from decisions.actions.refusal import Refused
from decisions.export.said import items
from decisions.models import Decision
from decisions.models.drafts import DraftPart
from decisions.web.fields import DraftField

Groups = tuple[tuple[Any, bool, tuple[str, ...]], ...]  # title, open, names of fields
Save = Callable[[list[Edit]], Outcome]


@dataclass
class Drawn:
    """One field as `includes/draft_field.html` takes it."""

    field: BoundField
    target: str
    digest: str
    state: str = ""
    message: str = ""
    theirs: str = ""
    yours: str = ""
    theirs_value: str = ""


@dataclass
class Group:
    """Fields that belong together, under a title, folded away unless `open`."""

    title: Any
    fields: list[Drawn] = field(default_factory=list)
    open: bool = False


class DraftForm(forms.Form):
    """A form over one row of a draft. `groups` names its fields by group: (title, open, names)."""

    groups: ClassVar[Groups] = ()

    def __init__(self, row: DraftPart, data: QueryDict | None = None, *, target: str, **kwargs: Any) -> None:
        self.row = row
        self.target = target
        self.states: dict[str, dict[str, str]] = {}
        super().__init__(data, **kwargs)
        for name, each in self._draft_fields():
            self.initial.setdefault(name, each.shown(getattr(row, name)))

    def _draft_fields(self) -> Iterator[tuple[str, DraftField]]:
        yield from self.fields.items()  # type: ignore[misc]

    def drawn(self, name: str) -> Drawn:
        """One field with the digest of what is stored and what there is to say about it."""
        return Drawn(self[name], self.target, self.row.digest_of(name), **self.states.get(name, {}))

    def all_drawn(self) -> list[Drawn]:
        """Every field, in order."""
        return [self.drawn(name) for name in self.fields]

    def drawn_groups(self) -> list[Group]:
        """Every group with its fields; one whose fields have something to say is open."""
        groups = []
        for title, is_open, names in self.groups:
            drawn = [self.drawn(name) for name in names]
            busy = any(each.state or each.field.errors for each in drawn)
            groups.append(Group(title, drawn, is_open or busy))
        return groups

    def brought(self) -> list[str]:
        """The fields the post brings: those whose loaded digest came along."""
        return [name for name in self.fields if f"loaded-{self.add_prefix(name)}" in self.data]

    def edits(self) -> list[Edit]:
        """The valid fields the post brings, as edits; the others have their errors."""
        errors = self.errors
        return [
            Edit(name, self.cleaned_data[name], self.data[f"loaded-{self.add_prefix(name)}"])
            for name in self.brought()
            if name not in errors
        ]

    def full_clean(self) -> None:
        """Clean only the fields the post brings: the others are not on the table."""
        everything = self.fields
        if self.is_bound:
            self.fields = {name: everything[name] for name in self.brought()}
        try:
            super().full_clean()
        finally:
            self.fields = everything

    def changed_something(self) -> bool:
        """Whether a field was written, so that what follows from it has to be shown anew."""
        return any(said["state"] == "saved" for said in self.states.values())

    def readable_groups(self) -> list[tuple[Any, list[tuple[Any, str]]]]:
        """Every group as (title, (label, text) of each field), for who may only read; empty is unknown."""
        return [(title, [self._said(name) for name in names]) for title, _open, names in self.groups]

    def _said(self, name: str) -> tuple[Any, str]:
        return self.fields[name].label, self._readable(name, getattr(self.row, name))

    def take_over(self, stored: DraftPart) -> None:
        """Let the form's own row say what is stored now, in the form's fields."""
        for name in self.fields:
            column = stored._meta.get_field(name).attname  # type: ignore[union-attr]
            setattr(self.row, column, getattr(stored, column))

    def settle(self, outcome: Outcome) -> None:
        """Take over what an action did: saved fields and lost races."""
        for name in outcome.saved:
            self.states[name] = {"state": "saved"}
        for conflict in outcome.conflicts:
            self.states[conflict.field] = self._conflict(conflict)

    def _conflict(self, conflict: Conflict) -> dict[str, str]:
        each = self.fields[conflict.field]
        theirs_value = _control_text(each.shown(conflict.theirs))  # type: ignore[attr-defined]
        return {
            "state": "conflict",
            "theirs": self._readable(conflict.field, conflict.theirs),
            "yours": self._readable(conflict.field, conflict.mine),
            "theirs_value": theirs_value,
        }

    def _readable(self, name: str, value: Any) -> str:
        each = self.fields[name]
        shown = each.shown(value)  # type: ignore[attr-defined]
        if isinstance(each, forms.ChoiceField):
            labels: dict[Any, Any] = dict(each.choices)  # type: ignore[arg-type]
            chosen = shown if isinstance(shown, list) else [shown]
            return items(str(labels.get(item, item)) for item in chosen)
        return _control_text(shown)


def _control_text(shown: Any) -> str:
    if isinstance(shown, bool):
        return _("yes") if shown else _("no")
    if isinstance(shown, list):
        return "\n".join(str(item) for item in shown)
    return "" if shown is None else str(shown)


def save_draft(form: DraftForm, save: Save) -> int:
    """Save what the post brings; return 200, 422 when a field is not right, or 409 when a race was lost.

    Right fields are saved even when others are not: an autosaved draft is never all or nothing.
    """
    try:
        outcome = save(form.edits())
    except Refused as refused:
        form.add_error(refused.field, str(refused))  # the edits that are left do without that field
        outcome = save(form.edits())
    form.settle(outcome)
    form.take_over(outcome.row)
    if outcome.conflicts:
        return 409
    return 422 if form.errors else 200


def field_answers(
    request: HttpRequest, decision: Decision, form: DraftForm, status: int, *parts: str
) -> HttpResponse:
    """The answer to htmx: the state line of each field it sent, then parts of the page out of band."""
    lines = [_state_line(request, decision, form.drawn(name)) for name in form.brought()]
    return HttpResponse("".join([*lines, *parts]), status=status)


def _state_line(request: HttpRequest, decision: Decision, drawn: Drawn) -> str:
    context = {
        "decision": decision,
        "field": drawn.field,
        "target": drawn.target,
        "name": drawn.field.html_name,
        "digest": drawn.digest,
        "state": drawn.state or ("" if drawn.field.errors else "saved"),
        "errors": drawn.field.errors,
        "message": drawn.message,
        "theirs": drawn.theirs,
        "yours": drawn.yours,
        "theirs_value": drawn.theirs_value,
        "error_id": drawn.field.auto_id,
    }
    return render_to_string("includes/field_state.html", context, request)


def what_happened(status: int) -> str:
    """The sentence above a form that was posted whole."""
    return {
        200: _("Draft saved."),
        409: _(
            "Somebody else changed a field while you were writing. Both texts are below; nothing was lost."
        ),
        422: _("Some fields could not be saved. What you typed is still here; the others were saved."),
    }[status]
