"""The mix a GGUF file says it is, by the number in `general.file_type`.

Source of the numbers: `LlamaFileType` of `gguf/constants.py` 0.19.0 (ggml-org/llama.cpp), read on 2026-11-28;
a test holds all of them against the `gguf` package.
"""

from decisions.fit.hardware.gguf.header import GgufHeader

FILE_TYPES = {
    **dict(enumerate(("F32", "F16", "Q4_0", "Q4_1"))),
    **dict(enumerate(("Q8_0", "Q5_0", "Q5_1", "Q2_K", "Q3_K_S", "Q3_K_M", "Q3_K_L", "Q4_K_S", "Q4_K_M"), 7)),
    **dict(enumerate(("Q5_K_S", "Q5_K_M", "Q6_K", "IQ2_XXS", "IQ2_XS", "Q2_K_S", "IQ3_XS", "IQ3_XXS"), 16)),
    **dict(enumerate(("IQ1_S", "IQ4_NL", "IQ3_S", "IQ3_M", "IQ2_S", "IQ2_M", "IQ4_XS", "IQ1_M", "BF16"), 24)),
    **dict(enumerate(("TQ1_0", "TQ2_0", "MXFP4_MOE", "NVFP4", "Q1_0"), 36)),
}


def mix_of(header: GgufHeader) -> str:
    """The file's own quantization; empty where it says none that is known."""
    found = header.metadata.get("general.file_type")
    return FILE_TYPES.get(found, "") if type(found) is int else ""
