#!/usr/bin/env python
"""Run a command of Routecard: `.venv/bin/python manage.py help`."""

import os
import sys

from django.core.management import execute_from_command_line

from config.env import SettingError


def main() -> None:
    """Run the command named on the command line; a wrong setting is told in one line, with exit code 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except SettingError as error:
        sys.exit(f"manage.py: {error}")


if __name__ == "__main__":
    main()
