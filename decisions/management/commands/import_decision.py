"""`manage.py import_decision`: decisions from files into a project, each in a transaction of its own."""

import json
import re
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from decisions.management.base import BAD_USAGE, DataCommand, printing
from decisions.management.finding import find_decision, find_person, find_project, quoted, search_project
from decisions.management.importing import Into, import_one
from decisions.management.incoming import Incoming, incoming
from decisions.management.progress import Progress
from decisions.management.report import as_json, as_lines
from decisions.models import Decision, Project
from decisions.record.text import NAME_LENGTH, UncleanText, clean_text

UNPRINTABLE = re.compile("[\\0-\\x1f\\x7f-\\x9f\\ud800-\\udfff]")  # a file may be called anything


class Command(DataCommand):
    """Import files; one that fails does not undo the others, and the exit code is that of the worst."""

    help = "Read decisions from Markdown or JSON files into a project, and say what was not understood."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to read, where it goes, and who brings it in."""
        parser.add_argument(
            "paths", nargs="+", metavar="PATH", help=_("a file, a folder, or - for standard input")
        )
        parser.add_argument(
            "--project", required=True, metavar="P", help=_("the project's address or exact name")
        )
        parser.add_argument("--create", action="store_true", help=_("make the project where there is none"))
        parser.add_argument(
            "--decision", metavar="D", help=_("into this decision instead of a new one; takes one file")
        )
        parser.add_argument(
            "--save", metavar="SENTENCE", help=_("save a version; the sentence says what changed")
        )
        parser.add_argument(
            "--replace", action="store_true", help=_("let go of what the draft of --decision says unsaved")
        )
        parser.add_argument(
            "--as",
            dest="email",
            metavar="EMAIL",
            help=_("who imports; the first administrator when left out"),
        )
        parser.add_argument("--json", action="store_true", help=_("print one JSON document"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit codes: 1 refused, 2 a wrong name or option, 3 a file that cannot be read."""
        files = incoming(options["paths"])
        if options["decision"] is not None and len(files) > 1:
            raise CommandError(_("--decision takes one file, not %d.") % len(files), returncode=BAD_USAGE)
        by, what_changed = find_person(options["email"]), _sentence(options["save"])
        project, new = _project(options["project"], create=options["create"])
        decision = _decision(project, options["decision"])
        into = Into(by, project, decision, what_changed, replace_draft=options["replace"], new_project=new)
        self._import(files, into, machine=options["json"])

    def _import(self, files: list[Incoming], into: Into, *, machine: bool) -> None:
        progress, results = Progress(self.stderr, len(files)), []
        for file in files:
            result = import_one(file, into)
            results.append(result)
            progress.step()
            if not machine:
                self._say(
                    UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", line)
                    for line in as_lines(result, into.project)
                )
        if machine:
            self._say([json.dumps(as_json(results, into.project), ensure_ascii=False, indent=2)])
        failed = [result for result in results if result.code]
        if failed:
            sentence = _("Not imported: %(count)d of %(all)d.")
            code = max(result.code for result in failed)
            raise CommandError(sentence % {"count": len(failed), "all": len(files)}, returncode=code)

    def _say(self, lines: Iterable[str]) -> None:
        with printing():
            for line in lines:
                self.stdout.write(line.encode("utf-8", "replace").decode())


def _sentence(text: str | None) -> str:
    if text is None:
        return ""
    try:
        sentence = clean_text(text)
    except UncleanText as error:
        raise CommandError(f"--save: {error}", returncode=BAD_USAGE) from error
    if not sentence:
        raise CommandError(_("--save: say in a sentence what changed."), returncode=BAD_USAGE)
    return sentence


def _project(named: str, *, create: bool) -> tuple[Project | None, str]:
    """The project of that name; or none, and the name for the one to make."""
    if not create or search_project(named) is not None:
        return find_project(named), ""
    try:
        name = clean_text(named, limit=NAME_LENGTH, one_line=True)
    except UncleanText as error:
        raise CommandError(f"--project: {error}", returncode=BAD_USAGE) from error
    if not name:
        sentence = _("%(named)s is no name for a project.") % {"named": quoted(named)}
        raise CommandError(sentence, returncode=BAD_USAGE)
    return None, name


def _decision(project: Project | None, named: str | None) -> Decision | None:
    if named is None:
        return None
    if project is None:
        raise CommandError(
            _("--decision names none in a project that is yet to be made."), returncode=BAD_USAGE
        )
    return find_decision(project, named)
