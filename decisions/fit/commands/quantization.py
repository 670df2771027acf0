"""What a quantization is called, as far as a command depends on it."""

import re
from enum import StrEnum

_GGUF = re.compile(r"(?:ud-)?(?:i?q[1-8]_[a-z0-9_]+|tq[12]_0|mxfp4_moe|f16|f32)")
_BRACKETS = re.compile(r"[\s()\[\],;]+")


class Kind(StrEnum):
    """Families of quantizations that are asked for in the same way."""

    NONE = "none"
    FULL = "full"  # 16 or 32 bits
    GGUF = "gguf"
    FP8 = "fp8"
    BNB_4BIT = "bnb-4bit"
    BNB_8BIT = "bnb-8bit"
    STORED = "stored"  # AWQ, GPTQ, …: only a checkpoint made so has it
    OTHER = "other"


_WORDS = {
    **dict.fromkeys(("bf16", "bfloat16", "fp16", "float16", "half", "fp32", "float32"), Kind.FULL),
    **dict.fromkeys(("fp8", "w8a8-fp8", "fp8_e4m3"), Kind.FP8),
    **dict.fromkeys(("nf4", "fp4-bnb", "bnb-4bit", "bnb4", "bitsandbytes", "bnb"), Kind.BNB_4BIT),
    **dict.fromkeys(("bnb-8bit", "llm.int8", "bnb8"), Kind.BNB_8BIT),
    **dict.fromkeys(("awq", "gptq", "int8", "int4", "w8a8", "w4a16", "mxfp4", "nvfp4"), Kind.STORED),
    **dict.fromkeys(("compressed-tensors", "awq-int4", "gptq-int4", "gptq-int8", "w8a8-int8"), Kind.STORED),
}
DTYPES = {
    **dict.fromkeys(("bf16", "bfloat16"), "bfloat16"),
    **dict.fromkeys(("fp16", "float16", "half", "f16"), "float16"),
    **dict.fromkeys(("fp32", "float32", "f32"), "float32"),
}


def kind_of(text: str, weight_format: str = "") -> Kind:
    """The kind of a quantization as a person wrote it; the first word of it that is known decides."""
    words = [word for word in _BRACKETS.split(text.casefold()) if word]
    if not words:
        return Kind.GGUF if "gguf" in weight_format.casefold() else Kind.NONE
    for word in words:
        if word in _WORDS and "gguf" not in weight_format.casefold():
            return _WORDS[word]
        if _GGUF.fullmatch(word):
            return Kind.GGUF
    return Kind.GGUF if "gguf" in (*words, weight_format.casefold()) else Kind.OTHER


def gguf_tag(text: str) -> str:
    """The GGUF quantization in a text, as repositories spell it (`Q4_K_M`); empty where it names none."""
    words = _BRACKETS.split(text)
    return next((word.upper() for word in words if _GGUF.fullmatch(word.casefold())), "")


def dtype(text: str) -> str:
    """The number type of unquantized weights, as the Python runtimes call it; empty where none is named."""
    words = _BRACKETS.split(text.casefold())
    return next((DTYPES[word] for word in words if word in DTYPES), "")
