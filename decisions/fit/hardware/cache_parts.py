"""The cache of one layer, for every runtime's rule, and how equal layers add up."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from decisions.fit.hardware.architecture import (
    Architecture,
    Attention,
    LatentAttention,
    LinearAttention,
    Mixer,
    ShortConv,
    StateSpace,
    Window,
)
from decisions.fit.hardware.cells import Cells, cells_of
from decisions.fit.hardware.kv_types import check_alike, check_blocks, check_flash, kv_types, row_bytes
from decisions.fit.hardware.llama.ollama import CHECKPOINTS, runs_own_engine
from decisions.fit.hardware.setting import GGUF_RUNTIMES, SERVERS, Setting

F32 = 4
REFUSING = ("llama_cpp", "lm_studio")  # Ollama takes another type instead
# windows that llama.cpp ignores: the whole context is kept
NO_WINDOW = frozenset(
    (
        "llama",
        "mistral",
        "mistral3",
        "ministral",
        "ministral3",
        "mixtral",
        "qwen2",
        "qwen2_moe",
        "qwen2_vl",
        "qwen2_5_vl",
        "qwen3",
        "qwen3_moe",
        "qwen3_vl",
        "qwen3_vl_moe",
        "phi",
        "phi3",
        "phimoe",
        "starcoder2",
        "minicpm",
        "minicpm3",
        "granite",
        "glm4",
        "jamba",
        "falcon_h1",
    )
)
EXPANDED = frozenset({"minicpm3"})
EXAONE4_WITH_WINDOW = 64  # llama.cpp knows the model with windows by its number of layers


@dataclass(frozen=True, slots=True)
class CachePart:
    """The cache of equal layers. `cells` tokens in each of `streams` caches (for a state: sequences);
    `token_bytes` is what one more token of context takes in all these layers (0 where it takes nothing),
    `sequence_bytes` what one more sequence takes beside its tokens."""

    kind: str
    layers: int
    cells: int
    streams: int
    key_bytes: int
    value_bytes: int
    token_bytes: int = 0
    sequence_bytes: int = 0

    @property
    def bytes(self) -> int:
        return self.key_bytes + self.value_bytes


def state_sequences(setting: Setting, model_type: str) -> int:
    """How many recurrent states are kept: one per sequence, in SGLang one more; Ollama's own engine keeps
    checkpoints of each."""
    if runs_own_engine(setting, model_type):
        return setting.parallel * (1 + CHECKPOINTS)
    return setting.parallel + (1 if setting.runtime == "sglang" else 0)


def has_window(arch: Architecture, setting: Setting) -> bool:
    """Whether the runtime heeds the windows of the model's layers."""
    if setting.runtime not in GGUF_RUNTIMES:
        return True
    if arch.model_type in ("exaone4", "exaone4_5"):
        return len(arch.layers) == EXAONE4_WITH_WINDOW
    return arch.model_type not in NO_WINDOW


@dataclass(frozen=True, slots=True)
class _Rule:
    """What the runtime does with every layer: room, types, devices that divide a layer."""

    cells: Cells
    types: tuple[str, str]
    setting: Setting
    devices: int
    windows: bool
    expands: bool
    widest: int
    states: int

    @property
    def is_llama(self) -> bool:
        return self.setting.runtime in GGUF_RUNTIMES


def _rule(arch: Architecture, setting: Setting, devices: int) -> _Rule:
    is_llama = setting.runtime in GGUF_RUNTIMES
    return _Rule(
        cells=cells_of(setting, arch.model_type),
        types=kv_types(setting.kv_dtype, "f16" if is_llama else "bf16"),
        setting=setting,
        devices=devices,
        windows=has_window(arch, setting),
        expands=setting.runtime == "transformers" or (is_llama and arch.model_type in EXPANDED),
        widest=_padded_values(arch, setting),
        states=state_sequences(setting, arch.model_type),
    )


def parts_of(arch: Architecture, setting: Setting, devices: int) -> Iterator[CachePart]:
    rule = _rule(arch, setting, devices)
    found: Counter[CachePart] = Counter()
    for mixer, layers in _counted(arch):
        for part in _of(mixer, rule):
            found[part] += layers
    yield from (_times(part, layers) for part, layers in found.items())


@lru_cache(maxsize=1024)
def _counted(arch: Architecture) -> tuple[tuple[Mixer, int], ...]:
    """Each kind of mixer with the number of layers that have it."""
    return tuple(Counter(mixer for layer in arch.layers for mixer in layer.mixers).items())


def _times(part: CachePart, layers: int) -> CachePart:
    return CachePart(
        part.kind,
        layers,
        part.cells,
        part.streams,
        part.key_bytes * layers,
        part.value_bytes * layers,
        part.token_bytes * layers,
        part.sequence_bytes * layers,
    )


def _padded_values(arch: Architecture, setting: Setting) -> int:
    """Without flash attention llama.cpp pads values to the widest layer's where layers differ."""
    if setting.runtime not in GGUF_RUNTIMES or setting.flash_attention is not False:
        return 0
    return max(
        (m.kv_heads * m.value_dim for layer in arch.layers for m in layer.mixers if isinstance(m, Attention)),
        default=0,
    )


def _of(mixer: Mixer, rule: _Rule) -> Iterator[CachePart]:
    match mixer:
        case Attention(shares_cache=True):
            return
        case Attention():
            yield _attention(mixer, rule)
            if mixer.index_dim:
                yield _rows("index", mixer.index_dim, rule, with_values=rule.is_llama)
        case LatentAttention():
            yield from _latent(mixer, rule)
        case _:
            yield _state(mixer, rule)


