"""Which type each tensor has in one of llama.cpp's mixes, and the bytes it takes.

What no rule touches stays as the converter wrote it; a row that a block does not divide falls back to a
type that fits.
Source: ggml-org/llama.cpp, `src/llama-quant.cpp` at 007dbbf, read 2026-11-28.
"""

from functools import lru_cache

from decisions.fit.hardware.gguf.rules import BASES, Facts, Spot, wanted
from decisions.fit.hardware.tensor import Tensor
from decisions.knowledge.quantizations import blocks

_ALIASES = {
    "Q3_K": "Q3_K_M", "Q4_K": "Q4_K_M", "Q5_K": "Q5_K_M", "MXFP4": "MXFP4_MOE", "Q4": "Q4_K_M", "Q8": "Q8_0",
    "FP16": "F16", "FP32": "F32", **dict.fromkeys(("Q4_0_4_4", "Q4_0_4_8", "Q4_0_8_8"), "Q4_0"),
}  # fmt: skip
_FLOATS = ("F16", "BF16", "F32")
_FALLBACKS = {
    **dict.fromkeys(("IQ1_S", "IQ1_M", "IQ2_XXS", "IQ2_XS", "IQ2_S", "IQ3_XXS", "IQ3_S", "IQ4_XS"), "IQ4_NL"),
    **dict.fromkeys(("Q2_K", "Q3_K", "TQ1_0", "TQ2_0"), "Q4_0"),
    "Q4_K": "Q5_0",
    "Q5_K": "Q5_1",
    "Q6_K": "Q8_0",
}
_KEPT = (
    "_norm.weight", "ffn_gate_inp.weight", "ffn_gate_tid2eid.weight", "altup", "laurel",
    "per_layer_model_proj", "ssm_conv1d", "shortconv.conv.weight",
    "indexer.k_proj.weight", "indexer.q_proj.weight",
)  # fmt: skip
"""Parts of names that the quantizer never touches."""

_KEPT_WHOLE = ("position_embd.weight", "token_types.weight")
_SINGLE = (
    "ffn_gate_inp.weight", "ffn_gate_inp_shexp.weight", "position_embd.weight", "token_types.weight",
    "ssm_conv1d", "shortconv.conv.weight", "altup_correct_coef.weight", "altup_predict_coef.weight",
    "indexer.proj.weight",
)  # fmt: skip
"""Parts of names that the converter always writes in 32 bits."""


def mix_name(text: str) -> str | None:
    """The mix that a name means, whatever its case and separators; None is not a mix of llama.cpp's."""
    name = text.strip().upper().replace("-", "_")
    name = _ALIASES.get(name, name)
    return name if name in BASES else None


@lru_cache(maxsize=16384)
def is_quantized(tensor: Tensor) -> bool:
    """Whether the quantizer may change the type: a matrix of weights that is none of the exceptions."""
    name = tensor.name
    if tensor.rows * tensor.depth < 2 or not name.endswith("weight") or name.endswith(_KEPT_WHOLE):
        return False
    return not any(part in name for part in _KEPT)


@lru_cache(maxsize=16384)
def unquantized_type(tensor: Tensor, floats: str) -> str:
    """The type the converter writes the tensor in, before any quantization; `floats` for what is not
    kept in 32 bits."""
    name = tensor.name
    is_vector = tensor.rows * tensor.depth < 2
    if is_vector or not name.endswith(".weight") or name.endswith("_norm.weight"):
        return "F32"
    return "F32" if any(part in name for part in _SINGLE) else floats


def type_of(tensor: Tensor, place: Spot, facts: Facts) -> str:
    """The type of one tensor that stands at `place`."""
    if facts.kept and tensor.is_expert and tensor.depth > 1 and tensor.name.endswith(".weight"):
        return facts.kept
    if facts.mix in _FLOATS:
        return unquantized_type(tensor, facts.mix)
    if not is_quantized(tensor):
        return unquantized_type(tensor, "F16")
    return _fitting(wanted(tensor, place, facts), tensor.row)


def bytes_of(tensor: Tensor, kind: str) -> int:
    """What the tensor takes in that type; nothing where a GGUF file does not have it."""
    if not tensor.is_filed:
        return 0
    weights, size = blocks()[kind]
    return tensor.elements // weights * size


def is_repacked(tensor: Tensor, kind: str) -> bool:
    """Whether llama.cpp's CPU backend (AVX2) keeps a rearranged copy, given a type and its multiplication.

    Rows must come in eights. Embeddings are looked up, not multiplied; the latent's value projection is
    multiplied in an order the copy has no kernel for.
    Source: ggml/src/ggml-cpu/repack.cpp of llama.cpp, read 2026-11-28, and the engine's own figures.
    """
    if kind not in ("Q4_0", "Q4_K", "IQ4_NL", "MXFP4") or tensor.rows % 8:
        return False
    return not tensor.name.endswith(("token_embd.weight", "attn_v_b.weight", "attn_k_b.weight"))


def _fitting(kind: str, row: int) -> str:
    if row % blocks()[kind][0] == 0:
        return kind
    other = _FALLBACKS.get(kind, "F16")
    return "F16" if row % blocks()[other][0] else other
