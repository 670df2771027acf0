"""Types of cached values and what a row of them takes."""

from functools import lru_cache

from decisions.fit.hardware.problem import Unsizable
from decisions.fit.say import say

# bytes and elements of a block; ggml-common.h of llama.cpp v0.5.0, vLLM's and PyTorch's dtypes
_BLOCKS = {
    "f32": (4, 1),
    "f16": (2, 1),
    "bf16": (2, 1),
    "fp8": (1, 1),
    "int8": (1, 1),
    "q8_0": (34, 32),
    "q5_1": (24, 32),
    "q5_0": (22, 32),
    "q4_1": (20, 32),
    "q4_0": (18, 32),
    "iq4_nl": (18, 32),
}
_NAMES = {
    "float32": "f32",
    "fp32": "f32",
    "float16": "f16",
    "fp16": "f16",
    "half": "f16",
    "bfloat16": "bf16",
    "fp8_e4m3": "fp8",
    "fp8_e5m2": "fp8",
    "float8_e4m3fn": "fp8",
    "float8_e5m2": "fp8",
    "fp8_e4m3fn": "fp8",
    "q8": "q8_0",
    "q4": "q4_0",
    **dict.fromkeys(("auto", "default", "none", "f32 state", "float32 state"), ""),
}
"""Other names. A state's type is said by some logs; it is what runtimes keep states in anyway."""


@lru_cache(maxsize=256)
def kv_types(kv_dtype: str, default: str = "f16") -> tuple[str, str]:
    """The types of keys and of values: "q8_0" for both, "q8_0/f16" or "K:q8_0/V:f16" for each. Empty and
    "auto" are the runtime's own. Raises Unsizable for a name nobody knows."""
    key, _, value = kv_dtype.strip().lower().partition("/")
    key, value = key.removeprefix("k:").strip(), value.strip().removeprefix("v:").strip()
    return _one(key, default, kv_dtype), _one(value or key, default, kv_dtype)


def _one(name: str, default: str, given: str) -> str:
    name = name.removeprefix("torch.")
    name = _NAMES.get(name, name) or default
    if name not in _BLOCKS:
        raise Unsizable(say("sizing.kv_dtype", found=given[:80]))
    return name


def is_blocked(kv_type: str) -> bool:
    """Whether a type stores blocks of values with a scale of their own."""
    return _BLOCKS[kv_type][1] > 1


def row_bytes(kv_type: str, elements: int) -> int:
    """Bytes of a row; blocks are not shared between rows."""
    size, each = _BLOCKS[kv_type]
    return -(-elements // each) * size


def check_blocks(kv_type: str, width: int) -> None:
    """Raises Unsizable where llama.cpp refuses a type because its blocks do not divide the heads' width."""
    block = _BLOCKS[kv_type][1]
    if width % block:
        raise Unsizable(say("sizing.kv_blocks", found=kv_type, block=block, width=width))


def check_alike(key_type: str, value_type: str) -> None:
    """Raises Unsizable where llama.cpp refuses two types, because values are a part of the keys."""
    if key_type != value_type:
        raise Unsizable(say("sizing.kv_latent", key=key_type, value=value_type))


def check_flash(value_type: str, flash_attention: bool | None) -> None:
    """Raises Unsizable where llama.cpp refuses blocks of values because flash attention is off."""
    if is_blocked(value_type) and flash_attention is False:
        raise Unsizable(say("sizing.kv_flash", found=value_type))
