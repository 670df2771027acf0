"""llama.cpp's per-tensor rule, held to the byte against the engine's own quantizer."""

from collections import Counter

import pytest

from decisions.fit.hardware.catalogue import architecture_of
from decisions.fit.hardware.gguf.mix import bytes_of, is_repacked, mix_name, type_of
from decisions.fit.hardware.gguf.rules import BASES, spot
from decisions.fit.hardware.gguf.weights import facts_of, layer_shares, outer_share, types_of
from decisions.fit.hardware.tensor import Tensor
from decisions.fit.hardware.weights import weights_of
from decisions.knowledge import models
from tests.fit.hardware import data
from tests.fit.hardware.shapes import SHAPES

ENGINE = data.read("engine_weights.json")
FAMILIES = data.read("engine_families.json")["weights"]
CASES = [(model, mix) for model, mixes in ENGINE["weights"].items() for mix in mixes]


@pytest.mark.parametrize(("model", "mix"), CASES)
def test_bytes_and_types_are_the_engines(model, mix):
    size, kinds = ENGINE["weights"][model][mix]
    typed = list(types_of(SHAPES[model](), mix))
    assert sum(bytes_of(tensor, kind) for tensor, kind in typed) == size
    assert kinds is None or Counter(kind for _, kind in typed) == kinds


@pytest.mark.parametrize("model", FAMILIES)
def test_every_family_has_the_engines_bytes(model):
    arch = architecture_of(models.find(model))
    ours = {mix: sum(bytes_of(*one) for one in types_of(arch, mix)) for mix in FAMILIES[model]}
    assert ours == FAMILIES[model]


@pytest.mark.parametrize("model", ENGINE["repack"])
def test_repacked_copies_are_the_engines(model):
    mix, size, repacked = ENGINE["repack"][model]
    typed = list(types_of(SHAPES[model](), mix))
    assert sum(bytes_of(tensor, kind) for tensor, kind in typed) == size
    assert sum(bytes_of(tensor, kind) for tensor, kind in typed if is_repacked(tensor, kind)) == repacked


@pytest.mark.parametrize("model", SHAPES)
@pytest.mark.parametrize("mix", ["Q4_K_M", "IQ2_XS", "IQ3_XS", "MXFP4_MOE", "BF16"])
def test_layers_and_the_rest_are_the_whole(model, mix):
    arch = SHAPES[model]()
    facts = facts_of(arch, mix)
    shares = [outer_share(arch, facts), *layer_shares(arch, facts)]
    typed = list(types_of(arch, mix))
    assert sum(share.bytes for share in shares) == sum(bytes_of(tensor, kind) for tensor, kind in typed)
    assert all(sum(size for _, size in share.groups) == share.bytes for share in shares)


def test_rows_that_no_block_divides_fall_back():
    assert _kind("Q4_K_M", 896) == "Q5_0"
    assert _kind("Q6_K", 896) == "Q8_0"
    assert _kind("IQ4_XS", 896) == "IQ4_NL"
    assert _kind("Q4_K_M", 100) == "F16"
    assert _kind("Q4_K_M", 1024) == "Q4_K"


def _kind(mix: str, row: int) -> str:
    facts = facts_of(SHAPES["meta-llama/Llama-3.1-8B-Instruct"](), mix)
    return type_of(Tensor("attn_q.weight", row, 64), spot(0, 32), facts)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("q4_k_m", "Q4_K_M"),
        ("Q4-K-M", "Q4_K_M"),
        ("mxfp4", "MXFP4_MOE"),
        ("fp16", "F16"),
        ("AWQ", None),
        ("", None),
    ],
)
def test_names_of_mixes(text, name):
    assert mix_name(text) == name


@pytest.mark.parametrize("mix", sorted(BASES))
def test_every_mix_sizes_every_shape(mix):
    for shape in SHAPES.values():
        assert all(bytes_of(tensor, kind) > 0 for tensor, kind in types_of(shape(), mix))


def test_an_importance_matrix_never_makes_a_file_larger():
    for mix in ("IQ4_XS", "IQ4_NL", "IQ3_XXS"):
        plain, guided = (
            sum(bytes_of(*one) for one in types_of(SHAPES["google/gemma-2-2b-it"](), mix, imatrix=imatrix))
            for imatrix in (False, True)
        )
        assert guided < plain


def test_eighty_layers_of_qwen_are_70b_whatever_its_heads():
    """Qwen1.5-72B has as many heads for keys as for queries; the size is the engine's quantizer's."""
    shape = architecture_of(models.find("Qwen/Qwen1.5-72B"))
    assert weights_of(shape, "Q4_K_M").bytes == 44_098_191_360
