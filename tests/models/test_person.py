"""People and their roles in the organisation."""

from datetime import timedelta

import pytest
from django.utils import timezone

from decisions.models import Invitation, OrganisationGrant, User
from decisions.states import OrganisationRole
from tests import factories

pytestmark = pytest.mark.django_db


def test_an_address_is_kept_in_lower_case_and_found_in_any() -> None:
    made = factories.person(email="  Ann@Example.ORG ")
    assert made.email == "ann@example.org"
    assert User.objects.get_by_natural_key("ANN@example.org") == made


def test_without_a_password_nobody_signs_in() -> None:
    assert not User.objects.create_user("ann@example.org").has_usable_password()


def test_a_person_is_called_by_the_full_name_else_by_the_address() -> None:
    assert str(User(full_name="Ann Example", email="ann@example.org")) == "Ann Example"
    assert str(User(email="ann@example.org")) == "ann@example.org"


def test_administrators_are_the_active_ones_first_one_first() -> None:
    first, second, gone = (factories.administrator() for _ in range(3))
    factories.licence_reviewer()
    User.objects.filter(pk=gone.pk).update(is_active=False)
    assert list(User.objects.administrators()) == [first, second]


def test_roles_of_a_person_cost_one_query(django_assert_num_queries: object) -> None:
    who = factories.administrator()
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert who.is_administrator
        assert not who.is_auditor
        assert who.organisation_roles == {OrganisationRole.ADMINISTRATOR}


def test_a_grant_counts_on_its_first_and_last_day_and_on_no_other() -> None:
    today = timezone.now().date()
    factories.auditor(starts_on=today, ends_on=today)
    days = {offset: today + timedelta(days=offset) for offset in (-1, 0, 1)}
    assert [OrganisationGrant.objects.active(day).count() for day in days.values()] == [0, 1, 0]


def test_open_invitations_are_neither_accepted_nor_withdrawn_nor_expired() -> None:
    by, now = factories.administrator(), timezone.now()
    kinds = {
        "open": {},
        "accepted": {"accepted_at": now, "accepted_by": by},
        "withdrawn": {"withdrawn_at": now},
        "expired": {"expires_at": now},
    }
    for kind, fields in kinds.items():
        values = {"expires_at": now + timedelta(days=1), "secret_digest": kind} | fields
        Invitation.objects.create(email=f"{kind}@example.org", invited_by=by, **values)
    assert [each.secret_digest for each in Invitation.objects.open()] == ["open"]
