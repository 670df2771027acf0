"""How uploads in one format differ from each other: who makes one chooses what stays in 16 bits.

Recipes read on 2026-11-29: vllm-project/llm-compressor of 2026-08-22, examples/ (Qwen3-Next, Qwen3.5 and
Llama 4 in FP8 and NVFP4), and NVIDIA/Model-Optimizer of 2026-08-21, examples/deepseek/deepseek_v3/ptq.py
and modelopt_recipes/ptq.md.
"""

from decisions.fit.hardware.architecture import (
    Architecture,
    Attention,
    Experts,
    LatentAttention,
    LinearAttention,
)
from decisions.fit.hardware.formats import parts_of, tower_bytes
from decisions.fit.hardware.setting import RuntimeName
from decisions.knowledge.quantizations import Format, find_format

_GROUPED = ("AWQ", "GPTQ", "W4A16")
_FOUR_BITS = (*_GROUPED, "NVFP4")
_RECIPES = (*_FOUR_BITS, "FP8")
_SMALL_GROUP = 32
_MAYBE_WITHOUT_TOWERS = ("qwen3_5",)
"""Families whose makers' own command leaves the tower out where only text is asked ."""


def left_whole(arch: Architecture, owner: str, maker: str, quantization: str) -> tuple[str, ...]:
    """Groups that an upload of `owner` leaves in 16 bits, of a model of `maker`'s.

    Others' FP8 of a hybrid leaves its linear attention alone (llm-compressor's recipe; the maker's own and
    NVIDIA's do not), Meta's FP8 all attention (FBGEMM's recipe, Llama 3.1 and 4), NVIDIA's NVFP4 of Gemma 4
    likewise.
    """
    if quantization == "FP8" and owner == "meta-llama":
        return ("attention",)
    if quantization == "FP8" and owner not in (maker, "nvidia") and _has_linear(arch):
        return ("state",)
    if quantization == "NVFP4" and owner == "nvidia" and arch.model_type.startswith("gemma4"):
        return ("attention",)
    return ()


def as_uploaded(arch: Architecture, form: Format) -> Format:
    """The format with all that uploads of such a model leave in 16 bits: linear attention and a latent's
    projections in NVFP4, the attention of Llama 4 in every recipe; of mixtures with linear attention all
    attention in AWQ and GPTQ, whose groups are of 32 (four uploads of Qwen3.5 in logs)."""
    kept = set(arch.kept) if form.weight_bits < 16 else set()
    if form.name == "NVFP4":
        kept |= {"state"} if _has_linear(arch) else set()
        kept |= {"attention"} if _has_latent(arch) else set()
    if form.name in _RECIPES and arch.model_type.startswith("llama4"):
        kept.add("attention")
    if form.name in ("AWQ", "GPTQ") and _has_linear(arch) and has_experts(arch):
        kept.add("attention")
        form = form.model_copy(update={"group_weights": _SMALL_GROUP})
    more = tuple(sorted(kept - set(form.keeps)))
    return form.model_copy(update={"keeps": (*form.keeps, *more)}) if more else form


def least_bytes(arch: Architecture, form: Format, runtime: RuntimeName) -> int:
    """The text model's bytes in the smallest of them, less the towers where they may stay out; in NF4 most
    have their scales quantized as well."""
    double = find_format("NF4_DOUBLE") if form.name == "NF4" else None
    return parts_of(arch, double or form).bytes - _spared(arch, form, runtime)


def _spared(arch: Architecture, form: Format, runtime: RuntimeName) -> int:
    """A tower that a server is told to leave out; llm-compressor's FP8 of Gemma quantizes the audio tower."""
    if runtime == "vllm" and (arch.wrapper or arch.model_type).startswith(_MAYBE_WITHOUT_TOWERS):
        return tower_bytes(arch)
    audio = sum(tower.parameters for tower in arch.towers if tower.kind == "audio")
    return audio if form.name == "FP8" else 0


def more_bytes(arch: Architecture, form: Format) -> int:
    """How much more the largest of them take than `form`.

    Groups of 32 with zeros where tools leave the choice; of mixtures experts alone (23.4 GiB of
    Qwen3.5-35B-A3B in a log of SGLang, where groups of 128 throughout take 19), of hybrids linear attention
    in 16 bits, of Gemma 4 in NVFP4 attention.
    """
    if form.name not in _FOUR_BITS:
        return 0
    changes: dict[str, object] = {"keeps": (*form.keeps, *_also_kept(arch, form))}
    if _may_have_small_groups(arch, form):
        changes |= {"group_weights": _SMALL_GROUP, "zero_bits": 4}
    largest = form.model_copy(update=changes)
    return max(0, parts_of(arch, largest).bytes - parts_of(arch, form).bytes)


def _may_have_small_groups(arch: Architecture, form: Format) -> bool:
    """AutoAWQ's and GPTQModel's own groups are of 128; other tools, which alone take mixtures and hybrids,
    leave the choice."""
    if form.name not in _GROUPED or form.group_weights <= _SMALL_GROUP:
        return False
    return form.name == "W4A16" or has_experts(arch) or _has_states(arch)


def _also_kept(arch: Architecture, form: Format) -> tuple[str, ...]:
    if has_experts(arch):
        return ("attention", "feed_forward", "state")
    if form.name == "NVFP4" and arch.model_type.startswith("gemma4"):
        return ("attention",)
    return ("state",) if _has_states(arch) else ()


def has_experts(arch: Architecture) -> bool:
    """Whether the model is a mixture."""
    return any(isinstance(layer.feed_forward, Experts) for layer in arch.layers)


def _has_states(arch: Architecture) -> bool:
    return any(not isinstance(mixer, Attention | LatentAttention) for mixer in _mixers(arch))


def _has_linear(arch: Architecture) -> bool:
    return any(isinstance(mixer, LinearAttention) for mixer in _mixers(arch))


def _has_latent(arch: Architecture) -> bool:
    return any(isinstance(mixer, LatentAttention) for mixer in _mixers(arch))


def _mixers(arch: Architecture) -> set[object]:
    return {mixer for layer in set(arch.layers) for mixer in layer.mixers}
