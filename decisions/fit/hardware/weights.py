"""How many bytes a model's weights take, in memory and on disk, for a quantization and a runtime."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.estimate import Basis
from decisions.fit.hardware.formats import parts_of, per_device, tower_bytes
from decisions.fit.hardware.gguf.mix import mix_name
from decisions.fit.hardware.gguf.rules import Facts
from decisions.fit.hardware.gguf.weights import Share, facts_of, layer_shares, outer_share
from decisions.fit.hardware.loaded import held_beside, rotary_bytes, slack_bytes
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.setting import GGUF_RUNTIMES, RuntimeName
from decisions.fit.hardware.uploads import as_uploaded, has_experts, least_bytes, more_bytes
from decisions.fit.say import say
from decisions.knowledge.quantizations import Format, find_format

_GUIDED = ("IQ3_XXS", "IQ4_NL", "IQ4_XS", "Q4_0", "Q5_0")
"""Mixes that come out different with an importance matrix."""

_UNIFORM = ("F16", "F32", "BF16", "FP16", "FP32", "Q8_0")
_NAMES: dict[RuntimeName, str] = {
    "llama_cpp": "llama.cpp",
    "ollama": "Ollama",
    "lm_studio": "LM Studio",
    "vllm": "vLLM",
    "sglang": "SGLang",
    "transformers": "Transformers",
}
_TOKENIZER_BYTES = 60
_MIX_SOURCE = "llama.cpp src/llama-quant.cpp, read 2026-11-28"
_MIX_FORMULA = "Σ tensors: weights ÷ block weights × block bytes"
_FORMAT_FORMULA = "Σ tensors: weights × bits ÷ 8 + groups × (scale + zero) bits ÷ 8"


@dataclass(frozen=True, slots=True)
class Weights:
    """What weights take. All sizes are bytes and count every device together, but `per_device_bytes`: those
    are one device's, with its share of towers where the runtime loads them.

    `bytes` are the text model's tensors; `tower_bytes` a vision or audio tower's, which llama.cpp keeps in a
    file of its own and loads on demand, and the others load with it. `low_bytes` and `high_bytes` are the
    range the true size is expected in. `groups` add up to `bytes`. `repack_bytes` is a second copy that
    llama.cpp on a CPU (AVX2) holds while the file stays mapped; `layer_bytes` lists each layer's, in
    order, where the runtime divides by layers. `disk_bytes` is the download with its tokenizer and towers.
    """

    format: str
    bytes: int
    low_bytes: int
    high_bytes: int
    basis: Basis
    groups: tuple[tuple[str, int], ...]
    token_embedding_bytes: int
    output_bytes: int
    disk_bytes: int
    per_device_bytes: int
    tower_bytes: int = 0
    repack_bytes: int = 0
    layer_bytes: tuple[int, ...] = ()
    layer_repack_bytes: tuple[int, ...] = ()
    formula: str = ""
    source: str = ""


def weights_of(
    arch: Architecture, quantization: str, runtime: RuntimeName = "llama_cpp", devices: int = 1
) -> Weights:
    """The weights in that quantization; an empty one means as published.

    `devices` share matrices by tensor parallelism (vLLM, SGLang); llama.cpp divides by layers instead.
    Raises Unsizable for a quantization nobody here knows.
    """
    return _weights(arch, quantization.strip() or published(arch, runtime), runtime, devices)


def published(arch: Architecture, runtime: RuntimeName = "vllm") -> str:
    """The name of the format the checkpoint is published in; for a GGUF runtime, of the nearest mix."""
    if runtime in GGUF_RUNTIMES:
        return "MXFP4_MOE" if arch.source_quantization == "mxfp4" else _float_of(arch)
    name = _PUBLISHED.get(arch.source_quantization, arch.source_quantization)
    if name == "W4A16" and has_experts(arch):
        return "W4A16_EXPERTS"  # as Kimi K2.5 is published
    return name or _float_of(arch)


_PUBLISHED = {"fp8": "FP8_BLOCK", "mxfp4": "MXFP4", "int4": "W4A16"}


def _float_of(arch: Architecture) -> str:
    return {"float32": "F32", "float16": "F16"}.get(arch.source_dtype, "BF16")


@lru_cache(maxsize=4096)
def _weights(arch: Architecture, quantization: str, runtime: RuntimeName, devices: int) -> Weights:
    name, remark, _ = quantization.partition("(")
    if not remark:
        return _named(arch, quantization, runtime, devices)
    return _about(_named(arch, name.strip(), runtime, devices), quantization)


def _named(arch: Architecture, quantization: str, runtime: RuntimeName, devices: int) -> Weights:
    known = quantization.upper().replace("-", "").replace("_", "").replace(" ", "")
    if runtime in GGUF_RUNTIMES:
        found = _of_gguf(arch, quantization, known, runtime)
    elif form := find_format(_FORMAT_OF_BITS.get(known, quantization)):
        found = _of_format(arch, form, runtime, devices)
    else:
        takes = runtime != "vllm"  # gave up GGUF before 0.33
        stored = _of_gguf(arch, quantization, known, "llama_cpp") if takes else None
        found = _loaded_mix(stored, arch, runtime, devices) if stored else None
    if found is None:
        raise Unsizable(say("sizing.quantization", quantization=quantization, runtime=_NAMES[runtime]))
    return found


def _of_gguf(arch: Architecture, quantization: str, known: str, runtime: RuntimeName) -> Weights | None:
    """What llama.cpp and those built on it read; `known` is the name without separators."""
    form = find_format(quantization)
    if mix := mix_name(quantization) or _FLOAT_MIXES.get(form.name if form else ""):
        return _of_mix(arch, mix, runtime)
    if form and runtime == "lm_studio":
        return _of_format(arch, form, runtime, 1)
    near = _MIX_OF_BITS.get(known) or _near_mix(quantization)
    return _about(_of_mix(arch, near, runtime), quantization) if near else None


_FLOAT_MIXES = {"BF16": "BF16", "FP16": "F16", "FP32": "F32"}
_MIX_OF_BITS = {
    **{f"{bits}BIT": f"Q{bits}_K_M" for bits in (3, 4, 5)},
    **{"2BIT": "Q2_K", "6BIT": "Q6_K", "8BIT": "Q8_0", "INT4": "Q4_K_M", "INT8": "Q8_0"},
}
"""The usual mix where only a number of bits is said."""

_FORMAT_OF_BITS = {"4BIT": "NF4", "8BIT": "BNB_INT8"}
"""What servers and Transformers load in so many bits where no format is said: bitsandbytes."""


def _of_mix(arch: Architecture, mix: str, runtime: RuntimeName) -> Weights:
    """A mix by the runtime's own quantizer; the range has what llama.cpp's makes of it too."""
    facts = facts_of(arch, mix, library=runtime == "ollama")
    shares = _shares(arch, facts)
    total = _sum(shares)
    has_other = facts.library or mix in _GUIDED
    guided = _sum(_shares(arch, facts_of(arch, mix, imatrix=mix in _GUIDED))) if has_other else total
    strays = _mix_per_mille(arch, mix)
    outer, layers = shares[0], shares[1:]
    groups = _groups(shares)
    towers = tower_bytes(arch)
    return Weights(
        format=mix,
        bytes=total,
        low_bytes=min(total, guided) * (1000 - strays) // 1000,
        high_bytes=max(total, guided) * (1000 + strays) // 1000,
        basis=_basis(arch, mix, towers=False),
        groups=groups,
        token_embedding_bytes=dict(outer.groups).get("embedding", 0),
        output_bytes=dict(outer.groups).get("output", 0),
        disk_bytes=total + towers + _TOKENIZER_BYTES * arch.vocabulary,
        per_device_bytes=total,
        tower_bytes=towers,
        repack_bytes=sum(share.repack_bytes for share in shares),
        layer_bytes=tuple(share.bytes for share in layers),
        layer_repack_bytes=tuple(share.repack_bytes for share in layers),
        formula=_MIX_FORMULA,
        source=_MIX_SOURCE,
    )


def _loaded_mix(stored: Weights, arch: Architecture, runtime: RuntimeName, devices: int) -> Weights:
    """A GGUF file in a server, which keeps its types, or in Transformers, which unpacks it into 16 bits."""
    if runtime == "transformers":
        loaded = _named(arch, "BF16", runtime, devices)
        return replace(loaded, disk_bytes=stored.disk_bytes, basis=Basis.ASSUMED)
    rotary = rotary_bytes(arch, runtime)
    more = rotary * devices + slack_bytes(arch, stored.bytes, runtime, devices)
    return replace(
        stored,
        bytes=stored.bytes + rotary * devices,
        high_bytes=stored.high_bytes + more,
        basis=Basis.ASSUMED,
        groups=(*stored.groups, *((("rotary", rotary * devices),) if rotary else ())),
        per_device_bytes=-(-(stored.bytes + stored.tower_bytes) // devices) + rotary,
    )


def _less(size: int, name: str) -> int:
    return size - size * _per_mille(name) // 1000


def _more(size: int, name: str) -> int:
    return size + size * _per_mille(name) // 1000


def _per_mille(name: str) -> int:
    """How far published files and loaders' own figures stray: alignment and rounding where every weight takes
    as much, a publisher's own choices of types where a mix has some."""
    return 5 if name in _UNIFORM else 12


