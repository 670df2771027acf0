"""`manage.py demo`: made once, safe to run again, with passwords of this installation."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.utils import timezone

from decisions.actions.practice import throw_practice_away
from decisions.actions.versions import Snapshot
from decisions.management.demo import english, people, story
from decisions.models import Decision, Event, Project, User, Version
from decisions.states import CardState, Ruling
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def accounts(settings: Any, tmp_path: Path) -> Path:
    """Where the list of accounts is kept."""
    settings.DATA_DIR = tmp_path
    return tmp_path / "demo-accounts"


def _demo(*arguments: str) -> str:
    out = io.StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def _passwords(text: str) -> dict[str, str]:
    rows = [line.split() for line in text.splitlines() if "@" in line]
    return {row[-2]: row[-1] for row in rows}


def test_every_account_can_sign_in_and_is_what_it_says(accounts: Path) -> None:
    said = _demo()
    passwords = _passwords(said)
    assert passwords == _passwords(accounts.read_text())
    assert list(passwords) == [account.email for account in people.ACCOUNTS]
    for account in people.ACCOUNTS:
        signed_in = authenticate(None, email=account.email, password=passwords[account.email])
        assert signed_in is not None
        assert signed_in.organisation_roles == ({account.role} if account.role else set())


def test_the_list_is_for_its_owner_alone(accounts: Path) -> None:
    _demo()
    assert accounts.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in accounts.parent.iterdir()] == ["demo-accounts"]


def test_passwords_are_those_of_one_installation() -> None:
    one, other = people.new_passwords(), people.new_passwords()
    assert len({*one.values(), *other.values()}) == 2 * len(people.ACCOUNTS)


def test_the_story_shows_every_verdict_and_every_state_of_a_card() -> None:
    _demo()
    decision = Decision.objects.with_draft().get(project__name=english.PROJECT)
    judged = Snapshot.of(decision).judged
    assert {v.ruling for j in judged.judgements for v in j.verdicts} == set(Ruling)
    assert {CardState.OPEN, CardState.CLOSED} <= {card.state for card in judged.cards}


def test_the_story_has_three_versions_that_differ_and_a_japanese_decision() -> None:
    _demo()
    told = Decision.objects.with_draft().exclude(versions=None).distinct()
    assert {d.text_language: d.versions.count() for d in told} == {"en": 3, "ja": 1}
    assert Version.objects.values("content").distinct().count() == 4
    for decision in told:
        newest = decision.versions.newest_first().first()
        assert newest
        assert Snapshot.of(decision).digest == newest.digest  # nothing is left unsaved


def test_both_authors_are_named() -> None:
    _demo()
    names = [[p.full_name for p in v.authors.all()] for v in Version.objects.order_by("pk")[:3]]
    assert names == [["Olga Owner"], ["Ari Author"], ["Ari Author"]]


def test_running_it_again_changes_nothing(accounts: Path) -> None:
    first = _passwords(_demo())
    before = (Event.objects.count(), accounts.read_bytes(), accounts.stat().st_mtime_ns)
    assert _passwords(_demo()) == first
    assert _demo("--quiet-if-done") == ""
    assert (Event.objects.count(), accounts.read_bytes(), accounts.stat().st_mtime_ns) == before


def test_what_people_changed_stays() -> None:
    _demo()
    Project.objects.update(name="Ours now")
    decision = Decision.objects.with_draft().first()
    assert decision
    factories.edited(decision, decision.why, why_now="ours")
    User.objects.filter(email=people.AUTHOR.email).update(full_name="Renamed", is_active=False)
    _demo()
    assert set(Project.objects.values_list("name", flat=True)) == {"Ours now"}
    assert factories.loaded(decision).why.why_now == "ours"
    assert User.objects.get(full_name="Renamed").is_active is False


def test_a_lost_list_means_new_passwords_for_open_accounts(accounts: Path) -> None:
    old = _passwords(_demo())
    User.objects.filter(email=people.AUDITOR.email).update(is_active=False)
    accounts.unlink()
    said = _demo("--quiet-if-done")
    assert "the demo accounts have new ones" in said
    assert set(_passwords(said)) == set(old) - {people.AUDITOR.email}
    assert authenticate(None, email=people.OWNER.email, password=old[people.OWNER.email]) is None
    new = _passwords(accounts.read_text())[people.OWNER.email]
    assert authenticate(None, email=people.OWNER.email, password=new)


def test_a_list_of_another_database_is_made_anew(accounts: Path) -> None:
    _demo()
    User.objects.update(password="!")
    assert "the demo accounts have new ones" in _demo("--quiet-if-done")
    assert authenticate(
        None, email=people.OWNER.email, password=_passwords(accounts.read_text())[people.OWNER.email]
    )


def test_a_password_somebody_changed_stays() -> None:
    _demo()
    owner = User.objects.get(email=people.OWNER.email)
    owner.set_password("a password of my own")
    owner.save()
    assert _demo("--quiet-if-done") == ""
    assert authenticate(None, email=people.OWNER.email, password="a password of my own")


def test_an_installation_with_an_administrator_gets_no_second_one(accounts: Path) -> None:
    ours = factories.administrator()
    assert people.ADMINISTRATOR.email not in _passwords(_demo())
    assert list(User.objects.administrators()) == [ours]


def test_what_breaks_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch, accounts: Path) -> None:
    def fail(_people: story.People) -> None:
        raise RuntimeError("the power is gone")

    monkeypatch.setattr(story, "_tell_japanese", fail)
    with pytest.raises(RuntimeError, match="power"):
        _demo()
    assert not any(model.objects.exists() for model in (User, Project, Event))
    assert not accounts.exists()


def test_a_folder_in_the_place_of_the_list_is_said(accounts: Path) -> None:
    accounts.mkdir()
    with pytest.raises(CommandError) as refused:
        _demo()
    assert refused.value.returncode == 3
    assert "demo-accounts: Is a directory." in str(refused.value)


def test_a_practice_project_waits_for_the_owner_and_only_for_the_owner() -> None:
    _demo()
    owner = User.objects.get(email=people.OWNER.email)
    guided = Decision.objects.practised_by(owner).get()
    assert guided.versions.count() == 0
    assert [m.person for m in guided.project.memberships.all()] == [owner]
    assert Project.objects.for_practice().count() == Project.objects.count() == 3


def test_what_was_thrown_away_is_made_afresh_but_not_by_set_up() -> None:
    _demo()
    owner = User.objects.get(email=people.OWNER.email)
    for project in Project.objects.for_practice():
        throw_practice_away(by=owner, project=project)
    assert _demo("--quiet-if-done") == ""
    assert not Project.objects.filter(archived_at=None).exists()
    assert "What was thrown away is there afresh." in _demo()
    assert Project.objects.filter(archived_at=None).count() == 3
    assert Version.objects.count() == 8
    assert "nothing was changed" in _demo()


def test_nothing_is_made_afresh_for_an_owner_whose_account_is_closed() -> None:
    _demo()
    User.objects.filter(email=people.OWNER.email).update(is_active=False)
    Project.objects.update(archived_at=timezone.now())
    assert "nothing was changed" in _demo()


def test_the_trail_holds_no_password() -> None:
    passwords = _passwords(_demo())
    said = json.dumps([event.payload for event in Event.objects.all()])
    assert not [password for password in passwords.values() if password in said]
