"""Which memory holds what when llama.cpp puts layers on GPUs: layers, their caches, the output, what stays.

The output goes to a GPU first, then layers from the last on; the embedding always stays with the processor.
Several GPUs take whole layers in turn, in equal shares. Rule: llama-model.cpp of llama.cpp v0.5.0.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.cache import cache_of
from decisions.fit.hardware.setting import Setting
from decisions.fit.hardware.weights import Weights

NORMS_BYTES = 1 << 20  # what is outside of layers and larger is a table that is looked up, and stays


@dataclass(frozen=True, slots=True)
class Split:
    """Bytes on all GPUs together, on the fullest of them, and in the machine's memory.

    `gpu_layers` counts layers on GPUs, `outputs_on_gpu` whether the output matrix is there too. A tied output
    matrix is held twice then: once for looking up, once for logits.
    """

    gpu_layers: int
    outputs_on_gpu: bool
    device_weights: int
    device_cache: int
    host_weights: int
    host_cache: int
    fullest_weights: int
    fullest_cache: int
    host_repack: int


def split_of(arch: Architecture, setting: Setting, weights: Weights) -> Split:
    """Where weights and caches lie. On a processor alone everything is in the machine's memory."""
    total = len(arch.layers)
    on_gpu = gpu_layers_of(arch, setting)
    layers, with_output = max(0, on_gpu - 1), on_gpu > 0
    first = total - layers
    outer = weights.bytes - sum(weights.layer_bytes)
    output = weights.output_bytes or weights.token_embedding_bytes
    norms = outer - weights.token_embedding_bytes - weights.output_bytes
    beside = norms if norms < NORMS_BYTES else 0
    device_layers = weights.layer_bytes[first:]
    on_device, on_host, fullest = _caches(arch, setting, first)
    last = output + beside if with_output else 0
    moved = weights.output_bytes + beside if with_output else 0
    return Split(
        gpu_layers=layers,
        outputs_on_gpu=with_output,
        device_weights=sum(device_layers) + last,
        device_cache=on_device,
        host_weights=outer - moved + sum(weights.layer_bytes[:first]),
        host_cache=on_host,
        fullest_weights=_fullest(device_layers, last, setting),
        fullest_cache=fullest,
        host_repack=_host_repack(weights, first, with_output),
    )


def gpu_layers_of(arch: Architecture, setting: Setting) -> int:
    """Layers asked onto GPUs, the output counting as one more; all where nothing was asked and there is a
    GPU."""
    if setting.device is None or setting.device.is_cpu:
        return 0
    most = len(arch.layers) + 1
    return most if setting.gpu_layers is None else min(setting.gpu_layers, most)


def _caches(arch: Architecture, setting: Setting, first: int) -> tuple[int, int, int]:
    """The cache on all GPUs, in the machine's memory, and on the fullest GPU. Layer by layer only where it is
    divided."""
    alone = setting.device is None or setting.device.count == 1
    if first >= len(arch.layers):
        return 0, cache_of(arch, setting).bytes, 0
    if first == 0 and alone:
        whole = cache_of(arch, setting).bytes
        return whole, 0, whole
    caches = layer_caches(arch, setting)
    return sum(caches[first:]), sum(caches[:first]), _fullest(caches[first:], 0, setting)


@lru_cache(maxsize=1024)
def layer_caches(arch: Architecture, setting: Setting) -> tuple[int, ...]:
    """Bytes of each layer's cache or state, in order; they add up to the whole cache."""
    whole = cache_of(arch, setting).bytes
    each = {
        layer: cache_of(replace(arch, layers=(layer,)), setting).bytes for layer in dict.fromkeys(arch.layers)
    }
    sizes = [each[layer] for layer in arch.layers]
    if sum(sizes) == whole or not sizes:
        return tuple(sizes)
    return tuple(size * whole // max(1, sum(sizes)) for size in sizes)


def _fullest(sizes: tuple[int, ...], output: int, setting: Setting) -> int:
    """The share of the GPU with most layers; the last one has the output."""
    devices = setting.device.count if setting.device else 1
    if devices == 1 or not sizes:
        return sum(sizes) + output
    each = -(-(len(sizes) + (1 if output else 0)) // devices)
    shares = [sum(sizes[start : start + each]) for start in range(0, len(sizes), each)]
    shares[-1] += output
    return max(shares)


def _host_repack(weights: Weights, first: int, with_output: bool) -> int:
    """The second, reordered copy of weights that stay with the processor."""
    layers = sum(weights.layer_repack_bytes[:first])
    outer = weights.repack_bytes - sum(weights.layer_repack_bytes)
    return layers + (0 if with_output else max(0, outer))


def load_peak_bytes(split: Split, weights: Weights, *, maps: bool) -> int:
    """The most host memory taken while loading: the file's pages when it is mapped, else what stays, and a
    buffer of 64 MiB through which the rest is copied to GPUs."""
    if maps:
        return weights.bytes + split.host_repack
    return split.host_weights + (64 << 20 if split.device_weights else 0)