def _mix_per_mille(arch: Architecture, mix: str) -> int:
    """How far files of one mix stray in public threads: dense ones by 13 per mille, and mixtures of earlier
    releases, which had other types for some experts and a tensor for each, by 31."""
    if mix in _UNIFORM:
        return _per_mille(mix)
    return 35 if has_experts(arch) else 15


def _about(near: Weights, quantization: str) -> Weights:
    """What somebody mixed on their own (or says a remark of in brackets) as what it is nearest to, within an
    eighth. Below three bits they keep attention at twice the bits or more: a quarter above is seen then."""
    more = 5 / 4 if near.format.startswith(("IQ1", "IQ2", "Q2")) else 9 / 8
    return replace(
        near,
        format=quantization,
        low_bytes=near.low_bytes * 7 // 8,
        high_bytes=int(near.high_bytes * more),
        basis=Basis.ASSUMED,
    )


def _near_mix(text: str) -> str | None:
    """Dynamic mixes have llama.cpp's names with a mark; ik_llama.cpp's types are close to those a letter
    away, and may be stored in rows of four or eight."""
    name = text.strip().upper().replace("-", "_").removeprefix("UD_").removesuffix("_R4").removesuffix("_R8")
    stem = name.removesuffix("_XL").removesuffix("_L")
    bare = stem.removesuffix("S").removesuffix("S").removesuffix("_K")
    candidates = [name, f"{stem}_M", stem, f"{bare}_0", f"{bare}_S", f"{bare}_XS"]
    candidates += [f"{bare[1:]}_K_M", f"{bare[1:]}_K"]
    return next((mix for candidate in candidates if (mix := mix_name(candidate))), None)


