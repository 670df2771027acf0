"""More context, sequences, layers or bits never need less, and dividing never adds up to less than the whole:
for every kind of shape that is shipped, in every runtime.

One line is judged apart, the compute buffer of llama.cpp and what is built on it. Its allocator fills holes,
and a larger mask may leave a better one behind: the engine itself reserves 20 MB less for gpt-oss-20b at
8,192 tokens than at 5,000, and 60 MB less for TinyLlama with batches of 2,048. A batch is also rounded up to
a multiple of its sequences: to 540 tokens for 30 of them, to 527 for 31. Our figure follows the engine to the
byte, dips included; everything else, and the sum without that buffer, may never fall. With that buffer the
likely total falls in about one step of a thousand, by less than 1 % (models that keep little per token).

What a verdict rests on holds all the same: the lower end for less is never above the upper end for more, so
that what does not fit never comes to fit with more context. Behind it is a bound of its own: what is alive at
once never falls, no layout takes less, and the lower end is never more than that.
"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.fit.hardware.estimate import Estimate
from decisions.fit.hardware.setting import GGUF_RUNTIMES, GIB, DeviceMemory, Setting
from decisions.fit.hardware.sizing import estimate
from tests.fit.hardware.gguf.test_round import SHAPES

RUNTIMES = ("llama_cpp", "ollama", "lm_studio", "vllm", "sglang", "transformers")
LARGE, CPU = DeviceMemory("H100", 1, 80 * GIB), DeviceMemory("CPU", 1, 80 * GIB, is_cpu=True)
DIP = 0.25  # of the compute buffer; the deepest the engine was seen to take is a fifth
MIXES = ("Q2_K", "Q3_K_S", "Q3_K_M", "Q4_K_S", "Q4_K_M", "Q5_K_M", "Q6_K", "Q8_0", "F16", "F32")
FORMATS = ("NF4", "INT8", "BF16", "FP32")

shapes = st.sampled_from(list(SHAPES.values()))
runtimes = st.sampled_from(RUNTIMES)
counts = st.integers(1, 40)


def asked(runtime, context=4096, parallel=1, device=LARGE, **more) -> Setting:
    quantization = more.pop("quantization", "Q4_K_M" if runtime in GGUF_RUNTIMES else "BF16")
    return Setting(runtime, quantization, context, parallel, device=device, **more)


def buffer_of(found: Estimate) -> int:
    """Buffers of a batch, on devices and beside them."""
    return sum(line.bytes for line in found.lines if line.code.startswith("compute_buffer"))


def is_never_less(more: Estimate, less: Estimate) -> bool:
    """Without the laid out buffer never; with it, within what the allocator is known to give away."""
    laid_out = [buffer_of(found) for found in (more, less)]
    rest = more.total_bytes - laid_out[0] >= less.total_bytes - laid_out[1]
    return rest and more.total_bytes >= less.total_bytes - DIP * laid_out[1] and never_fits(more, less)


def never_fits(more: Estimate, less: Estimate) -> bool:
    """Whether no room holds `more` for sure that `less` is too large for."""
    in_all = less.range_bytes[0] <= more.range_bytes[1]
    return in_all and less.device.low_bytes <= more.device.high_bytes


@given(shapes, runtimes, st.sampled_from([LARGE, CPU]), st.booleans(), st.data())
def test_more_context_or_sequences(arch, runtime, device, unified, data):
    if runtime not in GGUF_RUNTIMES:
        device, unified = LARGE, False
    parallel = data.draw(counts)
    context = data.draw(st.integers(parallel if unified else 1, 200_000))
    base = asked(runtime, context, parallel, device, kv_unified=unified)
    found = estimate(arch, base)
    longer = replace(base, context_tokens=context + data.draw(st.integers(1, 60_000)))
    assert is_never_less(estimate(arch, longer), found)
    more = data.draw(counts)
    grown = context + context // parallel * more if unified else context
    assert is_never_less(estimate(arch, replace(base, parallel=parallel + more, context_tokens=grown)), found)


@given(shapes, runtimes, st.integers(1, 4))
def test_more_layers(arch, runtime, more):
    longer = replace(arch, layers=(*arch.layers, *arch.layers[-more:]))
    assert is_never_less(estimate(longer, asked(runtime)), estimate(arch, asked(runtime)))


@given(shapes, runtimes)
def test_more_bits(arch, runtime):
    """Experts that are published in MXFP4 stay so, and of what is left Q3_K_S takes a hair less than Q2_K."""
    names = MIXES[2 * (arch.source_quantization == "mxfp4") :] if runtime in GGUF_RUNTIMES else FORMATS
    totals = [estimate(arch, asked(runtime, quantization=name)).total_bytes for name in names]
    assert totals == sorted(totals)


@given(shapes, runtimes, st.integers(2, 16))
def test_devices_together_hold_no_less_than_one(arch, runtime, devices):
    whole = estimate(arch, asked(runtime)).total_bytes
    divided = estimate(arch, asked(runtime, device=replace(LARGE, count=devices)))
    assert divided.device.needed_bytes * devices + divided.host.needed_bytes >= whole
    assert divided.total_bytes >= whole


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_every_shape_is_sized(runtime):
    for name, arch in SHAPES.items():
        found = estimate(arch, asked(runtime))
        low, high = found.range_bytes
        assert 0 < low <= found.total_bytes <= high, name
