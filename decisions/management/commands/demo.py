"""`manage.py demo`: the first administrator, the demo accounts and the demo projects; safe to run again."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from decisions.management.base import UNREADABLE, DataCommand
from decisions.management.demo import people, story


class Command(DataCommand):
    """Load the demo once. What people changed in it since stays; a lost list of passwords is made anew.

    So is what was thrown away, unless it is set-up that asks (`--quiet-if-done`)."""

    help = "Make the first administrator, the demo accounts and the demo projects, where they are not there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One option, for set-up."""
        parser.add_argument("--quiet-if-done", action="store_true", help=_("say nothing when it was there"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 3 when the list of accounts cannot be read or written."""
        path = Path(settings.DATA_DIR) / people.FILE
        try:
            said, accounts = load(path)
            if not options["quiet_if_done"] and not said and story.tell_again():
                said = _("What was thrown away is there afresh.")
        except OSError as error:
            reason = {"file": path, "reason": error.strerror or error}
            raise CommandError(_("%(file)s: %(reason)s.") % reason, returncode=UNREADABLE) from error
        if said or not options["quiet_if_done"]:
            self.stdout.write(said or _("The demo was there already; nothing was changed."))
            self.stdout.write(_("Demo accounts, kept in %(file)s:") % {"file": path})
            self.stdout.write(accounts)


def load(path: Path) -> tuple[str, str]:
    """Do what is not done yet: what happened (empty for nothing), and the list of accounts."""
    if not people.are_there():
        passwords = people.new_passwords()
        story.tell(people.hashes_of(passwords))
        return _("The demo is loaded."), people.write_file(path, passwords)
    if accounts := people.read_file(path):
        return "", accounts
    passwords = people.new_passwords()
    people.give_new_passwords(passwords)
    said = _("The list of passwords was gone or of another database: the demo accounts have new ones.")
    return said, people.write_file(path, passwords)