def _of_format(arch: Architecture, form: Format, runtime: RuntimeName, devices: int) -> Weights:
    smallest, form = form, as_uploaded(arch, form)
    pads = form.name == "MXFP4" and runtime == "vllm"
    exact, parts = parts_of(arch, form), parts_of(arch, form, pads=pads)
    beside, towers = held_beside(arch, form, runtime, devices), tower_bytes(arch)
    each = sum(beside.values())
    total = parts.bytes + each * devices
    by_group = dict(parts.groups)
    return Weights(
        format=form.name,
        bytes=total,
        low_bytes=_less(least_bytes(arch, smallest, runtime), form.name),
        high_bytes=_more(total + more_bytes(arch, form), form.name)
        + slack_bytes(arch, total, runtime, devices),
        basis=_basis(arch, form.name, towers=True),
        groups=(*parts.groups, *((name, size * devices) for name, size in beside.items())),
        token_embedding_bytes=by_group.get("embedding", 0),
        output_bytes=by_group.get("output", 0),
        disk_bytes=exact.bytes + towers + _TOKENIZER_BYTES * arch.vocabulary,
        per_device_bytes=per_device(arch, parts, devices) + each + -(-towers // devices),
        tower_bytes=towers,
        formula=_FORMAT_FORMULA,
        source=form.source,
    )


def _basis(arch: Architecture, name: str, *, towers: bool) -> Basis:
    """Computed where the shape is whole and the format is one such a model is known to be stored in; towers
    count where the runtime loads them."""
    if set(arch.unknown) - (set() if towers else {"towers"}):
        return Basis.ASSUMED
    mixed = has_experts(arch)
    kept = arch.source_quantization == "mxfp4" and name not in ("MXFP4", "MXFP4_MOE")
    return Basis.ASSUMED if kept or (mixed and name in _UNSURE_FOR_EXPERTS) else Basis.COMPUTED


_UNSURE_FOR_EXPERTS = ("NF4", "NF4_DOUBLE", "BNB_INT8", "NVFP4")
"""Formats that leave more or fewer parts of a mixture of experts in 16 bits, from one release to the next."""


def _shares(arch: Architecture, facts: Facts) -> tuple[Share, ...]:
    return (outer_share(arch, facts), *layer_shares(arch, facts))


def _sum(shares: tuple[Share, ...]) -> int:
    return sum(share.bytes for share in shares)


def _groups(shares: tuple[Share, ...]) -> tuple[tuple[str, int], ...]:
    groups: dict[str, int] = {}
    for share, times in Counter(shares).items():
        for name, size in share.groups:
            groups[name] = groups.get(name, 0) + size * times
    return tuple(groups.items())
