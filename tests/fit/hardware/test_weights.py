"""Weights in memory and on disk, against figures that engines printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.fit.hardware.catalogue import architecture_of
from decisions.fit.hardware.estimate import Basis
from decisions.fit.hardware.formats import lora_bytes
from decisions.fit.hardware.named import named
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.weights import weights_of
from decisions.knowledge import models
from decisions.knowledge.quantizations import shipped_formats
from tests.fit.hardware import data
from tests.fit.hardware.shapes import SHAPES

LLAMA = "meta-llama/Llama-3.1-8B-Instruct"
LOADED = [  # start-up logs of vLLM: model, quantization, devices, bytes on one device, tolerance in per mille
    (LLAMA, "BF16", 1, 16_094_208_826, 1),
    ("Qwen/Qwen3-30B-A3B", "BF16", 1, 61_074_434_949, 1),
    ("deepseek-ai/DeepSeek-V2-Lite", "BF16", 1, 31_461_709_185, 1),
    ("openai/gpt-oss-20b", "MXFP4", 1, 14_726_691_239, 3),
]
names = st.sampled_from(sorted(SHAPES))
formats = st.sampled_from([form.name for form in shipped_formats()])


@pytest.mark.parametrize(("model", "quantization", "devices", "size", "per_mille"), LOADED)
def test_what_vllm_said_it_loaded(model, quantization, devices, size, per_mille):
    weights = weights_of(SHAPES[model](), quantization, "vllm", devices)
    assert weights.per_device_bytes == pytest.approx(size, rel=per_mille / 1000)
    assert weights.low_bytes <= size / devices <= weights.high_bytes


@pytest.mark.parametrize("model", data.read("engine_weights.json")["repack"])
def test_what_llama_cpp_said(model):
    mix, size, repacked = data.read("engine_weights.json")["repack"][model]
    weights = weights_of(SHAPES[model](), mix)
    assert (weights.bytes, weights.repack_bytes) == (size, repacked)
    assert weights.basis is Basis.COMPUTED
    assert weights.bytes < weights.disk_bytes < weights.bytes * 1.12


@given(names, st.sampled_from(["Q2_K", "Q4_K_M", "IQ4_XS", "Q8_0", "F16"]))
def test_parts_of_a_mix_add_up(name, mix):
    weights = weights_of(SHAPES[name](), mix)
    outside = weights.bytes - sum(weights.layer_bytes)
    assert sum(size for _, size in weights.groups) == weights.bytes
    assert weights.token_embedding_bytes + weights.output_bytes <= outside
    assert sum(weights.layer_repack_bytes) <= weights.repack_bytes <= weights.bytes


@given(names, formats, st.integers(1, 16))
def test_dividing_never_adds_up_to_less(name, form, devices):
    arch = SHAPES[name]()
    one, many = weights_of(arch, form, "vllm"), weights_of(arch, form, "vllm", devices)
    assert many.per_device_bytes * devices >= one.bytes
    assert many.per_device_bytes <= one.per_device_bytes
    assert sum(size for _, size in many.groups) == many.bytes


@pytest.mark.parametrize("name", SHAPES)
def test_more_bits_never_need_less(name):
    arch = SHAPES[name]()
    for runtime, rising in (
        ("llama_cpp", ["Q2_K", "Q3_K_M", "Q4_K_M", "Q5_K_M", "Q6_K", "Q8_0", "F16", "F32"]),
        ("vllm", ["W4A16", "AWQ", "NF4", "FP8", "BF16", "FP32"]),
    ):
        sizes = [weights_of(arch, quantization, runtime).bytes for quantization in rising]
        if arch.source_quantization == "":
            assert sizes == sorted(sizes)


@pytest.mark.parametrize(("rank", "size"), [(16, 83_886_080), (8, 41_943_040)])
def test_adapters_of_every_matrix(rank, size):
    """Llama 3.1 8B: PEFT counts 41,943,040 weights for rank 16 on all linear layers."""
    assert lora_bytes(SHAPES[LLAMA](), rank) == size
    assert lora_bytes(SHAPES[LLAMA](), rank, adapters=4) == 4 * size


def test_mixes_of_others_are_assumed_within_a_range():
    near, exact = (weights_of(SHAPES[LLAMA](), name) for name in ("UD-Q4_K_XL", "Q4_K_M"))
    assert near.basis is Basis.ASSUMED
    assert near.low_bytes < exact.bytes < near.high_bytes


def test_an_importance_matrix_is_within_the_range():
    guided, plain = (weights_of(SHAPES[LLAMA](), name) for name in ("IQ4_XS", "Q4_K_M"))
    below = [(one.bytes - one.low_bytes) / one.bytes for one in (guided, plain)]
    above = [(one.high_bytes - one.bytes) / one.bytes for one in (guided, plain)]
    assert below[0] > 1.4 * below[1] == pytest.approx(1.4 * above[1], rel=0.01)
    assert above[0] == pytest.approx(above[1], rel=0.01)


def test_mixtures_of_earlier_releases_are_within_the_range():
    """Mixtral in Q5_K_M: 30649.55 and 85.94 MiB in a log of early 2024, with a tensor for each expert."""
    mixtral = architecture_of(models.find("mistralai/Mixtral-8x7B-Instruct-v0.1"))
    assert (
        weights_of(mixtral, "Q5_K_M").low_bytes < 30735.49 * (1 << 20) < weights_of(mixtral, "Q5_K_M").bytes
    )


@pytest.mark.parametrize(("name", "runtime"), [("Q9_Z", "llama_cpp"), ("Q4_K_M", "vllm"), ("AWQ", "ollama")])
def test_an_unknown_quantization_is_named(name, runtime):
    with pytest.raises(Unsizable) as caught:
        weights_of(SHAPES[LLAMA](), name, runtime)
    assert caught.value.statement.code == "sizing.quantization"
    assert name in str(caught.value)


def test_as_published():
    kimi = architecture_of(models.find("moonshotai/Kimi-K2.5"))
    assert weights_of(kimi, "", "vllm").disk_bytes == pytest.approx(595_196_567_880, rel=0.002)
    assert weights_of(SHAPES["openai/gpt-oss-20b"](), "", "vllm").format == "MXFP4"
    assert weights_of(SHAPES["openai/gpt-oss-20b"](), "").format == "MXFP4_MOE"
    assert weights_of(SHAPES[LLAMA](), "", "transformers").format == "BF16"


@pytest.mark.parametrize(
    ("asked", "near"), [("Q4_K_M (custom mix)", "Q4_K_M"), ("IQ2_K_R4", "IQ2_S"), ("IQ6_K", "Q6_K")]
)
def test_what_others_mixed_is_near_a_mix_within_a_range(asked, near):
    found, exact = (weights_of(SHAPES[LLAMA](), name) for name in (asked, near))
    assert (found.format, found.bytes, found.basis) == (asked, exact.bytes, Basis.ASSUMED)
    assert found.low_bytes < exact.low_bytes
    assert found.high_bytes > exact.high_bytes


@pytest.mark.parametrize(
    ("name", "runtime", "like"),
    [
        ("4BIT", "vllm", "NF4"),
        ("4-BIT", "transformers", "NF4"),
        ("8BIT", "vllm", "BNB_INT8"),
        ("4BIT", "lm_studio", "MLX_4BIT"),
        ("BFLOAT16", "llama_cpp", "BF16"),
        ("Q4_0_4_4", "llama_cpp", "Q4_0"),
    ],
)
def test_bits_alone_are_what_the_runtime_loads_in_so_many(name, runtime, like):
    arch = SHAPES[LLAMA]()
    assert weights_of(arch, name, runtime).bytes == weights_of(arch, like, runtime).bytes


def test_a_gguf_file_outside_of_llama_cpp():
    """SGLang keeps its types, Transformers unpacks them; a bare number of bits has a wide range."""
    arch = SHAPES[LLAMA]()
    stored = weights_of(arch, "Q4_K_M")
    assert weights_of(arch, "Q4_K_M", "sglang").bytes == stored.bytes + 131072 * 128 * 4
    loaded = weights_of(arch, "Q4_K_M", "transformers")
    assert (loaded.bytes, loaded.disk_bytes) == (
        weights_of(arch, "BF16", "transformers").bytes,
        stored.disk_bytes,
    )
    about = weights_of(arch, "INT4", "ollama")
    assert about.low_bytes < 0.9 * about.bytes < 1.1 * about.bytes < about.high_bytes


@pytest.mark.parametrize(
    ("model", "name", "devices", "mib"),
    [  # what vLLM 0.5 to 0.28 printed for one GPU, in GiB to four digits or MiB
        ("Qwen/Qwen2.5-7B-Instruct", "BF16", 1, 14.2488 * 1024),
        ("Qwen/Qwen2.5-7B-Instruct", "FP8", 1, 8.1426 * 1024),
        ("Qwen/Qwen2.5-32B-Instruct", "BF16", 2, 30.7098 * 1024),
        ("deepseek-ai/DeepSeek-V2-Lite-Chat", "BF16", 1, 29.3010 * 1024),
        ("Qwen/Qwen3-14B", "BF16", 1, 27.5185 * 1024),
        ("meta-llama/Llama-3.1-8B-Instruct", "BF16", 1, 14.9888 * 1024),
    ],
)
def test_servers_hold_blocks_of_the_allocator(model, name, devices, mib):
    arch = architecture_of(models.find(model))
    assert weights_of(arch, name, "vllm", devices).per_device_bytes / (1 << 20) == pytest.approx(mib, abs=1)


def test_a_latents_projection_is_unpacked_where_it_has_few_bits():
    """61 layers × 128 heads × 512 × (128 + 128) in 16 bits: vLLM for FP8 alone, SGLang always."""
    deepseek = architecture_of(models.find("deepseek-ai/DeepSeek-R1"))
    assert dict(weights_of(deepseek, "FP8_BLOCK", "vllm").groups)["unpacked"] == 2_046_820_352
    assert "unpacked" not in dict(weights_of(deepseek, "BF16", "vllm").groups)
    assert dict(weights_of(deepseek, "BF16", "sglang").groups)["unpacked"] == 2_046_820_352


def test_uploads_of_mixtures_in_four_bits_differ():
    """23.36 GiB of an AWQ upload of Qwen3.5-35B-A3B (SGLang); a dense model's are all alike."""
    mixture, dense = (
        architecture_of(models.find(f"Qwen/{name}")) for name in ("Qwen3.5-35B-A3B", "Qwen3-8B")
    )
    found = weights_of(mixture, "AWQ", "sglang")
    assert found.bytes + found.tower_bytes < 23.36 * (1 << 30) < found.high_bytes + found.tower_bytes
    plain = weights_of(dense, "AWQ", "sglang")
    assert plain.high_bytes < 1.05 * plain.bytes


