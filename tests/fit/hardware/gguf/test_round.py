"""Every shipped shape, written as a header and read again, is the same shape."""

from dataclasses import replace

import pytest

from decisions.fit.hardware.architecture import Architecture, Attention, Layer, Mixer, Window
from decisions.fit.hardware.catalogue import architecture_of
from decisions.fit.hardware.families import Family, family_of
from decisions.fit.hardware.gguf.architecture import architecture_of_header
from decisions.fit.hardware.gguf.windows import RULES
from decisions.fit.hardware.tensors import tensors_of
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


def told(arch: Architecture, family: Family) -> tuple[Layer, ...]:
    """The layers as far as a file tells: windows that llama.cpp knows of, no norm of keys that are not there,
    nothing of an input beside the text, and no vector that llama.cpp has no tensor for (Apertus' two numbers
    per layer are metadata, Llama 3.2's gates and the third norm of A.X K1 have no place)."""
    known, named = family.gguf in RULES, len(family.norms) if family.gguf != "gemma4" else None
    return tuple(
        replace(layer, norms=layer.norms[:named], mixers=tuple(_told(one, known) for one in layer.mixers))
        for layer in arch.layers
    )


def sizes(arch: Architecture) -> list[int]:
    return sorted(one.elements for one in tensors_of(arch) if "unnamed" not in one.name)


def _told(mixer: Mixer, known: bool) -> Mixer:
    if not isinstance(mixer, Attention):
        return mixer
    if not known:
        mixer = replace(mixer, window=Window.FULL, window_tokens=None)
    return replace(mixer, key_norm_dim=0 if mixer.shares_cache else mixer.key_norm_dim, cross_tokens=None)


@pytest.mark.parametrize("arch", SHAPES.values(), ids=SHAPES)
def test_a_shape_survives_its_header(arch: Architecture) -> None:
    read, family = architecture_of_header(header_of(arch)), family_of(arch.model_type)
    assert (read.hidden, read.vocabulary, read.tied) == (arch.hidden, arch.vocabulary, arch.tied)
    assert read.max_context_tokens == arch.max_context_tokens
    assert read.output_bias == arch.output_bias
    assert sorted(read.final_norms) == sorted(arch.final_norms)
    assert read.unknown == ()
    assert family_of(read.model_type).gguf == family.gguf
    for found, expected in zip(told(read, family), told(arch, family), strict=True):
        assert (found.mixers, found.feed_forward) == (expected.mixers, expected.feed_forward)
        assert sorted(found.norms) == sorted(expected.norms)
    if family == family_of(read.model_type):
        assert sizes(read) == sizes(arch)


def test_there_are_many() -> None:
    assert len(SHAPES) > 60


@pytest.mark.parametrize("name", ["hy_v3", "nemotron_h_moe", "qwen2moe", "starcoder"])
def test_names_of_files_lead_to_a_family(name: str) -> None:
    header = header_of(next(arch for arch in SHAPES.values() if arch.model_type == "qwen3"))
    keys = {key.replace("qwen3.", f"{name}."): value for key, value in header.metadata.items()}
    read = architecture_of_header(replace(header, architecture=name, metadata=keys))
    assert family_of(read.model_type).gguf == name.removesuffix("_moe")
