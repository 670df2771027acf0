"""Addresses a person cuts another one back to: each leads to the page above, for who may see that."""

import pytest
from django.test import Client

from decisions.models import Decision
from tests import factories as make
from tests.web.house import PEOPLE, READS, sign_in

pytestmark = pytest.mark.django_db
LEADS_ON = {who: 302 if status == 200 else status for who, status in READS.items()}
OPEN = dict.fromkeys(PEOPLE, 302)
ADMINISTERS = dict.fromkeys(PEOPLE, 404) | {"administrator": 302, "anonymous": 302}
WAYS = {
    "/projects/": ("/", OPEN),
    "{project}decisions/": ("{project}", LEADS_ON),
    "{decision}candidates/routes/": ("{decision}candidates/", LEADS_ON),
    "{project}members/1/": ("{project}members/", LEADS_ON),
    "{project}members/invitations/": ("{project}members/", LEADS_ON),
    "/people/invitations/": ("/people/", ADMINISTERS),
    "/accounts/": ("/account/", OPEN),
    "/accounts/password/": ("/account/", OPEN),
}


@pytest.fixture
def decision() -> Decision:
    return make.decision()


def filled(address: str, decision: Decision) -> str:
    project = f"/projects/{decision.project.slug}/"
    return address.format(project=project, decision=f"{project}decisions/{decision.slug}/")


@pytest.mark.parametrize("address", WAYS)
def test_where_it_leads_and_for_whom(client: Client, decision: Decision, address: str) -> None:
    page, gets = WAYS[address]
    for who in PEOPLE:
        client.logout()
        person = sign_in(client, who, decision)
        answer = client.get(filled(address, decision))
        assert answer.status_code == gets[who], who
        if person and answer.status_code == 302:
            assert answer.headers["Location"] == filled(page, decision)


@pytest.mark.parametrize("address", WAYS)
def test_nothing_is_posted_there(client: Client, decision: Decision, address: str) -> None:
    sign_in(client, "administrator", decision)
    assert client.post(filled(address, decision)).status_code == 405
