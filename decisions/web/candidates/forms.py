"""A candidate as a form: the lesson's texts, then model, runtime, route and stated need."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from decisions.actions.forbidden import forbids
from decisions.export.say import own_text, say
from decisions.fit import route_card
from decisions.knowledge import runtimes
from decisions.models import Candidate, Decision, Route
from decisions.states import CandidateRole, Fit
from decisions.web.drafts import DraftForm
from decisions.web.fields import AmountField, CountField, DraftField, LineField, StateField, TextField
from decisions.web.projects.forms import suggesting

NAME_NEEDED = _("A candidate needs a name: the model's.")


class NewCandidateForm(forms.Form):
    """A model and the runtime it is to run on; all else comes later."""

    use_required_attribute = False

    name = LineField(
        label=_("Model"),
        required=True,
        error_messages={"required": NAME_NEEDED},
        widget=suggesting("suggest-models", "suggested-models", placeholder="Qwen/Qwen2.5-0.5B-Instruct"),
    )
    runtime = LineField(
        label=_("Runtime"),
        widget=suggesting("suggest-runtimes", "suggested-runtimes", placeholder="Transformers"),
    )


class RoleForm(forms.Form):
    """The part a candidate plays."""

    role = StateField(CandidateRole, required=True, empty=None)


class RouteField(DraftField, forms.ChoiceField):
    """A route of the project by its code; empty follows the decision."""

    def __init__(self, **kwargs: Any) -> None:
        self.routes: dict[str, Route] = {}
        super().__init__(**kwargs)

    def offer(self, routes: list[Route], follows: Any) -> None:
        """Offer these routes, and `follows` as the words for none of them."""
        self.routes = {route.code: route for route in routes}
        self.choices = [("", follows), *((route.code, own_text(route.name)) for route in routes)]

    def clean(self, value: Any) -> Route | None:
        return self.routes.get(super().clean(value))

    def shown(self, stored: Route | None) -> str:
        return stored.code if stored else ""


class RuntimeIdField(DraftField, forms.ChoiceField):
    """A shipped runtime; empty reads the runtime from the text. An id of another release stays choosable."""

    def __init__(self, **kwargs: Any) -> None:
        shipped = [(row.id, row.name) for row in runtimes.shipped()]
        super().__init__(choices=[("", _("as the text names it")), *shipped], **kwargs)

    def keep(self, stored: str) -> None:
        """Offer the stored id, too, where this release does not ship it."""
        choices: list[Any] = list(self.choices)  # type: ignore[arg-type]
        if stored and stored not in dict(choices):
            self.choices = [*choices, (stored, stored)]


class CandidateForm(DraftForm):
    """Everything of a candidate but its notes."""

    groups = (
        (
            _("The candidate in five lines"),
            True,
            ("name", "license_note", "runtime", "hardware_note", "risk"),
        ),
        (
            _("Model"),
            True,
            ("model_id", "revision", "parameters", "quantization", "weight_format", "context_tokens"),
        ),
        (_("Runtime and route"), True, ("runtime_id", "runtime_version", "route")),
        (_("Stated memory and disk"), True, ("memory_needed_gib", "disk_needed_gib", "needed_source")),
        (_("If it is rejected"), False, ("rejected_reason",)),
    )

    name = LineField(
        label=_("Name"),
        required=True,
        error_messages={"required": NAME_NEEDED},
        why=_("How people speak of it; it is the candidate's line in the exported record."),
    )
    license_note = TextField(
        label=_("Licence note"),
        rows=2,
        why=_("What to mind about the licence, in a line; the answers that are judged stand further down."),
    )
    runtime = TextField(
        label=_("Runtime"),
        rows=2,
        why=_("In your own words, such as one for the first test and one for later."),
        decides=Fit.RUNTIME,
    )
    hardware_note = TextField(
        label=_("Hardware note"), rows=2, why=_("What has to be watched on the machine it will run on.")
    )
    risk = TextField(label=_("Risk"), rows=2, why=_("What may go wrong with this one in particular."))
    model_id = LineField(
        label=_("Model id"),
        widget=forms.TextInput(attrs={"list": "suggested-models"}),
        why=_("Names one repository; the shipped facts are looked up by it."),
        decides=Fit.TASK,
    )
    revision = LineField(
        label=_("Revision"),
        help_text=_("A commit, never main: a branch moves under your feet."),
        why=_("Says which weights exactly were judged and will run."),
        decides=Fit.EVIDENCE,
    )
    parameters = CountField(
        label=_("Size, parameters"),
        why=_("A larger model than another that is still open has to be justified."),
    )
    quantization = LineField(
        label=_("Quantization"),
        help_text=_("For instance BF16, Q4_K_M or AWQ int4."),
        why=_("Decides how much memory the weights take, and what the runtime must read."),
    )
    weight_format = LineField(
        label=_("Weight format"),
        help_text=_("For instance safetensors or gguf."),
        why=_("Not every runtime reads every format."),
        decides=Fit.RUNTIME,
    )
    context_tokens = CountField(
        label=_("Context, tokens"),
        why=_("What it will be set to; it may not be less than the need asks for."),
        decides=Fit.TASK,
    )
    runtime_id = RuntimeIdField(
        label=_("Runtime, from the shipped list"),
        why=_("What is known of it is judged: endpoint, structured output, what it is not for."),
        decides=Fit.RUNTIME,
    )
    runtime_version = LineField(
        label=_("Runtime version"), why=_("Another version may behave differently; the proof names it.")
    )
    route = RouteField(
        label=_("Route"), why=_("Where it runs; its memory has to hold the model."), decides=Fit.HARDWARE
    )
    memory_needed_gib = AmountField(
        label=_("Memory needed, GiB"),
        why=_("Weights, context and runtime together, known before any download."),
        decides=Fit.HARDWARE,
    )
    disk_needed_gib = AmountField(
        label=_("Disk needed, GiB"), why=_("The size of the download."), decides=Fit.HARDWARE
    )
    needed_source = LineField(
        label=_("Source of these figures"), why=_("A number without a source is a guess.")
    )
    rejected_reason = TextField(
        label=_("Why rejected for now"),
        rows=2,
        why=_("So that nobody asks again next month, and everybody knows what would change it."),
    )

    def __init__(self, row: Candidate, decision: Decision, data: QueryDict | None = None) -> None:
        self.decision = decision
        super().__init__(row, data, target="candidate")
        self._routes.offer(decision.project.live_routes, _follows(decision))
        self.fields["runtime_id"].keep(row.runtime_id)  # type: ignore[attr-defined]

    @property
    def _routes(self) -> RouteField:
        return self.fields["route"]  # type: ignore[return-value]

    def clean_route(self) -> Route | None:
        """A route that is not forbidden to this need, unless it is the stored one."""
        route: Route | None = self.cleaned_data["route"]
        if route is None or route.pk == self.row.route_id:  # type: ignore[attr-defined]
            return route
        reason = forbids(route_card.draw(route.to_part(), self.decision.need.to_part()))
        if reason:
            said = {"route": own_text(route.name), "reason": say(reason)}
            raise ValidationError(_t("%(route)s cannot be chosen. %(reason)s") % said)
        return route


def _follows(decision: Decision) -> str:
    if decision.live_route:
        return _t("the decision's: %(route)s") % {"route": own_text(decision.live_route.name)}
    return _t("the decision's: none chosen yet")
