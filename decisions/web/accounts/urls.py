"""Addresses of accounts and people. Of allauth's pages only those that this product wants are here."""

from collections.abc import Callable

from allauth.account import views as allauth
from django.http.response import HttpResponseBase
from django.urls import include, path, re_path
from django.views.decorators.http import require_http_methods

from decisions.web.accounts import account, invitation, language, people


def form(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A form of allauth, read and posted; left to itself it takes a PUT for a post."""
    return require_http_methods(["GET", "HEAD", "POST"])(view)


SIGN_IN = [
    path("login/", form(allauth.login), name="account_login"),
    path("logout/", form(allauth.logout), name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("signup/", form(allauth.signup), name="account_signup"),
]
PASSWORD = [
    path("change/", form(allauth.password_change), name="account_change_password"),
    path("set/", form(allauth.password_set), name="account_set_password"),
    path("reset/", form(allauth.password_reset), name="account_reset_password"),
    path("reset/done/", allauth.password_reset_done, name="account_reset_password_done"),
    path(
        "reset/key/done/", allauth.password_reset_from_key_done, name="account_reset_password_from_key_done"
    ),
    re_path(
        r"^reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        form(allauth.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
]
PEOPLE = [
    path("", people.people, name="people"),
    path("invite/", people.people_invite, name="people-invite"),
    path("invitations/<int:invitation>/withdraw/", people.invitation_withdraw, name="invitation-withdraw"),
    path("<int:person>/", people.one_person, name="person"),
    path("<int:person>/grant/", people.person_grant, name="person-grant"),
    path("<int:person>/revoke/", people.person_revoke, name="person-revoke"),
    path("<int:person>/close/", people.person_close, name="person-close"),
    path("<int:person>/reopen/", people.person_reopen, name="person-reopen"),
]

urlpatterns = [
    path("accounts/", include(SIGN_IN)),
    path("accounts/password/", include(PASSWORD)),
    path("account/", account.account, name="account"),
    path("account/reading/", account.reading, name="account-reading"),
    path("language/", language.language, name="language"),
    path("invitations/<str:secret>/", invitation.invitation, name="invitation"),
    path("people/", include(PEOPLE)),
]
