"""`manage.py administrator`: the first account of an installation that has no demo."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from decisions.actions.accounts import make_first_administrator
from decisions.management.base import BAD_USAGE, DataCommand
from decisions.management.finding import quoted
from decisions.management.secret import new_password
from decisions.record.text import NAME_LENGTH, UncleanText, clean_text


class Command(DataCommand):
    """Make one administrator with a random password; everybody else is invited."""

    help = "Make the first administrator, with a password that is printed once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who it is."""
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--name", default="", metavar="NAME", help=_("the full name, for signatures"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit codes: 1 when there is an administrator already, 2 for an address or name that cannot be."""
        email, name = options["email"].strip(), _name(options["name"])
        try:
            validate_email(email)
        except ValidationError as error:
            sentence = _("%(email)s is no e-mail address.") % {"email": quoted(email)}
            raise CommandError(sentence, returncode=BAD_USAGE) from error
        password = new_password()
        person = make_first_administrator(email=email, full_name=name, hashed=make_password(password))
        self.stdout.write(_("%(email)s is an administrator.") % {"email": person.email})
        self.stdout.write(
            _("Password, shown this once: %(password)s (change it on the account page).")
            % {"password": password}
        )


def _name(text: str) -> str:
    try:
        return clean_text(text, limit=NAME_LENGTH, one_line=True)
    except UncleanText as error:
        raise CommandError(f"--name: {error}", returncode=BAD_USAGE) from error
