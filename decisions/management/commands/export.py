"""`manage.py export`: a version of a decision, from the stored bytes, the same on every call."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from decisions.actions.renderings import rendered
from decisions.export.markdown import markdown
from decisions.export.pdf.refusals import not_rendered
from decisions.export.pdf.renderer import NotRendered
from decisions.export.said import items
from decisions.management.base import BAD_USAGE, REFUSED, UNREADABLE, DataCommand, printing
from decisions.management.files import write_whole
from decisions.management.finding import find_decision, find_project, find_version, quoted
from decisions.models import Version
from decisions.record.versions import load_content

FORMATS = ("md", "json", "pdf")


class Command(DataCommand):
    """Write one version to standard output or to a file; nothing else is ever printed there."""

    help = "Write a saved version as Markdown, as PDF or as JSON, whose SHA-256 is the fingerprint."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to write, and where."""
        parser.add_argument("project", metavar="PROJECT", help=_("the project's address or exact name"))
        parser.add_argument(
            "--decision", metavar="D", help=_("its address or exact title; the only one when left out")
        )
        parser.add_argument("--version", metavar="N", help=_("its number; the newest when left out"))
        parser.add_argument("--format", required=True, metavar="F", help=_("md, json or pdf"))
        parser.add_argument(
            "--language", metavar="L", help=_("of the PDF: en, ja or zh-hans; en when left out")
        )
        parser.add_argument("--output", metavar="FILE", help=_("a file instead of standard output"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit codes: 2 for a name, number or format there is not, 3 for a file that cannot be written."""
        form = options["format"]
        if form not in FORMATS:
            sentence = _("There is no format %(named)s: say md, json or pdf.") % {"named": quoted(form)}
            raise CommandError(sentence, returncode=BAD_USAGE)
        language = _language(options["language"], form)
        number = _number(options["version"])
        decision = find_decision(find_project(options["project"]), options["decision"])
        version = find_version(decision, number)
        data = _pdf(version, language) if form == "pdf" else exported(version, form)
        if options["output"] is None:
            _print(data)
        else:
            _write(options["output"], data)


def exported(version: Version, form: str) -> bytes:
    """The bytes of a version: the stored ones for JSON, Markdown in UTF-8 made of them."""
    data = bytes(version.content.data)
    return data if form == "json" else markdown(load_content(data)).encode()


def _pdf(version: Version, language: str) -> bytes:
    try:
        return bytes(rendered(version=version, language=language).data)
    except NotRendered as problem:
        raise CommandError(not_rendered(problem), returncode=REFUSED) from problem


def _language(named: str | None, form: str) -> str:
    codes = [code for code, _name in settings.LANGUAGES]
    if named is None:
        return codes[0]
    if form != "pdf" or named.lower() not in codes:
        sentence = _("There is no %(form)s in the language %(named)s: --format pdf takes %(codes)s.")
        named = quoted(named)
        raise CommandError(
            sentence % {"form": form, "named": named, "codes": items(codes)}, returncode=BAD_USAGE
        )
    return named.lower()


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 10):
        sentence = _("%(text)s is no number of a version: say a whole number from 1 up.")
        raise CommandError(sentence % {"text": quoted(text)}, returncode=BAD_USAGE)
    return int(text)


def _print(data: bytes) -> None:
    with printing():
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def _write(name: str, data: bytes) -> None:
    try:
        write_whole(Path(name), data)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        sentence = _("%(file)s cannot be written: %(reason)s.") % {"file": quoted(name), "reason": reason}
        raise CommandError(sentence, returncode=UNREADABLE) from error
