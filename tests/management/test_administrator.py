"""`manage.py administrator`: the first one, once."""

import io

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from decisions.models import Event, User
from decisions.states import OrganisationRole
from tests import factories

pytestmark = pytest.mark.django_db


def _make(*arguments: str) -> str:
    out = io.StringIO()
    call_command("administrator", *arguments, stdout=out)
    return out.getvalue()


def test_the_first_administrator_signs_in_with_the_printed_password() -> None:
    said = _make("Ann@Example.org", "--name", "Ann Example")
    password = said.split("once: ")[1].split()[0]
    person = authenticate(None, email="ann@example.org", password=password)
    assert person is not None
    assert person.organisation_roles == {OrganisationRole.ADMINISTRATOR}
    assert person.full_name == "Ann Example"
    assert list(Event.objects.values_list("verb", "actor")) == [
        ("person.joined", None),
        ("role.granted", None),
    ]


def test_a_second_one_is_invited_instead() -> None:
    factories.administrator("Ann Example")
    with pytest.raises(CommandError, match="Ann Example is an administrator already") as refused:
        _make("bob@example.org")
    assert refused.value.returncode == 1
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nobody"], "“nobody” is no e-mail address."),
        (["a\n@example.org"], "is no e-mail address."),
        (["a@example.org", "--name", "a\0b"], "--name: The character U\\+0000"),
    ],
)
def test_what_cannot_be_is_said(arguments: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said) as refused:
        _make(*arguments)
    assert refused.value.returncode == 2
    assert not User.objects.exists()
