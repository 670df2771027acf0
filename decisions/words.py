"""The marker for text that rooms without Django hold and pages translate; how sentences follow each other."""

from collections.abc import Iterable

WIDE_STOPS = ("。", "！", "？")


def N_(message: str) -> str:
    """Mark `message` for the translation catalogue and return it unchanged."""
    return message


def run_on(sentences: Iterable[str]) -> str:
    """Sentences one after the other, with a space between them except after a full stop of East Asia."""
    said = ""
    for sentence in filter(None, sentences):
        said += sentence if not said or said.endswith(WIDE_STOPS) else f" {sentence}"
    return said
