"""The forms of projects, their members and the quick start."""

from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from decisions.knowledge import routes as shipped_routes
from decisions.states import ProjectRole, RouteKind, TextLanguage
from decisions.web.drafts import DraftForm
from decisions.web.fields import LineField, LinesField, StateField, TextField

TITLE_LENGTH = 120  # characters of a project's name and of a decision's title
FORM_ID = r"^[0-9a-f]{32}$"


class ProjectForm(forms.Form):
    """A project's name, goal and lists."""

    name = LineField(
        label=_("Name"),
        required=True,
        limit=TITLE_LENGTH,
        why=_("Colleagues find the project by it; the address keeps the first one."),
    )
    project_goal = TextField(
        label=_("Goal"),
        rows=2,
        why=_("Every decision starts from it: what is the work that needs a model?"),
    )
    must_have = LinesField(
        label=_("Must-haves"),
        why=_("Without these the work fails. One a line; each decision starts with a copy."),
    )
    nice_to_have = LinesField(
        label=_("Nice-to-haves"),
        rows=2,
        why=_("They help to choose between candidates that are all enough. One a line."),
    )


class DecisionForm(forms.Form):
    """What a decision needs to begin."""

    title = LineField(
        label=_("Title"),
        required=True,
        limit=TITLE_LENGTH,
        why=_("The one question it answers, such as “the model that answers SOP questions”."),
    )
    text_language = StateField(
        TextLanguage,
        label=_("Language of its texts"),
        required=True,
        empty=None,
        why=_("The decision paragraph and the record to keep are written in it."),
    )


class DecisionSettings(DraftForm):
    """The same, saved field by field."""

    title = LineField(
        label=_("Title"),
        required=True,
        limit=TITLE_LENGTH,
        why=_("The one question it answers. The address of the page keeps the first one."),
    )
    text_language = StateField(
        TextLanguage,
        label=_("Language of its texts"),
        required=True,
        empty=None,
        why=_("The decision paragraph and the record to keep are written in it."),
    )


class MemberForm(forms.Form):
    """Somebody for a project, by the address they sign in with."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    role = StateField(ProjectRole, label=_("Role"), required=True, empty=None, initial=ProjectRole.AUTHOR)
    email.why = _(  # type: ignore[attr-defined]
        "Somebody with an account is added at once; anyone else is invited."
    )


class RoleForm(forms.Form):
    """Another role for a member."""

    role = StateField(ProjectRole, label=_("Role"), required=True, empty=None)


def suggesting(address: str, listed: str, **attrs: str) -> forms.TextInput:
    """A control whose type-ahead htmx fetches from `address` into the `<datalist>` with the id `listed`."""
    asking: dict[str, Any] = {
        "list": listed,
        "autocomplete": "off",
        "hx-get": reverse_lazy(address),
        "hx-trigger": "input changed delay:150ms",
        "hx-target": f"#{listed}",
        "hx-swap": "innerHTML",
        "hx-sync": "this:replace",
    }
    return forms.TextInput(attrs=asking | attrs)


def _route_choices() -> list[tuple[str, str]]:
    return [
        (
            route.kind,
            format_html(
                '<span><b>{}</b> <span class="soft">{}</span></span>',
                gettext(RouteKind(route.kind).label),
                gettext(route.card["proves_first"]),
            ),
        )
        for route in shipped_routes.shipped()
    ]


class RouteField(forms.ChoiceField):
    """One of the shipped routes, each with what it proves first."""

    widget = forms.RadioSelect
    why: ClassVar[Any] = gettext_lazy(
        "Where it runs first. Routes prove different things; you can change it."
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=_route_choices, **kwargs)


class QuickStartForm(forms.Form):
    """Five fields to a saved version; the sixth, hidden, tells a second click from a second project."""

    project_goal = TextField(
        label=_("Goal"),
        required=True,
        rows=2,
        why=_("What is the work that needs a model? A sentence is enough."),
    )
    must_have = LineField(
        label=_("One must-have"), required=True, why=_("The one thing without which the work fails.")
    )
    model = LineField(
        label=_("Model"),
        required=True,
        why=_("The smallest that could be enough. Its name on the hub, if it has one."),
        widget=suggesting("suggest-models", "suggested-models"),
    )
    runtime = LineField(
        label=_("Runtime"),
        required=True,
        why=_("The simplest that can prove it."),
        widget=suggesting("suggest-runtimes", "suggested-runtimes"),
    )
    route = RouteField(label=_("Route"), initial=RouteKind.LOCAL_CPU)
    form_id = forms.RegexField(FORM_ID, widget=forms.HiddenInput, initial=lambda: uuid4().hex)
