"""From the fields of a configuration to an Architecture."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from decisions.fit.hardware.architecture import Architecture, Layer
from decisions.fit.hardware.config.blocks import SEARCHED
from decisions.fit.hardware.config.counts import refuse_negative
from decisions.fit.hardware.config.extras import embedding_extra, extra_dims, extra_norms
from decisions.fit.hardware.config.families import Family
from decisions.fit.hardware.config.feed_forward import FeedForward
from decisions.fit.hardware.config.fields import Fields
from decisions.fit.hardware.config.mixers import Mixers, switched
from decisions.fit.hardware.config.nested import Part, text_part
from decisions.fit.hardware.config.pattern import kinds_of
from decisions.fit.hardware.config.stored import dtype_of, quantization_of
from decisions.fit.hardware.config.towers import towers_of


def built(given: Mapping[str, Any]) -> Architecture:
    """The architecture of a configuration's text model, with the towers beside it."""
    part = text_part(given)
    fields, family = part.fields, part.family
    count = _layer_count(fields)
    layers = _layers(part, count)
    hidden = fields.need("hidden_size")
    towers, uncounted = towers_of(given, part.wrapper or part.model_type, hidden)
    refuse_negative(given)  # after all that is read, whose sentences say more
    return Architecture(
        model_type=part.model_type,
        wrapper=part.wrapper,
        hidden=hidden,
        vocabulary=fields.need("vocab_size"),
        layers=layers,
        tied=part.tied,
        max_context_tokens=fields.whole("max_position_embeddings"),
        rope_dim=_rope_dim(fields, family, layers),
        final_norms=(hidden,) * family.final_norms,
        norm_bias=family.norm_bias,
        output_bias=switched(fields, family.head_bias),
        embedding_extra=embedding_extra(fields, family, part.model_type, hidden),
        source_dtype=dtype_of(part.stored),
        source_quantization=quantization_of(part.stored),
        towers=towers,
        unknown=(*part.unknown, *uncounted),
        extra=extra_dims(fields, part.model_type),
    )


def _layer_count(fields: Fields) -> int:
    """How many layers; newer Nemotron-H configurations only list them."""
    if fields.whole("num_hidden_layers") is None and (listed := fields.entries("layer_types")):
        return fields.checked("num_hidden_layers", len(listed))
    return fields.need("num_hidden_layers")


def _layers(part: Part, count: int) -> tuple[Layer, ...]:
    fields, family, name = part.fields, part.family, part.model_type
    kinds = kinds_of(fields, family, name, count)
    mixers = Mixers(fields, family, name, count)
    feeds = FeedForward(fields, family, name, count)
    hidden = fields.need("hidden_size")
    norms = {kind: _norms(fields, family, name, kind, hidden) for kind in set(kinds)}
    made = (
        Layer(mixers.of(kind, number), feeds.of(kind, number), norms[kind], family.norm_bias)
        for number, kind in enumerate(kinds)
    )
    known: dict[Layer, Layer] = {}
    return tuple(known.setdefault(layer, _bare(layer, name)) for layer in made)


def _bare(layer: Layer, name: str) -> Layer:
    """A searched block has a norm only before the parts it has."""
    if name != SEARCHED:
        return layer
    return replace(layer, norms=layer.norms[: bool(layer.mixers) + (layer.feed_forward is not None)])


def _norms(fields: Fields, family: Family, name: str, kind: str, hidden: int) -> tuple[int, ...]:
    parallel = name == "stablelm" and fields.flag("use_parallel_residual")
    return (
        (hidden,) * (1 if parallel else family.norms)
        + (1,) * family.vectors
        + extra_norms(fields, name, kind, hidden)
    )


def _rope_dim(fields: Fields, family: Family, layers: tuple[Layer, ...]) -> int:
    """The rotated width of a head, 0 where positions are told otherwise."""
    stated = fields.whole("rotary_dim") or fields.whole("qk_rope_head_dim", 0)
    if stated is not None:
        return stated
    dims = [getattr(mixer, "key_dim", 0) for layer in layers for mixer in layer.mixers]
    return int(max(dims, default=0) * _rotary_factor(fields, family))


def _rotary_factor(fields: Fields, family: Family) -> float:
    nested = fields.raw("rope_parameters")
    inner = Fields(nested, {}) if isinstance(nested, Mapping) else None
    for where in (fields, inner):
        for name in ("partial_rotary_factor", "rotary_pct", "rope_pct"):
            if where and (factor := where.number(name)) is not None:
                return min(factor, 1.0)
    return 0.0 if fields.raw("position_embedding_type") == "nope" or fields.raw("alibi") else family.rotary
