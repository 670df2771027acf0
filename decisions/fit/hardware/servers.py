"""What vLLM, SGLang and Transformers hold on each GPU beside weights and cache.

vLLM and SGLang reserve a share of the GPU when they start, load the weights into it and give the rest to
the cache, so that what they *reserve* says nothing about what they *need*. The peak of one forward pass is
worked out from the shape; what drivers, libraries and captured graphs take is known from logs only, and has
a wide range.
"""

from dataclasses import dataclass

from decisions.fit.hardware.architecture import Architecture, Attention, Dense, Experts, LatentAttention
from decisions.fit.hardware.estimate import Basis, Line, Part, Place
from decisions.fit.hardware.setting import GIB, MIB, Setting

HALF = 2  # bytes of a 16-bit value
VLLM = "https://github.com/vllm-project/vllm/blob/main/vllm/engine/arg_utils.py (0.33.0)"
SGLANG = "https://github.com/sgl-project/sglang/blob/main/python/sglang/srt/server_args.py (0.5.23)"
LOGS = "start-up logs of vLLM 0.6 to 0.11 and SGLang 0.4 to 0.5 in public threads, read on 2026-11-22"
VLLM_FRACTION = 0.92  # of 0.33; 0.9 in releases before
VLLM_LARGE_GPU_BYTES = 70 * GIB  # from here on, A100 excepted, vLLM batches more
SAMPLER_BYTES = (
    20  # per vocabulary entry and sequence: logits in 16 and 32 bits, sorted, their index, probabilities
)


@dataclass(frozen=True, slots=True)
class Batch:
    """The largest step a server is prepared for: prompt tokens, sequences, and sequences in captured
    graphs.
    """

    tokens: int
    sequences: int
    graph_sequences: int


def vllm_batch(setting: Setting) -> Batch:
    """vLLM's defaults for its OpenAI server by the GPU's memory (`EngineArgs.get_batch_defaults`)."""
    device = setting.device
    large = bool(device and device.total_bytes and device.total_bytes >= VLLM_LARGE_GPU_BYTES)
    large = large and "a100" not in (device.name.casefold() if device else "")
    sequences = 1024 if large else 256
    return Batch(setting.ubatch_tokens or (8192 if large else 2048), sequences, min(sequences, 512))


_SGLANG_BATCHES = (  # GPU memory below so many MiB: chunked prefill, graph batch with TP < 4, with more
    (20 * 1024, 2048, 8, 8),
    (35 * 1024, 2048, 24, 80),
    (60 * 1024, 4096, 32, 160),
    (90 * 1024, 8192, 256, 512),
    (160 * 1024, 8192, 256, 512),
)
_SGLANG_LARGEST = (16384, 512, 512)


def sglang_batch(setting: Setting) -> Batch:
    """SGLang's chunked prefill and largest captured batch by the GPU's memory
    (`_handle_gpu_memory_settings`).
    """
    device = setting.device
    mib = (device.total_bytes or 0) // MIB if device else 0
    rows = (row[1:] for row in _SGLANG_BATCHES if mib < row[0])
    tokens, few, many = next(rows, _SGLANG_LARGEST)
    graphs = few if (device.count if device else 1) < 4 else many
    return Batch(setting.ubatch_tokens or tokens, max(graphs, setting.parallel), graphs)


def sglang_fraction(setting: Setting) -> float:
    """The share of each GPU for weights and cache: what is left when SGLang has put aside for a step, its
    graphs and its own (512 MiB + 1.5 MiB per prefill token + 2 MiB per graph sequence + 128 MiB per GPU).
    """
    if setting.memory_fraction is not None:
        return setting.memory_fraction
    device = setting.device
    if device is None or not device.total_bytes:
        return 0.88
    batch, total_mib = sglang_batch(setting), device.total_bytes / MIB
    reserved = 512 + max(batch.tokens, 2048) * 1.5 + batch.graph_sequences * 2 + device.count * 128
    if total_mib > 60 * 1024:
        reserved = max(reserved, 10 * 1024)
    return max(0.0, round((total_mib - reserved) / total_mib, 3))


def fraction_of(setting: Setting) -> float | None:
    """The share of each GPU that the server reserves for weights, cache and (vLLM) its steps; None: it does
    not.
    """
    if setting.runtime == "vllm":
        return VLLM_FRACTION if setting.memory_fraction is None else setting.memory_fraction
    return sglang_fraction(setting) if setting.runtime == "sglang" else None


def batch_of(setting: Setting) -> Batch:
    """The largest step of the runtime."""
    if setting.runtime == "vllm":
        return vllm_batch(setting)
    if setting.runtime == "sglang":
        return sglang_batch(setting)
    return Batch(setting.context_tokens, setting.parallel, 0)


def runtime_lines(arch: Architecture, setting: Setting) -> tuple[Line, ...]:
    """Everything beside weights and cache, summed over all devices."""
    devices = setting.device.count if setting.device else 1
    batch = batch_of(setting)
    lines = [_activation(arch, setting, batch, devices), _context(setting, devices)]
    if batch.graph_sequences:
        lines.append(_graphs(arch, setting, batch, devices))
    return tuple(lines)


