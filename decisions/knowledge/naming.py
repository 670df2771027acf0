"""Names that are plainly another name of a shipped model: copies, quantized uploads, base and tuned siblings.

Nothing is guessed: words that are known to leave the shape as it is are taken off, and what is left has to be
what is left of a shipped name, word by word. Names that would then mean two shapes mean none.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from decisions.knowledge import architectures, models, ollama
from decisions.knowledge.models import ModelFact

Reason = Literal["exact", "copy", "sibling", "tag", "ambiguous", "unknown"]

LONGEST = 200  # characters of a name
FORMATS = frozenset(
    {
        *(
            "gguf",
            "ggml",
            "imatrix",
            "imat",
            "i1",
            "ud",
            "unsloth",
            "latest",
            "mlx",
            "dwq",
            "onnx",
            "openvino",
        ),
        *("ov", "hf", "safetensors", "sharded", "quantized", "unquantized", "qat", "dynamic", "block", "ct"),
        *("awq", "gptq", "autoround", "exl2", "exl3", "bnb", "g128", "128g", "kv", "w4a16", "w8a8", "w8a16"),
        *("int4", "int8", "2bit", "3bit", "4bit", "5bit", "6bit", "8bit", "fp4", "fp8", "fp16", "fp32"),
        *("f16", "f32", "bf16", "nvfp4", "mxfp4", "mtp"),
    }
)
"""Last words that say how weights are stored, or in which layout."""

SIBLINGS = frozenset(
    {"instruct", "chat", "it", "base", "pt", "pretrain", "pretrained", "reasoning", "thinking"}
)
"""Words for what a model was trained for; its version, size and date stay."""

_HOSTS = re.compile(r"^(?:https?://)?(?:hf\.co|huggingface\.co|ollama\.com/library|library)/")
_FILE = re.compile(r"(?:-\d{5}-of-\d{5})?\.(?:gguf|safetensors)$")
_MIX = re.compile(r"[-_.:@ /]((?:iq|q|tq)\d(?:_[a-z0-9]+)*|mxfp4_moe)$")
_LAST = re.compile(r"[-_.:@ ]([a-z0-9]+)$")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)_(?=\d)")  # 2_5 is 2.5
_SEPARATORS = re.compile(r"[\s_\-:@()+,]+|(?<!\d)\.|\.(?!\d)")
_VERSION = re.compile(r"(?<=[a-z])(?=\d)")  # qwen2.5 is qwen 2.5
_STORED = {
    **{frozenset({name}): name.upper() for name in ("awq", "gptq", "fp8", "nvfp4", "mxfp4", "w4a16", "bf16")},
    **{frozenset({name}): name.upper() for name in ("f16", "f32", "fp16", "fp32")},
    **{frozenset({"awq", bits}): "AWQ" for bits in ("int4", "4bit")},
    **{frozenset({"gptq", bits}): "GPTQ" for bits in ("int4", "4bit")},
    **{frozenset({"gptq", bits}): "GPTQ_INT8" for bits in ("int8", "8bit")},
    **{frozenset({"bnb", "4bit"}): "NF4", frozenset({"bnb", "8bit"}): "BNB_INT8"},
    **{frozenset({"mlx", bits}): f"MLX_{bits.upper()}" for bits in ("4bit", "8bit")},
}
"""What format words mean together, as this product names it."""
_TELLING = frozenset().union(*_STORED)


@dataclass(frozen=True, slots=True)
class Resolved:
    """Which shipped model a name means.

    `taken_for` is its id where the name is another one and the shape is assumed to be the same, None where
    the name is its own. `quantization` is what the name says on that, where it says one thing and this
    product has a name for it.
    """

    model: ModelFact | None
    taken_for: str | None
    reason: Reason
    quantization: str = ""


@lru_cache(maxsize=4096)
def resolve(text: str) -> Resolved:
    """The shipped model that a name means: itself, else one of the same family, version and size."""
    found = models.find(text)
    if found is not None:
        return Resolved(found, None, "exact")
    if len(text) > LONGEST:
        return Resolved(None, None, "unknown")
    words, quantization = read_name(text)
    if ids := _copies().get(words):
        return _one_of(ids, "copy", quantization)
    library = resolve_tag(text) if ":" in text or any(map(str.isdigit, text)) else None
    if library is not None:
        return library
    if ids := _siblings().get(_without(words)):
        return _one_of(ids, "sibling", quantization)
    return Resolved(None, None, "unknown")


def resolve_tag(text: str) -> Resolved | None:
    """The shipped model that a name of Ollama's library means; None where it has no such name or tag."""
    name = _HOSTS.sub("", text.strip().casefold())
    found = ollama.find(name) if len(name) <= LONGEST else None
    return None if found is None else Resolved(models.find(found), found, "tag", read_name(name)[1])


def _one_of(ids: tuple[str, ...], reason: Reason, quantization: str) -> Resolved:
    if len({_shape(name) for name in ids}) > 1:
        return Resolved(None, None, "ambiguous")
    return Resolved(models.find(ids[0]), ids[0], reason, quantization)


def read_name(text: str) -> tuple[tuple[str, ...], str]:
    """The words of a name without its owner and without what says how weights are stored; and that."""
    owner, _, rest = _FILE.sub("", _HOSTS.sub("", text.strip().casefold())).rpartition("/")
    mixes: list[str] = []
    formats = {"mlx"} if owner == "mlx-community" else set()
    while found := _MIX.search(rest) or _format_at_end(rest):
        (mixes.append if found.re is _MIX else formats.add)(found[1])
        rest = rest[: found.start()]
    words = [word for word in _SEPARATORS.split(_BETWEEN_DIGITS.sub(".", rest)) if word]
    parts = [part for word in words for part in _VERSION.split(word)]
    if parts[:2] == ["meta", "llama"]:
        parts.pop(0)
    return tuple(parts), mixes[0].upper() if mixes else _STORED.get(frozenset(formats & _TELLING), "")


def _format_at_end(name: str) -> re.Match[str] | None:
    found = _LAST.search(name)
    return found if found and found[1] in FORMATS else None


def _without(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in SIBLINGS)


@cache
def _copies() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Shipped ids by their words, with and without the owner before them (as in Qwen_Qwen3-8B-GGUF)."""
    index: dict[tuple[str, ...], list[str]] = {}
    for model_id in sorted(models.ids(), key=len):
        words, _ = read_name(model_id)
        owner, _, name = model_id.partition("/")
        for key in {words, read_name(f"{owner}_{name}")[0]}:
            index.setdefault(key, []).append(model_id)
    return {key: tuple(ids) for key, ids in index.items()}


@cache
def _siblings() -> dict[tuple[str, ...], tuple[str, ...]]:
    index: dict[tuple[str, ...], list[str]] = {}
    for words, ids in _copies().items():
        index.setdefault(_without(words), []).extend(ids)
    return {key: tuple(sorted(dict.fromkeys(ids), key=len)) for key, ids in index.items() if len(key) > 1}


@cache
def _shape(model_id: str) -> str:
    """What two ids have in common when they have the same shape; contexts may differ."""
    shape = architectures.find(model_id)
    if shape is None:
        return model_id
    inner = shape.config.get("text_config", {})
    outer = {name: value for name, value in shape.config.items() if name != "text_config"}
    return json.dumps([_lasting(outer), _lasting(inner)], sort_keys=True)


def _lasting(config: Mapping[str, Any]) -> dict[str, Any]:
    passing = (architectures.CONTEXT, "torch_dtype", "quantization_config")
    return {name: value for name, value in config.items() if name not in passing}
