"""`manage.py choose`: the lesson's helper. It reads five settings, prints a decision, downloads nothing."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from decisions.fit.choose import DEFAULTS, Message, UnusableSettingError, document, read_profile, warnings
from decisions.management.base import BAD_USAGE, UNREADABLE, printing

FILE = "model_runtime_decision.json"


class Command(BaseCommand):
    """Decide from task, route, privacy, memory and service need; asks no database."""

    help = "Say which model and runtime to start with, and write model_runtime_decision.json."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The five settings as flags; a flag wins over the variable of the same name."""
        for name, default in DEFAULTS.items():
            flag = "--" + name.lower().replace("_", "-")
            optional: dict[str, Any] = {"nargs": "?", "const": "yes"} if name == "NEEDS_SERVICE" else {}
            parser.add_argument(
                flag,
                dest=name,
                metavar="VALUE",
                help=_("instead of %(name)s (default: %(default)s)") % {"name": name, "default": default},
                **optional,
            )
        parser.add_argument(
            "--output", default=FILE, metavar="FILE", help=_("where to write; - writes no file")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the decision and write it; exit codes: 2 for a value that cannot be used, 3 for the file."""
        given = {name: os.environ[name] for name in DEFAULTS if name in os.environ}
        given |= {name: options[name] for name in DEFAULTS if options[name] is not None}
        try:
            text = json.dumps(document(read_profile(given)), indent=2)
        except UnusableSettingError as error:
            raise CommandError(_line(error.message), returncode=BAD_USAGE) from error
        for warning in warnings(given):
            self.stderr.write(self.style.WARNING(_line(warning)))
        if options["output"] != "-":
            self._write(options["output"], text + "\n")
        with printing():
            self.stdout.write(text)

    def _write(self, name: str, text: str) -> None:
        try:
            Path(name).write_text(text, encoding="utf-8")
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            shown = name.encode("utf-8", "replace").decode("utf-8")
            message = _('"%(file)s" cannot be written: %(reason)s.') % {"file": shown, "reason": reason}
            raise CommandError(message, returncode=UNREADABLE) from error


def _line(message: Message) -> str:
    return _(message.template).format(**message.params)
