"""Pages that are not those of a full decision: nothing there yet, signed out, read only, errors."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse

from decisions.actions.invitations import invite
from decisions.models import Decision
from decisions.states import ProjectRole
from tests import factories as make
from tests.browser.things import at

SIGNED_OUT = (
    "account_login", "account_signup", "account_inactive", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key_done",
)  # fmt: skip
TABS = ("need", "candidates", "why", "versions", "save", "settings", "import")


def signed_out_pages() -> dict[str, str]:
    """What is open to anyone: signing in, a forgotten password, invitations good and bad."""
    pages = {name: reverse(name) for name in SIGNED_OUT}
    where: dict[str, Any] = {"project": make.project(), "project_role": ProjectRole.AUTHOR}
    for email in ("new@example.org", "known@example.org"):
        link = invite(by=make.administrator(), email=email, address=lambda s: f"/invitations/{s}/", **where)
        pages[f"invitation of {email}"] = link
    make.person(email="known@example.org")
    return pages | {"bad key": "/accounts/password/reset/key/1-x-y/"}


def empty_pages(decision: Decision) -> dict[str, str]:
    """Every page of a project in which nothing was done yet."""
    project = {"project": decision.project.slug}
    pages = {name: reverse(name, kwargs=project) for name in ("project", "project-members")}
    pages |= {name: reverse(name) for name in ("project-list", "account")}
    pages["found nothing"] = reverse("project-list") + "?q=nothing+of+this+name"
    return pages | {f"decision-{tab}": at(f"decision-{tab}", decision) for tab in TABS}


def _broken_host(client: Client) -> Any:
    return client.get("/", headers={"Host": "evil.example"})


def _too_large(client: Client) -> Any:
    return client.post("/new-project/", {"name": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})


def _too_often(client: Client) -> Any:
    cache.clear()
    with override_settings(ACCOUNT_RATE_LIMITS={"reset_password": "1/m/ip"}):
        for _ in range(2):
            answer = client.post("/accounts/password/reset/", {"email": "walk@example.org"})
    cache.clear()
    return answer


def _old_form(client: Client) -> Any:
    client.handler.enforce_csrf_checks = True
    origin = {"Origin": "http://testserver"}
    return client.post("/new-project/", {"name": "Kept", "project_goal": "all of it"}, headers=origin)


def _from_elsewhere(client: Client) -> Any:
    client.handler.enforce_csrf_checks = True
    return client.post("/new-project/", {"name": "x"}, headers={"Origin": "https://evil.example"})


def _fault(client: Client) -> Any:
    client.raise_request_exception = False
    with override_settings(ROOT_URLCONF="tests.web.test_errors"):
        return client.get("/broken/")


PROVOKED: dict[str, tuple[int, Callable[[Client], Any]]] = {
    "broken-host": (400, _broken_host),
    "old-form": (403, _old_form),
    "from-elsewhere": (403, _from_elsewhere),
    "not-found": (404, lambda client: client.get("/nothing/")),
    "too-large": (413, _too_large),
    "too-often": (429, _too_often),
    "fault": (500, _fault),
}