def _attention(mixer: Attention, rule: _Rule) -> CachePart:
    """Heads are divided among devices, but a device has at least one of its own."""
    if rule.setting.runtime in REFUSING:
        if rule.setting.flash_attention is not False:
            check_blocks(rule.types[0], mixer.key_dim)
            check_blocks(rule.types[1], mixer.value_dim)
        check_flash(rule.types[1], rule.setting.flash_attention)
    cells, heads = rule.cells, -(-mixer.kv_heads // rule.devices)
    keys = row_bytes(rule.types[0], heads * mixer.key_dim)
    values = row_bytes(rule.types[1], max(heads * mixer.value_dim, rule.widest))
    row = keys + values
    if mixer.cross_tokens is not None:
        count = mixer.cross_tokens * cells.sequences
        each = mixer.cross_tokens * row
        return CachePart(
            "cross", 1, mixer.cross_tokens, cells.sequences, count * keys, count * values, 0, each
        )
    windowed = rule.windows and mixer.window is not Window.FULL and mixer.window_tokens is not None
    kept = cells.window(mixer.window_tokens or 0) if windowed else cells.full
    count = kept * cells.streams
    grows = 0 if windowed and kept < cells.full else row
    fixed = 0 if grows else kept * cells.streams * row // cells.sequences
    kind = "attention_window" if windowed else "attention_full"
    return CachePart(kind, 1, kept, cells.streams, count * keys, count * values, grows, fixed)


def _rows(kind: str, width: int, rule: _Rule, *, with_values: bool = False) -> CachePart:
    """One row of keys per token, for all heads, on every device; llama.cpp keeps as many values beside the
    keys of MiniMax-M3's indexer, which nobody reads."""
    keys = row_bytes(rule.types[0], width)
    return _byte_rows(kind, keys, rule, row_bytes(rule.types[1], width) if with_values else 0)


def _byte_rows(kind: str, keys: int, rule: _Rule, values: int = 0) -> CachePart:
    cells = rule.cells
    count = cells.full * cells.streams
    return CachePart(kind, 1, cells.full, cells.streams, count * keys, count * values, keys + values)


def _latent_rows(mixer: LatentAttention, rule: _Rule) -> CachePart:
    """Servers that choose tokens by an indexer keep an 8-bit latent with a scale of 32 bits for each 128 of
    it, and what is rotated in 16 bits (fp8_ds_mla in vLLM's and SGLang's sparse attention: 656 bytes of
    DeepSeek-V3.2's 576 values)."""
    if mixer.index_dim and rule.setting.runtime in SERVERS and row_bytes(rule.types[0], 128) == 128:
        return _byte_rows("latent", _scaled(mixer.kv_rank) + 2 * mixer.rope_dim, rule)
    return _rows("latent", mixer.kv_rank + mixer.rope_dim, rule)


def _index_rows(width: int, rule: _Rule) -> CachePart:
    """Servers keep an indexer's keys in 8 bits with a scale of 32 bits for each 128, whatever the type of
    the cache (DeepseekV32IndexerCache in vLLM, NSATokenToKVPool in SGLang): 132 bytes of 128 values."""
    if rule.setting.runtime in SERVERS:
        return _byte_rows("index", _scaled(width), rule)
    return _rows("index", width, rule)


def _scaled(width: int) -> int:
    return width + -(-width // 128) * 4


def _latent(mixer: LatentAttention, rule: _Rule) -> Iterator[CachePart]:
    """One row for all heads; Transformers, and llama.cpp for MiniCPM3, cache every head's keys and values."""
    if not rule.expands:
        if rule.setting.runtime in REFUSING:
            check_alike(*rule.types)
        yield _latent_rows(mixer, rule)
        if mixer.index_dim:
            yield _index_rows(mixer.index_dim, rule)
        return
    keys = row_bytes(rule.types[0], mixer.heads * (mixer.nope_dim + mixer.rope_dim))
    values = row_bytes(rule.types[1], mixer.heads * mixer.value_dim)
    cells = rule.cells
    count = cells.full * cells.streams
    yield CachePart("expanded", 1, cells.full, cells.streams, count * keys, count * values, keys + values)


def state_elements(mixer: Mixer) -> tuple[int, int]:
    """Elements of the convolution's and of the recurrence's state, per layer and sequence."""
    match mixer:
        case StateSpace():
            extra = 2 * mixer.groups * mixer.state if mixer.version == 2 else 0
            return (mixer.conv - 1) * (mixer.inner + extra), mixer.inner * mixer.state
        case LinearAttention():
            width = 2 * mixer.key_heads * mixer.key_dim + mixer.value_heads * mixer.value_dim
            matrix = mixer.value_heads * mixer.key_dim * mixer.value_dim
            return max(0, mixer.conv - 1) * width, matrix
        case ShortConv():
            return (mixer.kernel - 1) * mixer.width, 0
        case _:
            return 0, 0


def _state(mixer: Mixer, rule: _Rule) -> CachePart:
    """llama.cpp keeps states in f32; servers the convolution in 16 bits and the recurrence in f32."""
    conv, matrix = (-(-elements // rule.devices) for elements in state_elements(mixer))
    each = (conv * (F32 if rule.is_llama else 2), matrix * F32)
    count = rule.states
    one = sum(each) * count // rule.setting.parallel if rule.is_llama else sum(each)
    return CachePart("state", 1, count, count, each[0] * count, each[1] * count, 0, one)
