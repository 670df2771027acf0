"""Every shipped shape, written as a header and read again, is the same shape."""

from dataclasses import replace

import pytest

from decisions.fit.hardware.architecture import Architecture, Attention, Layer, Mixer, Window
from decisions.fit.hardware.catalogue import architecture_of
from decisions.fit.hardware.families import family_of
from decisions.fit.hardware.gguf_architecture import architecture_of_header
from decisions.fit.hardware.gguf_windows import RULES
from decisions.knowledge import models
from tests.fit.hardware.headers import header_of


def shapes() -> dict[str, Architecture]:
    """The first shipped model of each shape of family that llama.cpp has."""
    found: dict[str, Architecture] = {}
    kinds = set()
    for model in models.shipped():
        arch = architecture_of(model)
        if arch is None or not family_of(arch.model_type).gguf:
            continue
        kind = (arch.model_type, frozenset(type(mixer) for layer in arch.layers for mixer in layer.mixers))
        if kind not in kinds:
            kinds.add(kind)
            found[model.id] = arch
    return found


SHAPES = shapes()


def told(arch: Architecture) -> tuple[Layer, ...]:
    """The layers as far as a file tells: windows that llama.cpp knows of, no norm of keys that are not there,
    and nothing of an input beside the text."""
    known = family_of(arch.model_type).gguf in RULES
    return tuple(
        replace(layer, mixers=tuple(_told(mixer, known) for mixer in layer.mixers)) for layer in arch.layers
    )


def _told(mixer: Mixer, known: bool) -> Mixer:
    if not isinstance(mixer, Attention):
        return mixer
    if not known:
        mixer = replace(mixer, window=Window.FULL, window_tokens=None)
    return replace(mixer, key_norm_dim=0 if mixer.shares_cache else mixer.key_norm_dim, cross_tokens=None)


@pytest.mark.parametrize("arch", SHAPES.values(), ids=SHAPES)
def test_a_shape_survives_its_header(arch: Architecture) -> None:
    read = architecture_of_header(header_of(arch))
    assert (read.hidden, read.vocabulary, read.tied) == (arch.hidden, arch.vocabulary, arch.tied)
    assert read.max_context_tokens == arch.max_context_tokens
    assert read.output_bias == arch.output_bias
    assert sorted(read.final_norms) == sorted(arch.final_norms)
    assert read.unknown == ()
    assert family_of(read.model_type).gguf == family_of(arch.model_type).gguf
    for found, expected in zip(told(read), told(arch), strict=True):
        assert (found.mixers, found.feed_forward) == (expected.mixers, expected.feed_forward)
        assert sorted(found.norms) == sorted(expected.norms)


def test_there_are_many() -> None:
    assert len(SHAPES) > 60
