#!/usr/bin/env python
"""Run a command of Routecard: `.venv/bin/python manage.py help`."""

import os
import secrets
import sys
import traceback

from django.core.management import execute_from_command_line

from config.env import SettingError

WITHOUT_SETUP = ("choose", "estimate")
"""Commands that ask no database and sign nothing: they answer in a checkout that was never set up."""


def main() -> None:
    """Run the command named on the command line; a wrong setting is told in one line, with exit code 1.

    The 1 of `estimate` is a verdict: whatever else goes wrong there ends with 2.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command in WITHOUT_SETUP:
        os.environ.pop("SECRET_KEY_FILE", None)
        os.environ["SECRET_KEY"] = secrets.token_urlsafe(64)  # of this process, and never used
    try:
        execute_from_command_line(sys.argv)
    except SettingError as error:
        sys.stderr.write(f"manage.py: {error}\n")
        sys.exit(2 if command == "estimate" else 1)
    except Exception:
        if command != "estimate":
            raise
        traceback.print_exc()
        sys.exit(2)


if __name__ == "__main__":
    main()
