"""The forms of accounts and people."""

from functools import cache
from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, SignupForm
from allauth.core import context
from django import forms
from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from decisions.models import Project
from decisions.models.person import known_zones
from decisions.states import OrganisationRole, ProjectRole
from decisions.web.accounts.pending import pending_invitation
from decisions.web.fields import DayField, LineField, StateField

NAME_LENGTH = 150
LABEL_LENGTH = 60


class SignInForm(LoginForm):
    """Sign-in in our own words; the way to a new password stands below the form, once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["password"].help_text = ""
        self.fields["remember"].label = _("Stay signed in")
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)


class PasswordForm(ChangePasswordForm):
    """Another password, in our own words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "oldpassword": _("Present password"),
            "password1": _("New password"),
            "password2": _("New password once more"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].widget.attrs.pop("placeholder", None)


class JoinForm(SignupForm):
    """Sign-up with the address of the invitation, which cannot be changed."""

    field_order = ["email", "full_name", "password1", "password2"]

    full_name = LineField(
        label=_("Full name"),
        required=True,
        limit=NAME_LENGTH,
        why=_("It stands beside everything you write and sign."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = pending_invitation(context.request)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].disabled = True
        if self.invitation:
            self.initial["email"] = self.invitation.email


class NameForm(forms.Form):
    """One's own name."""

    full_name = LineField(
        label=_("Full name"),
        required=True,
        limit=NAME_LENGTH,
        why=_("It stands beside everything you write and sign."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class ReadingForm(forms.Form):
    """In which language and by whose clock a person reads."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        help_text=_("Moments are shown on this clock. Where a moment is evidence, UTC stands beside it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        as_told = [("", _("As the browser says"))]
        self.fields["language"].choices = as_told + settings.LANGUAGES  # type: ignore[attr-defined]
        self.fields["time_zone"].choices = as_told + zone_choices()  # type: ignore[attr-defined]


@cache
def zone_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The time zones in groups, by the part of the world their names begin with."""
    grouped: dict[str, list[tuple[str, str]]] = {"UTC": [("UTC", "UTC")]}
    for name in sorted(known_zones() - {"UTC"}):
        region, _slash, place = name.partition("/")
        grouped.setdefault(region, []).append((name, place.replace("_", " ")))
    return list(grouped.items())


class ProjectField(forms.ModelChoiceField):
    """A project by its address; a long name is cut, so that the control stays in its place."""

    def label_from_instance(self, obj: Project) -> str:
        return Truncator(obj.name).chars(LABEL_LENGTH)


class InviteForm(forms.Form):
    """Somebody new, and what they may do from the first day on."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    organisation_role = StateField(OrganisationRole, label=_("Role in the organisation"), empty=_("none"))
    project = ProjectField(
        queryset=Project.objects.none(),
        label=_("Project"),
        required=False,
        to_field_name="slug",
        empty_label=_("none"),
    )
    project_role = StateField(ProjectRole, label=_("Role in the project"), empty=_("none"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        live = Project.objects.filter(archived_at=None).order_by("name", "pk")
        self.fields["project"].queryset = live  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("project") and not said.get("project_role"):
            self.add_error("project_role", _("Say which role they have in the project."))
        if said.get("project_role") and not said.get("project"):
            self.add_error("project", _("Say in which project they have that role."))
        return said


class GrantForm(forms.Form):
    """A role of the installation, with its first and its last day where it has them."""

    role = StateField(OrganisationRole, label=_("Role"), required=True, empty=_("choose"))
    starts_on = DayField(label=_("First day"), why=_("Without one it begins at once."))
    ends_on = DayField(label=_("Last day"), why=_("Without one it lasts until it is taken away."))


class RevokeForm(forms.Form):
    """A role of the installation to take away."""

    role = StateField(OrganisationRole, required=True, empty=None)
