"""Models made by architecture search, whose configuration describes every block by itself (Nemotron-NAS)."""

from collections.abc import Mapping
from typing import Any

from decisions.fit.hardware.config.fields import Fields

SEARCHED = "nemotron-nas"
NAME = "block_configs"
MULTIPLE = 256  # widths are rounded up to it


def spelled_out(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """The configuration with its blocks as lists of heads, widths and kinds, one entry a layer."""
    fields = Fields(given, {})
    blocks = fields.entries(NAME)
    if not blocks:
        return given
    heads, hidden = fields.need("num_attention_heads"), fields.need("hidden_size")
    parts = [_parts(fields, block) for block in blocks]
    return {
        **given,
        "layer_types": ["full_attention" if _is_there(attention) else "mlp" for attention, _ in parts],
        "num_key_value_heads": [_kv_heads(fields, attention, heads) for attention, _ in parts],
        "intermediate_size": [_width(feed, hidden) for _, feed in parts],
    }


def _parts(fields: Fields, block: object) -> tuple[Fields, Fields]:
    """The attention and the feed-forward part of one block."""
    if not isinstance(block, Mapping):
        raise fields.unheard(NAME, block)
    inner = Fields(block, {})
    found = inner.inner("attention"), inner.inner("ffn")
    if (
        found[0] is None
        or found[1] is None
        or any(part and part.flag("replace_with_linear") for part in found)
    ):
        raise fields.unheard(NAME, "replace_with_linear" if all(found) else block)
    return found[0], found[1]


def _is_there(part: Fields) -> bool:
    return not part.flag("no_op")


def _kv_heads(fields: Fields, attention: Fields, heads: int) -> int:
    if not _is_there(attention):
        return heads  # the block has none; the entry is not read
    stated = attention.whole("num_key_value_heads")
    return stated or fields.divided("num_attention_heads", heads, attention.need("n_heads_in_group"))


def _width(feed: Fields, hidden: int) -> int:
    if not _is_there(feed):
        return 0
    if stated := feed.whole("intermediate_size"):
        return stated
    width = int(2 * (feed.number("ffn_mult") or 0) * hidden / 3)
    return MULTIPLE * -(-width // MULTIPLE)
