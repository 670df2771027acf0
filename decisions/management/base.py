"""What the commands on stored decisions share: one line for whatever goes wrong, and an exit code."""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _

from decisions.actions.refusal import Refused

REFUSED, BAD_USAGE, UNREADABLE, NO_DATABASE = 1, 2, 3, 4  # exit codes, as docs/terminal.md lists them


@contextmanager
def printing() -> Iterator[None]:
    """Around what writes to standard output: a full disk ends the command in one line.

    A reader who has seen enough, as `head` does, ends nothing: the rest is written to nowhere.
    """
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python tries again as it ends
        if not isinstance(error, BrokenPipeError):
            sentence = _("Standard output cannot be written: %(reason)s.") % {"reason": error.strerror}
            raise CommandError(sentence, returncode=UNREADABLE) from error


class DataCommand(BaseCommand):
    """A command that reads or changes what is stored, through actions, without system checks."""

    requires_system_checks = ()

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Our options win over Django's of the same name: `--version` is a version of a decision."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options of the command."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run the command; a refusal, a missing right and an unready database are told in one line."""
        try:
            return super().execute(*args, **options)
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=REFUSED) from refusal
        except PermissionDenied as error:
            raise CommandError(_("This person may not do that here."), returncode=REFUSED) from error
        except DatabaseError as error:
            reason = " ".join(str(error).split())
            sentence = _("The database is not ready (%(reason)s): run script/setup.") % {"reason": reason}
            raise CommandError(sentence, returncode=NO_DATABASE) from error
