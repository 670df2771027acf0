"""`manage.py estimate`: what a model needs before anything is downloaded. It asks no database and no
network.
"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from decisions.management.base import BAD_USAGE, printing

FITS, DOES_NOT_FIT = 0, 1
CODES = {"fits": FITS, "does_not_fit": DOES_NOT_FIT}
LONGEST_LINE = 4 << 20  # characters of one request
FLAGS = {  # option: key of the request, type of its value
    "--runtime": ("runtime", str),
    "--quant": ("quant", str),
    "--context": ("context", int),
    "--parallel": ("parallel", int),
    "--kv-dtype": ("kv_dtype", str),
    "--device": ("device", str),
    "--devices": ("devices", int),
    "--memory-gib": ("memory_gib", float),
    "--usable-gib": ("usable_gib", float),
    "--used-gib": ("used_gib", float),
    "--ubatch": ("ubatch", int),
    "--outputs": ("n_outputs_max", int),
    "--gpu-layers": ("gpu_layers", int),
    "--memory-fraction": ("memory_fraction", float),
    "--lora-rank": ("lora_rank", int),
    "--loras": ("loras", int),
    "--draft": ("draft", str),
}


class Command(BaseCommand):
    """Size one model, or each request of a file. Exit codes: 0 fits, 1 does not, 2 unknown or bad input."""

    help = "Say how much memory and disk a model needs in a runtime, before it is downloaded."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A model, a setting, a device; or a file of requests."""
        model = parser.add_mutually_exclusive_group(required=True)
        model.add_argument("--model", metavar="ID", help=_("a shipped model, or a copy of one"))
        model.add_argument("--config", metavar="FILE", help=_("a config.json; - reads standard input"))
        model.add_argument("--gguf", metavar="FILE", help=_("a GGUF file, or its first megabytes"))
        model.add_argument(
            "--batch", metavar="FILE", help=_("requests, one JSON object a line; - reads standard input")
        )
        for flag, (key, kind) in FLAGS.items():
            parser.add_argument(flag, dest=key, type=kind, metavar="VALUE")
        parser.add_argument("--flash-attn", dest="flash_attn", choices=("on", "off"))
        parser.add_argument("--kv-unified", dest="kv_unified", action="store_true", default=None)
        parser.add_argument("--swa-full", dest="swa_full", action="store_true", default=None)
        parser.add_argument(
            "--vision", "--mmproj", dest="vision", nargs="?", const="on", choices=("on", "off")
        )
        parser.add_argument(
            "--runtimes", action="store_true", help=_("all runtimes side by side, with their commands")
        )
        parser.add_argument(
            "--asks", metavar="LIST", help=_("with --runtimes: what has to be given, such as endpoint,lora")
        )
        parser.add_argument("--json", action="store_true", help=_("print JSON instead of a table"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the answer and end with its exit code."""
        if options["batch"]:
            self._batch(options["batch"])
            return
        if options["runtimes"]:
            self._runtimes(options)
            return
        from decisions.fit.hardware.problem import Unsizable
        from decisions.management.estimating import said, sized, table, values_of

        try:
            found = sized(options)
        except Unsizable as problem:
            raise CommandError(said(problem), returncode=BAD_USAGE) from problem
        with printing():
            if options["json"]:
                self.stdout.write(json.dumps(values_of(found), ensure_ascii=False))
            else:
                self.stdout.write(table(found))
        sys.exit(CODES.get(found.estimate.ruling.value, BAD_USAGE))

    def _runtimes(self, options: dict[str, Any]) -> None:
        """Every runtime for the model; the exit code is that of the best of them."""
        from decisions.fit.hardware.problem import Unsizable
        from decisions.management import beside
        from decisions.management.estimating import said

        try:
            rows = beside.rows_for(options)
        except Unsizable as problem:
            raise CommandError(said(problem), returncode=BAD_USAGE) from problem
        with printing():
            if options["json"]:
                plain = [beside.plain(row) for row in rows]
                self.stdout.write(json.dumps(plain, ensure_ascii=False))
            else:
                self.stdout.write(beside.text(rows))
        sys.exit(CODES.get(beside.best(rows).value, BAD_USAGE))

    def _batch(self, name: str) -> None:
        from decisions.management.estimating import answer

        worst = FITS
        with printing(), opened(name) as lines:
            for line in requests(lines):
                values = answer(line)
                worst = max(worst, CODES.get(values["verdict"], BAD_USAGE))
                self.stdout.write(json.dumps(values, ensure_ascii=False))
        sys.exit(worst)


def opened(name: str) -> TextIO:
    """The file of requests, or standard input."""
    from decisions.management.estimating import unreadable

    if name == "-":
        return sys.stdin
    try:
        return Path(name).open(encoding="utf-8", errors="surrogateescape")
    except (OSError, ValueError) as error:
        raise unreadable(name, error) from error


def requests(lines: TextIO) -> Iterator[str]:
    """Each line that is not empty; one that is too long is cut, which no reader takes for a request, and its
    rest is passed over."""
    while line := lines.readline(LONGEST_LINE):
        if line.strip():
            yield line
        while len(line) == LONGEST_LINE and not line.endswith("\n"):
            line = lines.readline(LONGEST_LINE)
