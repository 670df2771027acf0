"""The people of the installation, for its administrators; anybody else finds nothing here."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from decisions.actions.invitations import invite, mail_reaches_people, withdraw_invitation
from decisions.actions.people import close_account, grant_role, reopen_account, revoke_role
from decisions.actions.refusal import Refused
from decisions.models import Invitation, OrganisationGrant, User
from decisions.states import OrganisationRole, ProjectRole
from decisions.web.access import person, require_administrator
from decisions.web.accounts.forms import GrantForm, InviteForm, RevokeForm
from decisions.web.pages import one_page, render_page, searched
from decisions.web.projects.members import invitation_address

INVITATIONS_SHOWN = 100


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, their roles, and the open invitations."""
    require_administrator(request)
    return _list(request)


def _list(request: HttpRequest, status: int = 200, **more: Any) -> HttpResponse:
    grants = Prefetch("grants", OrganisationGrant.objects.order_by("role"))
    found = User.objects.holding(searched(request)).prefetch_related(grants)
    invitations = Invitation.objects.open().select_related("project", "invited_by").order_by("-pk")
    context = {
        "section": "people",
        "page": one_page(request, found.annotate(project_count=Count("memberships"))),
        "text": searched(request),
        "form": InviteForm(),
        "invitations": invitations[:INVITATIONS_SHOWN],
        **more,
    }
    return render_page(request, "people/list.html", "found", context, status)


@require_POST
def people_invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody; the link is shown in this answer and never again."""
    require_administrator(request)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _list(request, 422, form=form)
    said = form.cleaned_data
    try:
        link = invite(
            by=person(request),
            email=said["email"],
            address=invitation_address(request),
            organisation_role=said["organisation_role"] and OrganisationRole(said["organisation_role"]),
            project=said["project"],
            project_role=said["project_role"] and ProjectRole(said["project_role"]),
        )
    except Refused as refusal:
        form.add_error(refusal.field, str(refusal))
        return _list(request, 422, form=form)
    return _list(request, link=link, invited=said["email"], mailed=mail_reaches_people())


@require_POST
def invitation_withdraw(request: HttpRequest, invitation: int) -> HttpResponse:
    """Make an open invitation useless."""
    require_administrator(request)
    row = get_object_or_404(Invitation, pk=invitation)
    try:
        withdraw_invitation(by=person(request), invitation=row)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _list(request, 409)
    messages.success(request, _("The invitation is withdrawn; its link no longer works."))
    return redirect("people")


@require_safe
def one_person(request: HttpRequest, person: int) -> HttpResponse:
    """One person: roles with their days, projects, and whether the account is open."""
    require_administrator(request)
    return _one(request, get_object_or_404(User, pk=person))


def _one(request: HttpRequest, who: User, status: int = 200, form: GrantForm | None = None) -> HttpResponse:
    context = {
        "section": "people",
        "who": who,
        "grants": who.grants.order_by("role"),
        "memberships": who.memberships.select_related("project").order_by("project__name", "pk"),
        "form": form or GrantForm(),
        "is_self": who.pk == person(request).pk,
    }
    return render(request, "people/person.html", context, status=status)


@require_POST
def person_grant(request: HttpRequest, person: int) -> HttpResponse:
    """Give a role of the installation, or change its days."""
    require_administrator(request)
    who = get_object_or_404(User, pk=person)
    form = GrantForm(request.POST)
    if not form.is_valid():
        return _one(request, who, 422, form)
    said = form.cleaned_data
    days = {"starts_on": said["starts_on"], "ends_on": said["ends_on"]}
    try:
        grant_role(by=_me(request), person=who, role=OrganisationRole(said["role"]), **days)
    except Refused as refusal:
        form.add_error(refusal.field, str(refusal))
        return _one(request, who, 422, form)
    messages.success(request, _("The role is given."))
    return redirect("person", person=who.pk)


@require_POST
def person_revoke(request: HttpRequest, person: int) -> HttpResponse:
    """Take a role of the installation away."""
    require_administrator(request)
    who = get_object_or_404(User, pk=person)
    form = RevokeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the roles."))
        return _one(request, who, 422)
    role = OrganisationRole(form.cleaned_data["role"])
    action = lambda: revoke_role(by=_me(request), person=who, role=role)  # noqa: E731
    return _carry_out(request, who, action, _("The role is taken away."))


@require_POST
def person_close(request: HttpRequest, person: int) -> HttpResponse:
    """Lock somebody out at once."""
    require_administrator(request)
    who = get_object_or_404(User, pk=person)
    sentence = _("The account is closed; what the person wrote stays.")
    return _carry_out(request, who, lambda: close_account(by=_me(request), person=who), sentence)


@require_POST
def person_reopen(request: HttpRequest, person: int) -> HttpResponse:
    """Let somebody sign in again."""
    require_administrator(request)
    who = get_object_or_404(User, pk=person)
    sentence = _("The account is open again.")
    return _carry_out(request, who, lambda: reopen_account(by=_me(request), person=who), sentence)


def _me(request: HttpRequest) -> User:
    return person(request)


def _carry_out(request: HttpRequest, who: User, action: Callable[[], Any], sentence: str) -> HttpResponse:
    """The action and the person's page again; a refusal says why nothing changed."""
    try:
        action()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _one(request, who, 409)
    messages.success(request, sentence)
    if not User.objects.get(pk=_me(request).pk).is_administrator:  # one may take away one's own role
        return redirect("project-list")
    return redirect("person", person=who.pk)