@pytest.mark.parametrize(
    ("model", "quant", "devices", "gib"),
    [  # what vLLM 0.5 to 0.20 printed of one GPU, see tests/benchmarks/data_posts_servers.json
        ("vrfai/Qwen3.6-27B-FP8", "FP8", 1, 33.66),  # linear attention in 16 bits
        ("Qwen/Qwen3.8-27B-FP8", "FP8", 2, 14.28),  # the maker's own: not
        ("nvidia/Qwen3-Next-80B-A3B-Instruct-NVFP4", "NVFP4", 1, 44.31),
        ("RedHatAI/Qwen3.6-35B-A3B-NVFP4", "NVFP4", 1, 21.88),
        ("nvidia/Gemma-4-31B-IT-NVFP4", "NVFP4", 1, 31.04),  # attention in 16 bits
        ("meta-llama/Meta-Llama-3.1-405B-Instruct-FP8", "FP8", 8, 57.752),
        ("lukealonso/GLM-5.1-NVFP4-MTP", "NVFP4", 8, 55.67),
    ],
)
def test_uploads_leave_in_16_bits_what_their_recipes_leave(model, quant, devices, gib):
    arch = named(model, "vllm").architecture
    found = weights_of(arch, quant, "vllm", devices)
    assert found.per_device_bytes / (1 << 30) == pytest.approx(gib, rel=0.03)
    low, high = (size + found.tower_bytes for size in (found.low_bytes, found.high_bytes))
    assert low <= gib * devices * (1 << 30) <= high


