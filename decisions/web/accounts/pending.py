"""The invitation through whose link this browser came, kept in its session by id."""

from django.http import HttpRequest

from decisions.models import Invitation, User

KEY = "invitation"


def remember_invitation(request: HttpRequest, invitation: Invitation) -> None:
    """Keep the invitation for the sign-up form."""
    request.session[KEY] = invitation.pk


def pending_invitation(request: HttpRequest) -> Invitation | None:
    """The invitation while it is open and nobody has its address yet."""
    found = Invitation.objects.open().select_related("project", "invited_by")
    invitation = found.filter(pk=request.session.get(KEY, 0)).first()
    if invitation is None or User.objects.filter(email=invitation.email).exists():
        return None
    return invitation
