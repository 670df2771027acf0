"""How far uploads in one format differ from each other: who makes one chooses what stays in 16 bits."""

from decisions.fit.hardware.architecture import Architecture, Attention, Experts, LatentAttention
from decisions.fit.hardware.formats import parts_of
from decisions.knowledge.quantizations import Format, find_format

_FOUR_BITS = ("AWQ", "GPTQ", "W4A16", "NVFP4")
_SMALL_GROUP = 32


def least_bytes(arch: Architecture, form: Format) -> int:
    """The text model's bytes in the smallest of them; in NF4 most have their scales quantized as well."""
    double = find_format("NF4_DOUBLE") if form.name == "NF4" else None
    return parts_of(arch, double or form).bytes


def more_bytes(arch: Architecture, form: Format) -> int:
    """How much more the largest of them take: of mixtures and hybrids some quantize experts alone, in groups
    of 32 with zeros (23.4 GiB of Qwen3.5-35B-A3B in a log of SGLang, where groups of 128 throughout take 19).
    """
    if form.name not in _FOUR_BITS or not (has_experts(arch) or _has_states(arch)):
        return 0
    changes: dict[str, object] = {"keeps": (*form.keeps, "attention", "feed_forward", "state")}
    if form.group_weights > _SMALL_GROUP:
        changes |= {"group_weights": _SMALL_GROUP, "zero_bits": 4}
    alone = form.model_copy(update=changes)
    return max(0, parts_of(arch, alone).bytes - parts_of(arch, form).bytes)


def has_experts(arch: Architecture) -> bool:
    """Whether the model is a mixture."""
    return any(isinstance(layer.feed_forward, Experts) for layer in arch.layers)


def _has_states(arch: Architecture) -> bool:
    mixers = (mixer for layer in arch.layers for mixer in layer.mixers)
    return any(not isinstance(mixer, Attention | LatentAttention) for mixer in mixers)
