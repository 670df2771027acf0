"""Where the text model stands in a configuration, and which family's code reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from decisions.fit.hardware.config.blocks import NAME, SEARCHED, spelled_out
from decisions.fit.hardware.config.families import ALIASES, LLAMA, Family, family_of
from decisions.fit.hardware.config.fields import Fields
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.say import say
from decisions.knowledge import config_defaults

NESTED = ("text_config", "llm_config", "language_config", "thinker_config")
SHARED = ("tie_word_embeddings", "torch_dtype", "dtype", "quantization_config", "compression_config")
INSIDE = {
    "mistral3": "ministral3",
    "llava": "mistral",
    "llava_next": "mistral",
    "pixtral": "mistral",
    "kimi_k25": "deepseek_v3",
    "cohere2_vision": "cohere2",
    "paligemma": "gemma",
    "internvl": "qwen2",
    "internvl_chat": "qwen2",
    "exaone4_5": "exaone4",
    "step3p7": "step3p5",
}
"""The text model of a wrapper that does not name it, or that was written flat."""
DIMENSIONS = (
    *("num_hidden_layers", "hidden_size", "num_attention_heads", "num_key_value_heads"),
    *("intermediate_size", "vocab_size"),
)
STRANGE = (
    "mamba",
    "ssm",
    "linear_",
    "conv_",
    "altup",
    "rwkv",
    "block_configs",
    "cross_attention",
    "compress",
)


REFUSED = frozenset(
    {
        *("bert", "roberta", "xlm-roberta", "modernbert", "nomic_bert", "distilbert", "electra"),
        *("deberta-v2", "t5", "mt5", "umt5", "bart", "mbart", "pegasus", "m2m_100", "marian", "whisper"),
        *("deepseek_v4", "deepseek_v41", "qwen4_exp", "rwkv", "rwkv5", "rwkv6", "rwkv7", "xlstm"),
        *("recurrent_gemma", "zamba", "zamba2", "plamo2", "phi3small", "inkling_mm_model", "arctic"),
        *("longcat_flash", "qwen", "gpt_neo", "codegen", "openelm", "minimax_text_01", "minimax_m1"),
        *("bailing_hybrid", "kimi_k3", "glm5_next", "encoder-decoder"),
    }
)
"""Encoders, and decoders whose cache or layers follow rules of their own that are not known here."""


@dataclass(frozen=True, slots=True)
class Part:
    """The text model's fields and traits; `stored` are the fields that may stand outside of it."""

    fields: Fields
    family: Family
    model_type: str
    wrapper: str
    tied: bool
    stored: Fields
    unknown: tuple[str, ...]


def text_part(given: Mapping[str, Any]) -> Part:
    """The text model of a configuration. Raises Unsizable for a family that nothing is known of."""
    outer = Fields(given, {})
    inside = _inside(outer)
    outer_type = _type_of(outer)
    inner_type = (inside.text("model_type") if inside else "") or INSIDE.get(outer_type, outer_type)
    model_type = _plain(inner_type)
    if model_type in REFUSED:
        raise Unsizable(say("sizing.family", model_type=model_type))
    fields = Fields(
        spelled_out(_merged(given, inside)),
        config_defaults.of(f"{model_type}_text", f"{model_type}_text_model", inner_type, model_type),
    )
    if model_type == SEARCHED and not fields.states(NAME):
        raise Unsizable(fields.missing(NAME))
    family = family_of(model_type)
    return Part(
        fields=fields,
        family=family or _assumed(fields, model_type),
        model_type=model_type,
        wrapper=outer_type if _plain(outer_type) != model_type else "",
        tied=_tied(outer, fields),
        stored=fields,
        unknown=() if family else ("model_type",),
    )


def defaults_in(given: Mapping[str, Any]) -> tuple[tuple[str, int], ...]:
    """The dimensions that a configuration leaves out, with what its class has for them. Raises as
    `text_part`."""
    fields = text_part(given).fields
    left_out = (name for name in DIMENSIONS if fields.spelt(name) not in fields.given)
    found = ((name, fields.raw(name)) for name in left_out)
    return tuple((name, value) for name, value in found if isinstance(value, int))


def _inside(outer: Fields, depth: int = 2) -> Fields | None:
    """The text model's own object, at most two levels down (Qwen-Omni's thinker has another)."""
    for name in NESTED if depth else ():
        if found := outer.mapping(name):
            return _inside(Fields(found, {}), depth - 1) or Fields(found, {})
    return None


def _merged(given: Mapping[str, Any], inside: Fields | None) -> Mapping[str, Any]:
    """The nested fields, with those of the whole that may stand outside."""
    if inside is None:
        return given
    found = dict(inside.given)
    found.update({name: given[name] for name in SHARED if given.get(name) is not None and name not in found})
    return found


def _type_of(fields: Fields) -> str:
    """The family's name; where there is none, the class of the model tells it."""
    if named := fields.text("model_type"):
        return named
    classes = fields.entries("architectures") or ()
    if classes and isinstance(classes[0], str):
        name = classes[0].removesuffix("ForCausalLM").removesuffix("ForConditionalGeneration").lower()
        plain = name.removesuffix("lmhead").removesuffix("lmheadmodel").replace("_", "")
        if found := config_defaults.named_like(plain):
            return found
    raise Unsizable(fields.missing("model_type"))


def _plain(model_type: str) -> str:
    """The family's name as the product has it."""
    name = model_type.strip().removesuffix("_text_model").removesuffix("_text")
    name = name.lower() if name.lower() in ALIASES else name
    return ALIASES.get(name) or name


def _tied(outer: Fields, fields: Fields) -> bool:
    """The whole's own word first: transformers ties the outer model."""
    if outer.states("tie_word_embeddings"):
        return outer.flag("tie_word_embeddings")
    return fields.flag("tie_word_embeddings")


def _assumed(fields: Fields, model_type: str) -> Family:
    """Llama's traits for a family nobody knows, unless its fields tell of other blocks."""
    classes = [name for name in fields.entries("architectures") or () if isinstance(name, str)]
    other = classes and not any(sign in classes[0] for sign in ("CausalLM", "Conditional", "LMHead"))
    if other or fields.has_like(STRANGE) or not all(fields.states(name) for name in NEEDED):
        raise Unsizable(say("sizing.family", model_type=model_type[:60]))
    return LLAMA


NEEDED = ("hidden_size", "num_hidden_layers", "num_attention_heads", "vocab_size")
