"""Who belongs to a project: owners and administrators decide, everybody in it may look."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from decisions.actions.invitations import bring_into_project, mail_reaches_people, withdraw_invitation
from decisions.actions.projects import remove_member, set_member
from decisions.actions.refusal import Refused
from decisions.models import Invitation, Membership, Project
from decisions.states import ProjectRole
from decisions.web.access import find_project, may_manage, person, require_manage
from decisions.web.pages import one_page
from decisions.web.projects.forms import MemberForm, RoleForm


@require_safe
def members(request: HttpRequest, project: str) -> HttpResponse:
    """Members and their roles; for who decides about them also addresses and open invitations."""
    return _page(request, find_project(request, project))


def _page(request: HttpRequest, project: Project, status: int = 200, **more: Any) -> HttpResponse:
    may = may_manage(request, project)
    rows = project.memberships.select_related("person").order_by("person__full_name", "pk")
    context = {
        "project": project,
        "page": one_page(request, rows),
        "roles": ProjectRole.choices(),
        "may_manage": may,
        "last_owner": _last_owner(project) if may else None,
        "form": MemberForm() if may else None,
        "invitations": Invitation.objects.open().filter(project=project).order_by("pk") if may else (),
        **more,
    }
    return render(request, "projects/members.html", context, status=status)


def _last_owner(project: Project) -> int | None:
    """The key of the one membership that may not end, or None where there are several owners."""
    owners = list(project.memberships.filter(role=ProjectRole.OWNER).values_list("pk", flat=True)[:2])
    return owners[0] if len(owners) == 1 else None


@require_POST
def member_add(request: HttpRequest, project: str) -> HttpResponse:
    """Add somebody who has an account, or invite them; the link is shown in this answer and never again."""
    found = find_project(request, project)
    require_manage(request, found)
    form = MemberForm(request.POST)
    if not form.is_valid():
        return _page(request, found, 422, form=form)
    try:
        added = bring_into_project(
            by=person(request),
            project=found,
            email=form.cleaned_data["email"],
            role=ProjectRole(form.cleaned_data["role"]),
            address=invitation_address(request),
        )
    except Refused as refusal:
        form.add_error(refusal.field, str(refusal))
        return _page(request, found, 422, form=form)
    if isinstance(added, Membership):
        messages.success(request, _("%(name)s is a member now.") % {"name": added.person})
        return redirect("project-members", project=found.slug)
    shown = {"link": added, "invited": form.cleaned_data["email"], "mailed": mail_reaches_people()}
    return _page(request, found, **shown)


def invitation_address(request: HttpRequest) -> Callable[[str], str]:
    """Makes the whole link of a secret, on the host this request came to."""
    return lambda secret: request.build_absolute_uri(reverse("invitation", kwargs={"secret": secret}))


@require_POST
def member_role(request: HttpRequest, project: str, member: int) -> HttpResponse:
    """Give a member another role."""
    found, membership = _find(request, project, member)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the roles."))
        return _page(request, found, 422)
    role = ProjectRole(form.cleaned_data["role"])
    return _carry_out(
        request,
        found,
        lambda: set_member(by=person(request), project=found, person=membership.person, role=role),
        _("The role of %(name)s is changed.") % {"name": membership.person},
    )


@require_POST
def member_remove(request: HttpRequest, project: str, member: int) -> HttpResponse:
    """Take a member out of the project."""
    found, membership = _find(request, project, member)
    return _carry_out(
        request,
        found,
        lambda: remove_member(by=person(request), project=found, person=membership.person),
        _("%(name)s is no longer a member; what they wrote stays.") % {"name": membership.person},
    )


@require_POST
def project_invitation_withdraw(request: HttpRequest, project: str, invitation: int) -> HttpResponse:
    """Make an open invitation into this project useless."""
    found = find_project(request, project)
    require_manage(request, found)
    row = get_object_or_404(Invitation, pk=invitation, project=found)
    return _carry_out(
        request,
        found,
        lambda: withdraw_invitation(by=person(request), invitation=row),
        _("The invitation is withdrawn; its link no longer works."),
    )


def _find(request: HttpRequest, project: str, member: int) -> tuple[Project, Membership]:
    found = find_project(request, project)
    require_manage(request, found)
    rows = Membership.objects.select_related("person")
    return found, get_object_or_404(rows, project=found, person__pk=member)  # of any size: a pk's look-up


def _carry_out(
    request: HttpRequest, project: Project, action: Callable[[], Any], sentence: str
) -> HttpResponse:
    """The action and the page again; a refusal says why nothing changed."""
    try:
        action()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _page(request, project, 409)
    messages.success(request, sentence)
    if not Project.objects.visible_to(person(request)).filter(pk=project.pk).exists():
        return redirect("project-list")
    return redirect("project-members", project=project.slug)