def forward_bytes(arch: Architecture, tokens: int, devices: int) -> int:
    """Peak of live 16-bit tensors in one layer for `tokens`, on one of `devices` tensor-parallel GPUs.

    Residual and hidden states are whole on every GPU; projections and feed-forward widths are divided.
    """
    widest = max((_widest(layer, arch.hidden, devices) for layer in set(arch.layers)), default=0)
    return tokens * HALF * (2 * arch.hidden + widest)


def _widest(layer: object, hidden: int, devices: int) -> int:
    mixers = getattr(layer, "mixers", ())
    widths = [_mixer_width(mixer, devices) for mixer in mixers]
    widths.append(_feed_forward_width(getattr(layer, "feed_forward", None), hidden, devices))
    return max(widths)


def _mixer_width(mixer: object, devices: int) -> int:
    if isinstance(mixer, Attention):
        projected = mixer.heads * mixer.key_dim + mixer.kv_heads * (mixer.key_dim + mixer.value_dim)
        return -(-projected // devices) + -(-mixer.heads * mixer.value_dim // devices)
    if isinstance(mixer, LatentAttention):
        heads = -(-mixer.heads // devices)
        wide = heads * (2 * (mixer.nope_dim + mixer.rope_dim) + mixer.value_dim)
        return (mixer.query_rank or 0) + mixer.kv_rank + mixer.rope_dim + wide
    inner = getattr(mixer, "inner", 0) or getattr(mixer, "width", 0)
    return 3 * -(-inner // devices)


def _feed_forward_width(part: Dense | Experts | None, hidden: int, devices: int) -> int:
    if isinstance(part, Dense):
        return (3 if part.gated else 2) * -(-part.inner // devices)
    if isinstance(part, Experts):
        inner = -(-part.inner // devices)
        return part.active * (max(2 * inner, hidden) + inner) + 3 * -(-part.shared_inner // devices)
    return 0


def _activation(arch: Architecture, setting: Setting, batch: Batch, devices: int) -> Line:
    if setting.runtime == "transformers":
        logits = setting.parallel * arch.vocabulary * 4 * 2
        peak = forward_bytes(arch, batch.tokens * setting.parallel, devices) + logits
        formula = "tokens × 2 × (2 × hidden + widest layer) + sequences × vocabulary × 8"
    else:
        sampler = batch.sequences * arch.vocabulary * SAMPLER_BYTES
        peak = max(forward_bytes(arch, batch.tokens, devices), sampler)
        formula = f"max(tokens × 2 × (2 × hidden + widest layer), sequences × vocabulary × {SAMPLER_BYTES})"
    return Line(
        code="activation",
        part=Part.RUNTIME,
        place=Place.DEVICE,
        bytes=peak * devices,
        low_bytes=peak * devices // 2,
        high_bytes=peak * devices * 2,
        basis=Basis.ASSUMED,
        formula=formula,
        inputs=(
            ("tokens", batch.tokens),
            ("sequences", batch.sequences),
            ("hidden", arch.hidden),
            ("vocabulary", arch.vocabulary),
            ("devices", devices),
        ),
        source=SGLANG if setting.runtime == "sglang" else VLLM,
        per_device_bytes=peak,
    )


def _context(setting: Setting, devices: int) -> Line:
    """CUDA context and libraries, and the buffers of NCCL where GPUs talk to each other."""
    each = 500 * MIB if devices == 1 else 1100 * MIB
    low, high = (300 * MIB, 900 * MIB) if devices == 1 else (600 * MIB, 2200 * MIB)
    return Line(
        code="gpu_context",
        part=Part.RUNTIME,
        place=Place.DEVICE,
        bytes=each * devices,
        low_bytes=low * devices,
        high_bytes=high * devices,
        basis=Basis.ASSUMED,
        formula="a usual amount per GPU × devices",
        inputs=(("per GPU, MiB", each // MIB), ("devices", devices)),
        source=LOGS,
        per_device_bytes=each,
    )


def _graphs(arch: Architecture, setting: Setting, batch: Batch, devices: int) -> Line:
    """Captured graphs: a few MiB per layer, and the output buffers of the largest batch."""
    layers = len(arch.layers)
    each = layers * 12 * MIB + batch.graph_sequences * arch.hidden * HALF * 8
    return Line(
        code="graphs",
        part=Part.RUNTIME,
        place=Place.DEVICE,
        bytes=each * devices,
        low_bytes=each * devices // 3,
        high_bytes=each * devices * 3,
        basis=Basis.ASSUMED,
        formula="layers × 12 MiB + graph sequences × hidden × 16",
        inputs=(
            ("layers", layers),
            ("graph sequences", batch.graph_sequences),
            ("hidden", arch.hidden),
            ("devices", devices),
        ),
        source=LOGS,
        per_device_bytes=each,
    )
