"""Which quantizations are offered in which runtime, and what stands for one of them in another."""

from decisions.fit.hardware.setting import RuntimeName

_MIXES = ("BF16", "Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "IQ4_XS", "Q3_K_M", "Q2_K")
_MORE_MIXES = (
    "F32", "F16", "BF16", "Q8_0", "Q6_K", "Q5_K_M", "Q5_K_S", "Q5_1", "Q5_0", "Q4_K_M", "Q4_K_S", "Q4_1",
    "IQ4_NL", "Q4_0", "IQ4_XS", "MXFP4_MOE", "Q3_K_L", "Q3_K_M", "Q3_K_S", "IQ3_M", "IQ3_S", "IQ3_XXS",
    "Q2_K", "Q2_K_S", "IQ2_M", "IQ2_S", "IQ2_XS", "IQ2_XXS", "IQ1_M", "IQ1_S",
)  # fmt: skip
_MLX = ("MLX_8BIT", "MLX_4BIT")
_SERVER = ("BF16", "FP8", "INT8", "W4A16", "AWQ", "GPTQ", "NVFP4")
_MORE_SERVER = ("FP32", "FP16", "BF16", "FP8", "FP8_BLOCK", "INT8", "GPTQ_INT8", "W4A16", "AWQ", "GPTQ")
USUAL: dict[RuntimeName, tuple[str, ...]] = {
    "llama_cpp": _MIXES,
    "ollama": _MIXES,
    "lm_studio": (*_MIXES, *_MLX),
    "vllm": _SERVER,
    "sglang": _SERVER,
    "transformers": ("FP32", "BF16", "BNB_INT8", "NF4"),
}
"""The quantizations people choose from, from most to fewest bits."""
ALL: dict[RuntimeName, tuple[str, ...]] = {
    "llama_cpp": _MORE_MIXES,
    "ollama": _MORE_MIXES,
    "lm_studio": (*_MORE_MIXES, *_MLX),
    "vllm": (*_MORE_SERVER, "NVFP4", "MXFP4", "NF4"),
    "sglang": (*_MORE_SERVER, "NVFP4", "MXFP4"),
    "transformers": ("FP32", "FP16", "BF16", "BNB_INT8", "NF4", "NF4_DOUBLE"),
}
"""Every quantization that is sized for a runtime."""

_NEAREST: tuple[tuple[frozenset[str], dict[RuntimeName, str]], ...] = (
    (
        frozenset({"F32", "FP32", "F16", "FP16", "BF16"}),
        dict.fromkeys(USUAL, "BF16"),
    ),
    (
        frozenset({"Q8_0", "Q6_K", "FP8", "FP8_BLOCK", "INT8", "GPTQ_INT8", "BNB_INT8", "MLX_8BIT"}),
        {**dict.fromkeys(USUAL, "Q8_0"), "vllm": "FP8", "sglang": "FP8", "transformers": "BNB_INT8"},
    ),
    (
        frozenset(
            {"Q5_K_M", "Q5_K_S", "Q5_0", "Q5_1", "Q4_K_M", "Q4_K_S", "Q4_0", "Q4_1", "IQ4_NL", "IQ4_XS"}
            | {"MXFP4", "MXFP4_MOE", "NVFP4", "AWQ", "GPTQ", "W4A16", "NF4", "NF4_DOUBLE", "MLX_4BIT"}
        ),
        {**dict.fromkeys(USUAL, "Q4_K_M"), "vllm": "AWQ", "sglang": "AWQ", "transformers": "NF4"},
    ),
)
"""What a runtime has of about as many bits."""


def counterpart(quantization: str, runtime: RuntimeName) -> str | None:
    """What a runtime has of as many bits as a quantization of another one; empty is as published.

    None where it has nothing like it, as servers have nothing of two or three bits.
    """
    name = quantization.strip().upper().replace("-", "_")
    if not name or name in ALL[runtime]:
        return name
    return next((names[runtime] for known, names in _NEAREST if name in known), None)
