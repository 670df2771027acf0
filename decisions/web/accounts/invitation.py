"""The link of an invitation: it leads a new person to sign-up, and one with an account to accept."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from decisions.actions.invitations import accept_invitation, invitation_of, why_not_open
from decisions.actions.refusal import Refused
from decisions.models import Invitation, User
from decisions.web.access import person
from decisions.web.accounts.pending import remember_invitation


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_not_required
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Open to anyone who has the secret; 404 when it is none of ours, 410 when it is no longer open."""
    found = invitation_of(secret)
    if found is None:
        return _useless(request, _("There is no such invitation. Was the whole link copied?"), 404)
    if reason := why_not_open(found):
        return _useless(request, reason, 410)
    if request.user.is_authenticated:
        return _own(request, found)
    if User.objects.filter(email=found.email).exists():
        return render(request, "people/invitation_sign_in.html", {"invitation": found})
    remember_invitation(request, found)
    return redirect("account_signup")


def _useless(request: HttpRequest, reason: str, status: int) -> HttpResponse:
    return render(request, "people/invitation_useless.html", {"reason": reason}, status=status)


def _own(request: HttpRequest, found: Invitation) -> HttpResponse:
    """For somebody who is signed in: a button, if it is theirs."""
    me = person(request)
    if found.email != me.email:
        return render(request, "people/invitation_other.html", {"invitation": found}, status=403)
    if request.method != "POST":
        return render(request, "people/invitation.html", {"invitation": found})
    try:
        accept_invitation(by=me, invitation=found)
    except Refused as refusal:
        return _useless(request, str(refusal), 410)
    messages.success(request, _("You have accepted the invitation."))
    if found.project:
        return redirect("project", project=found.project.slug)
    return redirect("project-list")
