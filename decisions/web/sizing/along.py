"""What describes a model goes along into a decision: as a text that the candidate keeps, if that is no longer
than a text may be. Either way it is said.
"""

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _

from decisions.export.said import number
from decisions.record.text import TEXT_LENGTH
from decisions.web.sizing.sources import Source


@dataclass(frozen=True)
class Along:
    """The text and where it is from; both are empty where the name says it all, or the text is too long:
    then `is_lost`. `said` is for the reader, before and after."""

    text: str = ""
    origin: str = ""
    said: str = ""
    is_lost: bool = False


def along_of(source: Source) -> Along:
    """What goes along with a source, dimensions that were put right included."""
    if source.doc is None or (source.is_shipped and source.corrected is None):
        return Along()
    text = _written(source)
    if len(text) > TEXT_LENGTH:
        lengths = {"length": number(len(text)), "limit": number(TEXT_LENGTH)}
        lost = _(
            "The configuration has %(length)s characters, and a candidate keeps %(limit)s: it does not go"
            " along. The candidate is sized by its name alone, or once a shorter one is pasted there."
        )
        return Along(said=lost % lengths, is_lost=True)
    return Along(text, _origin(source), _said(source))


def _said(source: Source) -> str:
    if source.stored is not None:
        return _("Dimensions and exact weights go along as the file states them, with its header's digest.")
    if source.corrected is not None:
        return _("The configuration goes along, with what was put right in it.")
    return _("The configuration goes along.")


def _written(source: Source) -> str:
    """The text, with nothing in it that may not be stored; without indents where it is short of room."""
    loose = json.dumps(source.doc, indent=1) if source.config is not None else json.dumps(source.doc)
    text = loose if len(loose) <= TEXT_LENGTH else json.dumps(source.doc, separators=(",", ":"))
    return text.replace("\x7f", "\\u007f")


def _origin(source: Source) -> str:
    """Where the dimensions are from, and what was put right in them."""
    origin = source.origin or (source.shape.source if source.shape and source.stored is None else "")
    origin = origin or _("%(name)s, handed in on the sizing page") % {"name": source.name}
    if source.named and source.stored is not None:
        said = {"origin": origin, "model": source.named.model.id}
        origin = _("%(origin)s; dimensions of %(model)s") % said
    if source.corrected is None:
        return origin
    fixed = source.corrected
    return _("%(origin)s; put right by hand: %(field)s, before %(before)s") % {
        "origin": origin,
        "field": fixed.field,
        "before": fixed.before,
    }