@pytest.mark.parametrize(
    ("model", "gib"), [("Qwen/Qwen3-VL-2B-Instruct", 4.24), ("google/gemma-4-E2B-it", 9.8)]
)
def test_buffers_of_a_step_count_as_weights(model, gib):
    """vLLM's figures have what its models set aside for a step of some thousand tokens."""
    found = weights_of(architecture_of(models.find(model)), "BF16", "vllm")
    assert found.bytes + found.tower_bytes < gib * (1 << 30) < found.high_bytes + found.tower_bytes


def test_a_hybrid_in_nvfp4_is_never_taken_to_be_whole():
    """Dense hybrids have no experts that could be all that is quantized."""
    arch = architecture_of(models.find("Qwen/Qwen3.8-27B"))
    nvfp4, whole = (weights_of(arch, name, "vllm") for name in ("NVFP4", "BF16"))
    assert nvfp4.high_bytes < 0.6 * whole.bytes


@pytest.mark.parametrize(("runtime", "leaves"), [("vllm", True), ("sglang", False)])
def test_a_tower_may_stay_out_where_only_text_is_asked(runtime, leaves):
    """33.38 GiB of Qwen3.5-35B-A3B-FP8 in two logs, 34.2 with its tower."""
    arch = architecture_of(models.find("Qwen/Qwen3.5-35B-A3B"))
    found = weights_of(arch, "FP8_BLOCK", runtime)
    assert (found.low_bytes + found.tower_bytes < 33.38 * (1 << 30)) is leaves


@pytest.mark.parametrize(
    ("model", "mix", "gib", "rel"),
    [("Qwen/Qwen3-Coder-Next", "Q4_K_M", 48.2, 0.005), ("openai/gpt-oss-120b", "MXFP4", 60.9, 0.01)],
)
def test_mixes_of_ollamas_library(model, mix, gib, rel):
    """Sums of start-up logs. Downward matrices of experts in six bits; gpt-oss in 16 bits beside them."""
    shape = architecture_of(models.find(model))
    own, other = weights_of(shape, mix, "ollama"), weights_of(shape, mix)
    assert own.bytes == pytest.approx(gib * (1 << 30), rel=rel)
    assert own.low_bytes <= other.bytes < own.bytes
    plain = architecture_of(models.find(LLAMA))
    assert weights_of(plain, "Q4_K_M", "ollama").bytes == weights_of(plain, "Q4_K_M").bytes
