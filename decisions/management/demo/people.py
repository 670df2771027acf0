"""The demo accounts, and the file that keeps their passwords for whoever has this machine."""

from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext as _

from decisions.actions.accounts import make_account
from decisions.actions.people import store_password
from decisions.management.files import write_whole
from decisions.management.secret import new_password
from decisions.models import User
from decisions.states import OrganisationRole, ProjectRole
from decisions.words import N_

FILE = "demo-accounts"
ONLY_THE_OWNER_READS = 0o600


@dataclass(frozen=True)
class Account:
    """One demo account: what its person is to the installation and to the demo projects."""

    email: str
    full_name: str
    label: str
    role: OrganisationRole | None = None
    project_role: ProjectRole | None = None


ADMINISTRATOR = Account(
    "administrator@demo.example", "Alex Admin", N_("Administrator"), OrganisationRole.ADMINISTRATOR
)
OWNER = Account("owner@demo.example", "Olga Owner", N_("Owner"), project_role=ProjectRole.OWNER)
AUTHOR = Account("author@demo.example", "Ari Author", N_("Author"), project_role=ProjectRole.AUTHOR)
REVIEWER = Account("reviewer@demo.example", "Rin Reviewer", N_("Reviewer"), project_role=ProjectRole.REVIEWER)
LICENCE_REVIEWER = Account(
    "licence@demo.example", "Lee Licence", N_("Licence reviewer"), OrganisationRole.LICENCE_REVIEWER
)
AUDITOR = Account("auditor@demo.example", "Aud Auditor", N_("Auditor"), OrganisationRole.AUDITOR)
ACCOUNTS = (ADMINISTRATOR, OWNER, AUTHOR, REVIEWER, LICENCE_REVIEWER, AUDITOR)


def new_passwords() -> dict[str, str]:
    """A random password for each address."""
    return {account.email: new_password() for account in ACCOUNTS}


def are_there() -> bool:
    """Whether the demo was loaded into this database."""
    return User.objects.filter(email=OWNER.email).exists()


def make_accounts(hashed: dict[str, str]) -> dict[Account, User]:
    """Make all accounts; no second administrator where somebody administers the installation already."""
    wanted = [a for a in ACCOUNTS if a is not ADMINISTRATOR or not User.objects.administrators().exists()]
    return {
        account: make_account(
            email=account.email,
            full_name=account.full_name,
            hashed=hashed[account.email],
            role=account.role,
        )
        for account in wanted
    }


def open_accounts() -> dict[Account, User]:
    """The demo accounts that are there and open."""
    there = {person.email: person for person in _open()}
    return {account: there[account.email] for account in ACCOUNTS if account.email in there}


def hashes_of(passwords: dict[str, str]) -> dict[str, str]:
    """The passwords as they are stored; slow on purpose, so not inside a transaction."""
    return {email: make_password(password) for email, password in passwords.items()}


def give_new_passwords(passwords: dict[str, str]) -> None:
    """Store new passwords for the demo accounts that are open."""
    hashed = hashes_of(passwords)
    with transaction.atomic():
        for person in _open():
            store_password(person=person, hashed=hashed[person.email])


def write_file(path: Path, passwords: dict[str, str]) -> str:
    """Write the list of open demo accounts, readable for its owner alone from the first byte; returns it."""
    text = _table(passwords)
    write_whole(path, text.encode(), mode=ONLY_THE_OWNER_READS)
    return text


def read_file(path: Path) -> str | None:
    """The list as it was written, or None where there is none that fits this database."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    rows = [line.split() for line in text.splitlines()[1:]]
    passwords = {row[-2]: row[-1] for row in rows if len(row) > 2}
    fits = any(check_password(passwords.get(person.email, ""), person.password) for person in _open())
    return text if fits else None


def _open() -> list[User]:
    return list(User.objects.filter(email__in=[a.email for a in ACCOUNTS], is_active=True).order_by("pk"))


def _table(passwords: dict[str, str]) -> str:
    there = {person.email for person in _open()}
    rows = [(_("Role"), _("E-mail address"), _("Password"))]
    rows += [(_(a.label), a.email, passwords[a.email]) for a in ACCOUNTS if a.email in there]
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    return "".join(f"{row[0]:<{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]}\n" for row in rows)
