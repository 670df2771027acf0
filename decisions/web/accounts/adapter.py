"""allauth as this installation wants it: sign-up by invitation, every write through an action."""

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from decisions.actions.invitations import join
from decisions.actions.people import store_password
from decisions.actions.refusal import Refused
from decisions.models import User
from decisions.web.accounts.pending import pending_invitation
from decisions.web.tour.start import begins_with_tour


class InvitationOnly(DefaultAccountAdapter):
    """Nobody signs up without an open invitation, and only with its address."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This e-mail address and this password do not go together."),
        "too_many_login_attempts": _("Signing in failed too often from here. Try again in a few minutes."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether this browser came through the link of an open invitation."""
        return pending_invitation(request) is not None

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Make the person and give what the invitation gives; it may have been closed in the meantime."""
        try:
            return join(
                invitation=form.invitation,
                full_name=form.cleaned_data["full_name"],
                password=form.cleaned_data["password1"],
            )
        except Refused as refusal:
            page = render(request, "account/signup_closed.html", {"reason": str(refusal)}, status=409)
            raise ImmediateHttpResponse(page) from refusal

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write in the language the receiver has chosen, else in that of the page the mail was asked on."""
        receiver = context.get("user") or User.objects.filter(email=email).first()
        with override(getattr(receiver, "language", "") or get_language()):
            super().send_mail(template_prefix, email, context)

    def set_password(self, user: User, password: str) -> None:
        """Store a password that was changed or set anew."""
        user.set_password(password)
        store_password(person=user, hashed=user.password)

    def post_login(self, request: HttpRequest, user: User, **told: Any) -> HttpResponse:
        """A visitor of the demo who asked for no page in particular goes where the tour starts."""
        if told.get("redirect_url") in (None, "", reverse("project-list")) and begins_with_tour(user):
            told["redirect_url"] = reverse("tour")
        return cast(HttpResponse, super().post_login(request, user, **told))

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """To the project that somebody was invited into."""
        membership = request.user.memberships.select_related("project").first()  # type: ignore[union-attr]
        if membership is None:
            return reverse("project-list")
        return reverse("project", kwargs={"project": membership.project.slug})
