"""What llama.cpp's quantizer wants of each part of a model in a mix such as Q4_K_M, before any fallback.

The rule goes by the tensor's part, its place among its like, the ratio of heads and the number of experts.
Source: ggml-org/llama.cpp, `src/llama-quant.cpp` at 007dbbf, read 2026-11-28.
"""

from collections.abc import Callable
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from decisions.fit.hardware.tensor import Tensor
from decisions.knowledge.quantizations import blocks

BASES = {
    "Q2_K": "Q2_K", "Q2_K_S": "Q2_K", "Q3_K_S": "Q3_K", "Q3_K_M": "Q3_K", "Q3_K_L": "Q3_K",
    "Q4_0": "Q4_0", "Q4_1": "Q4_1", "Q4_K_S": "Q4_K", "Q4_K_M": "Q4_K",
    "Q5_0": "Q5_0", "Q5_1": "Q5_1", "Q5_K_S": "Q5_K", "Q5_K_M": "Q5_K", "Q6_K": "Q6_K", "Q8_0": "Q8_0",
    "IQ1_S": "IQ1_S", "IQ1_M": "IQ1_M", "IQ2_XXS": "IQ2_XXS", "IQ2_XS": "IQ2_XS", "IQ2_S": "IQ2_XS",
    "IQ2_M": "IQ2_S", "IQ3_XXS": "IQ3_XXS", "IQ3_XS": "IQ3_S", "IQ3_S": "IQ3_S", "IQ3_M": "IQ3_S",
    "IQ4_NL": "IQ4_NL", "IQ4_XS": "IQ4_XS", "TQ1_0": "TQ1_0", "TQ2_0": "TQ2_0",
    "MXFP4_MOE": "MXFP4", "NVFP4": "NVFP4", "F16": "F16", "BF16": "BF16", "F32": "F32",
}  # fmt: skip
"""The type most tensors of a mix have."""

TINY = ("IQ1_S", "IQ1_M", "IQ2_XXS", "IQ2_XS", "IQ2_S", "IQ2_M")
_TWO_BIT_S = ("IQ2_S", "IQ2_M")


class Part(Enum):
    """What a tensor is to the rule; the first of these whose word is in its name."""

    OUTPUT = "output.weight"
    EMBEDDING = "token_embd.weight"
    VALUE = "attn_v.weight"
    KEY = "attn_k.weight"
    QUERY = "attn_q.weight"
    ATTENTION_OUTPUT = "attn_output.weight"
    UP = "ffn_up"
    GATE = "ffn_gate"
    DOWN = "ffn_down"
    OTHER = ""


class Spot(NamedTuple):
    """Where a tensor stands among its like: all that the rule asks of its number and their count."""

    first_16th: bool
    first_8th: bool
    middle: bool
    more_bits: bool
    first_2: bool
    first_4: bool


class Facts(NamedTuple):
    """What the rule asks of the model and the mix. `many_queries` is four query heads or more per KV head;
    `kept` the type of experts that a checkpoint brings in a type of its own ("" where it does not). `library`
    is the rule of Ollama's library: its own quantizer for models with linear attention, gpt-oss as its makers
    publish it, all but the experts in 16 bits."""

    mix: str
    many_queries: bool
    experts: int
    falcon: bool
    seventy_b: bool
    tied: bool
    imatrix: bool
    kept: str = ""
    library: bool = False


