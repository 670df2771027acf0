"""Quantizations as people write them."""

import pytest

from decisions.fit.hardware.quantization import as_sizing_names_it, read_quantization, says_nothing


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("GGUF Q4_K_M", "Q4_K_M"),
        ("q8_0 (GGUF)", "Q8_0"),
        ("AWQ 4-bit", "AWQ_4BIT"),
        ("int4 AWQ", "AWQ"),
        ("GPTQ-Int8", "GPTQ_INT8"),
        ("4-bit NF4", "NF4"),
        ("bnb 4bit", "BNB_4BIT"),
        ("BF16 safetensors", "BF16"),
        ("fp8 dynamic", "FP8_DYNAMIC"),
        ("MLX 4-bit", "MLX_4BIT"),
        ("UD-Q4_K_XL gguf", "UD_Q4_K_XL"),
        ("as published", ""),
        ("  Full   precision ", ""),
        ("homemade", None),
        ("", None),
    ],
)
def test_a_quantization_in_a_persons_words(written: str, read: str | None) -> None:
    assert read_quantization(written) == read


@pytest.mark.parametrize(
    ("written", "nothing"), [("", True), ("GGUF", True), ("safetensors", True), ("BF16", False)]
)
def test_how_files_are_laid_out_says_no_quantization(written: str, nothing: bool) -> None:
    assert says_nothing(written) is nothing


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", ""),
        ("none", ""),
        ("auto", ""),
        ("q4_k_m", "Q4_K_M"),
        ("Q4_K - Medium", "Q4_K_M"),
        ("GGUF-Q4_K_M", "Q4_K_M"),
        ("AWQ-INT4", "AWQ-INT4"),
        ("gptq-int4", "GPTQ-INT4"),
        ("awq_marlin", "AWQ_MARLIN"),
        ("compressed-tensors-w4a16", "W4A16"),
        ("BF16 (unquantized)", "BF16"),
        ("8-bit (bitsandbytes)", "8BIT"),
        ("Q4_K_M (custom mix)", "Q4_K_M (custom mix)"),
        ("int8 (FastChat load_8bit)", "INT8 (fastchat load_8bit)"),
        ("UD-Q4_K_XL", "UD_Q4_K_XL"),
        ("homemade", "homemade"),
    ],
)
def test_a_request_may_spell_it_as_people_do(written: str, read: str) -> None:
    assert as_sizing_names_it(written) == read
