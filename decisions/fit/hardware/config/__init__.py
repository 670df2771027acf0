"""A Hugging Face config.json, whatever family and spelling, to the shape that sizing takes."""

from collections.abc import Mapping
from typing import Any

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.config.build import built
from decisions.fit.hardware.config.nested import defaults_in
from decisions.fit.hardware.config.text import mapping_of

__all__ = ["defaults_in", "read_config"]


def read_config(given: str | bytes | Mapping[str, Any]) -> Architecture:
    """The architecture a configuration describes; fields it leaves out have the defaults of its class.

    Takes the text or bytes of a config.json, or the mapping it holds. Raises Unsizable, whose statement
    names the field, for everything else: a family that is not known is read as a plain decoder only where
    nothing speaks against it, and the architecture says so in `unknown`.
    """
    return built(mapping_of(given))