@lru_cache(maxsize=8192)
def spot(index: int, count: int) -> Spot:
    """The place of number `index` of `count`."""
    eighth, last = count // 8, 7 * count // 8
    more = index < eighth or index >= last or (index - eighth) % 3 == 2
    return Spot(index < count // 16, index < eighth, eighth <= index < last, more, index < 2, index < 4)


@lru_cache(maxsize=8192)
def part_of(name: str) -> Part:
    """The part that a tensor's name says."""
    if name == "output.weight":
        return Part.OUTPUT
    if name in ("token_embd.weight", "per_layer_token_embd.weight"):
        return Part.EMBEDDING
    if "attn_qkv.weight" in name or "attn_kv_b.weight" in name:
        return Part.VALUE
    inner = (part for part in Part if part not in (Part.OUTPUT, Part.EMBEDDING))
    return next(part for part in inner if part.value in name)


def wanted(tensor: Tensor, place: Spot, facts: Facts) -> str:
    """The type the mix asks for a matrix of weights at `place`."""
    base, part = BASES[facts.mix], part_of(tensor.name)
    if facts.library and facts.mix == "MXFP4_MOE":
        return base if tensor.depth > 1 else "BF16"
    if part is Part.OUTPUT or (part is Part.EMBEDDING and facts.tied):
        return _output(tensor, base, facts)
    if facts.mix == "MXFP4_MOE":
        return base if tensor.depth > 1 else "Q8_0"
    if part is Part.EMBEDDING:
        return _embedding(base, facts)
    if facts.library and (found := _of_library(tensor.name, part)):
        return found
    if facts.mix in TINY:
        return _TINY_RULES.get(part, _same)(base, place, facts)
    return _RULES.get(part, _same)(base, place, facts)


def _of_library(name: str, part: Part) -> str:
    """What Ollama's library has in Q4_K_M and Q4_K_S (server/quantization.go, qwen3LinearAttnQuantType)."""
    expert = "exps" in name or "shexp" in name
    if part is Part.VALUE or (part is Part.DOWN and expert):
        return "Q6_K"
    attention = part in (Part.QUERY, Part.KEY, Part.ATTENTION_OUTPUT)
    return "Q4_K" if attention or (expert and part in (Part.UP, Part.GATE)) else ""


def _same(base: str, place: Spot, facts: Facts) -> str:
    return base


def _output(tensor: Tensor, base: str, facts: Facts) -> str:
    if facts.mix == "MXFP4_MOE" or facts.falcon or tensor.row % blocks()[base][0]:
        return "Q8_0"
    if facts.mix in (*TINY, "IQ3_XXS"):
        return "Q5_K"
    return base if base == "Q8_0" else "Q6_K"


def _embedding(base: str, facts: Facts) -> str:
    if facts.mix in ("IQ2_XXS", "IQ2_XS", "IQ1_S", "IQ1_M"):
        return "Q2_K"
    if facts.mix in (*_TWO_BIT_S, "IQ3_XXS"):
        return "IQ3_S"
    return "Q4_K" if base.startswith("TQ") else base


def _tiny_value(base: str, place: Spot, facts: Facts) -> str:
    if facts.many_queries or facts.experts >= 4:
        return "Q4_K"
    return "IQ3_S" if facts.mix in _TWO_BIT_S else "Q2_K"


def _tiny_key(base: str, place: Spot, facts: Facts) -> str:
    return "Q4_K" if facts.experts == 8 else base


def _tiny_down(base: str, place: Spot, facts: Facts) -> str:
    if not place.first_8th:
        return base
    return "IQ3_S" if facts.mix in _TWO_BIT_S else "Q2_K"


def _tiny_attention_output(base: str, place: Spot, facts: Facts) -> str:
    if facts.experts == 8:
        return "Q5_K"
    if facts.mix in ("IQ1_S", "IQ1_M"):
        return "IQ2_XXS"
    return "IQ3_S" if facts.mix in _TWO_BIT_S else base


def _value(base: str, place: Spot, facts: Facts) -> str:
    if facts.experts == 8:
        return "Q8_0"
    kind = _value_by_mix(base, place, facts)
    return "Q5_K" if facts.seventy_b and kind in ("Q3_K", "Q4_K") else kind


def _value_by_mix(base: str, place: Spot, facts: Facts) -> str:
    match facts.mix:
        case "Q2_K":
            return "Q4_K" if facts.many_queries else "Q3_K"
        case "Q2_K_S" | "IQ3_XS" | "IQ3_S":
            return "Q4_K" if facts.many_queries else base
        case "IQ3_XXS":
            return "Q4_K" if facts.many_queries else base if facts.imatrix else "IQ3_S"
        case "IQ3_M":
            return "Q4_K"
        case "Q3_K_M":
            return "Q5_K" if place.first_2 else "Q4_K"
        case "Q3_K_L":
            return "Q5_K"
        case "IQ4_NL" | "IQ4_XS":
            return "Q5_K" if facts.many_queries else base
        case "Q4_K_M" | "Q5_K_M":
            return "Q6_K" if place.more_bits else base
        case "Q4_K_S":
            return "Q5_K" if place.first_4 else base
    return base


def _key(base: str, place: Spot, facts: Facts) -> str:
    return "Q8_0" if facts.experts == 8 else _query(base, place, facts)


def _query(base: str, place: Spot, facts: Facts) -> str:
    return {"IQ3_XS": "IQ3_XXS", "IQ3_XXS": "IQ2_S"}.get(facts.mix, base)


def _down(base: str, place: Spot, facts: Facts) -> str:
    match facts.mix:
        case "Q4_K_M":
            return _down_middle(base, place, facts)
        case "Q5_K_M":
            return "Q6_K" if place.more_bits else base
        case "IQ4_NL" | "IQ4_XS":
            return "Q5_K" if place.first_8th and not facts.imatrix else base
        case "Q4_K_S":
            return "Q5_K" if place.first_8th and not facts.falcon else base
        case "Q4_0" | "Q5_0":
            return f"{base[:-1]}1" if place.first_8th and facts.imatrix else base
    return _down_low(base, place, facts)


def _down_low(base: str, place: Spot, facts: Facts) -> str:
    match facts.mix:
        case "Q2_K":
            return "Q3_K"
        case "Q2_K_S":
            return "Q4_K" if place.first_8th else base
        case "IQ3_XXS":
            return base if facts.imatrix else "Q4_K" if place.first_8th else "Q3_K"
        case "Q3_K_M":
            low = facts.falcon and not place.more_bits
            return "Q5_K" if place.first_16th else "Q3_K" if low else "Q4_K"
        case "IQ3_M":
            return "Q4_K" if place.first_8th or (facts.experts == 8 and place.more_bits) else base
        case "Q3_K_L":
            return "Q4_K" if facts.falcon else "Q5_K"
    return base


def _down_middle(base: str, place: Spot, facts: Facts) -> str:
    if not facts.falcon:
        return "Q6_K" if place.more_bits else base
    return "Q6_K" if place.first_16th else "Q5_K" if place.more_bits else base


_EIGHT_EXPERTS = (
    "Q2_K", "IQ3_XS", "IQ3_XXS", "Q3_K_S", "Q3_K_M", "IQ4_NL", "Q4_K_S", "Q4_K_M", "IQ3_S", "IQ3_M", "IQ4_XS",
)  # fmt: skip
_ATTENTION_OUTPUT = {"Q2_K": "Q3_K", "IQ3_XXS": "IQ3_S", "Q3_K_M": "Q4_K", "Q3_K_L": "Q5_K", "IQ3_M": "Q4_K"}


def _attention_output(base: str, place: Spot, facts: Facts) -> str:
    if facts.falcon:
        return "Q4_K" if facts.mix == "Q3_K_L" else base
    if facts.experts == 8:
        return "Q5_K" if facts.mix in _EIGHT_EXPERTS else base
    return _ATTENTION_OUTPUT.get(facts.mix, base)


def _gate_or_up(base: str, place: Spot, facts: Facts) -> str:
    return "IQ3_XXS" if facts.mix == "IQ3_XS" and place.middle else base


_Rule = Callable[[str, Spot, Facts], str]
_RULES: dict[Part, _Rule] = {
    Part.VALUE: _value,
    Part.KEY: _key,
    Part.QUERY: _query,
    Part.DOWN: _down,
    Part.ATTENTION_OUTPUT: _attention_output,
    Part.GATE: _gate_or_up,
    Part.UP: _gate_or_up,
}
_TINY_RULES: dict[Part, _Rule] = {
    Part.VALUE: _tiny_value,
    Part.KEY: _tiny_key,
    Part.DOWN: _tiny_down,
    Part.ATTENTION_OUTPUT: _tiny_attention_output,
}
