"""Whether the parts of a file that were not read say the same as the decision it became.

A part for reading is kept when it comes out again, word for word: then nothing that it says is lost.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from decisions.export.sections import sections
from decisions.fit.judge import judge
from decisions.record.content import content
from decisions.record.markup import GENERATED
from decisions.record.reading import Aside, Reading, Remark
from decisions.record.sentences import say

Content = dict[str, Any]

_RULE = re.compile(r"[| -]+")


def settled(reading: Reading, after: Content) -> Reading:
    """The reading with its remarks on parts that were not read told apart: repeated by `after`, or left out.

    `after` is the content of the decision once the file is in it.
    """
    if not reading.asides:
        return reading
    repeated = _parts(after) if reading.form == "markdown" else _derived(reading)
    kept = {aside.where for aside in reading.asides if _is_repeated(aside, repeated)}
    return replace(reading, remarks=tuple(_remarks(reading, kept)))


def _is_repeated(aside: Aside, repeated: Content) -> bool:
    said = _trimmed(aside.said) if aside.line else aside.said
    return bool(said == repeated.get(aside.name, ""))


def _remarks(reading: Reading, kept: set[str]) -> Iterator[Remark]:
    """A repeated part of Markdown was skipped; nobody writes one of JSON, and there is nothing to say."""
    for remark in reading.remarks:
        if remark.kind != "not_read" or remark.where not in kept:
            yield remark
        elif remark.line:
            statement = say("generated_again", title=str(remark.statement.params["title"]))
            yield replace(remark, kind="skipped", statement=statement)


def _parts(after: Content) -> Content:
    """The parts for reading that the export of a content has, by their headings."""
    halves = (part.split(GENERATED, 1) for part in sections(after))
    return {head.strip("# \n"): _trimmed(text) for head, text in halves}


def _trimmed(text: str) -> str:
    """A part without what only aligns it: tables of earlier files were not aligned."""
    return "\n".join(_plain(line) for line in text.strip().split("\n"))


def _plain(line: str) -> str:
    if not line.startswith("| "):
        return line.rstrip()
    narrow = re.sub("-+", "---", line) if _RULE.fullmatch(line) else line
    return re.sub(" +", " ", narrow).rstrip()


def _derived(reading: Reading) -> Content:
    """What follows from the record, by its path in JSON."""
    again = content(reading.record, judge(reading.record))
    return {"judged": again["judged"], "decision.claim": again["decision"]["claim"]}
