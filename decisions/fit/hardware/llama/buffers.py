"""What llama.cpp adds to weights and cache: the compute buffer and the output buffer.

The engine reserves, once at the start, the memory of its largest batch; `graph_bytes` lays that batch's graph
out the way the engine does. Measured agreement is in tests/benchmarks/test_sizing_buffers.py.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from decisions.fit.hardware.architecture import Architecture, Attention, LatentAttention, Mixer, Window
from decisions.fit.hardware.cache import has_window
from decisions.fit.hardware.cells import cells_of, llama_ubatch
from decisions.fit.hardware.estimate import Basis
from decisions.fit.hardware.kv_types import is_blocked, kv_types
from decisions.fit.hardware.limits import check_setting
from decisions.fit.hardware.llama.families import is_known, style_of
from decisions.fit.hardware.llama.graph import graph_range
from decisions.fit.hardware.llama.ollama import runs_own_engine
from decisions.fit.hardware.llama.types import TURN, Batch
from decisions.fit.hardware.setting import Setting

SOURCE = "llama.cpp v0.5.0, src/llama-graph.cpp and ggml-alloc.c; engine runs of 2026-11-28"
FORMULA = (
    "peak of the values alive at once in the graph of one batch, and the holes between them: hidden rows,"
    " queries, keys, scores or masks (tokens × cells), feed-forward rows, logits (outputs × vocabulary × 4)"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """Bytes with the range they are expected in, and how they were come by."""

    bytes: int
    low_bytes: int
    high_bytes: int
    basis: Basis
    formula: str = ""
    inputs: tuple[tuple[str, int | float | str], ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class _Spread:
    low: float
    high: float


# v0.5.0 agrees within 1 %; releases of the last year differ by a row of hidden values and the mask's type
_KNOWN = _Spread(0.97, 1.06)
_UNKNOWN = _Spread(0.85, 1.25)
_OLLAMA = _Spread(0.92, 1.12)
_OWN_ENGINE = _Spread(0.8, 1.25)  # of Ollama's: 4 logs of 2025 and 2026 are 11 % below to 24 % above
_COPIES = 3  # of each input beside the first, where GPUs work in turns (ggml-backend.cpp)
_GPU = _Spread(0.95, 1.16)  # back ends pad values and keep copies of inputs


@lru_cache(maxsize=8192)
def compute_buffer(arch: Architecture, setting: Setting) -> Amount:
    """The buffer on the device that makes the logits; on a processor the only one. Raises Unsizable for a
    setting that makes no sense."""
    check_setting(setting)
    return _laid_out(arch, setting)


def layers_buffer(arch: Architecture, setting: Setting) -> Amount:
    """The buffer where layers are, but not the output: without logits."""
    check_setting(setting)
    return _laid_out(replace(arch, vocabulary=1), setting)


def _laid_out(arch: Architecture, setting: Setting) -> Amount:
    """The lower end is never more than what is alive at once. That grows with the context where the peak may
    fall, so that more context never turns what does not fit into what fits.

    Where nobody says the outputs, nobody says who asks: llama-server of today, and Ollama since it starts
    that, reserve logits for their slots alone, and take little more than is alive before tokens are picked.
    """
    batch = batch_of(arch, setting)
    size, alive, served = graph_range(arch, batch)
    mask = _whole_masks(arch, setting, batch)
    size += mask
    spread = spread_of(arch, setting)
    low = min(int(size * spread.low), alive)
    if setting.outputs is None and setting.runtime != "lm_studio":
        low = min(low, int(served * spread.low))
    return Amount(
        size,
        low,
        max(int(size * spread.high), served + _mask_before(batch)),
        Basis.COMPUTED if is_known(arch) else Basis.ASSUMED,
        f"{FORMULA} + the mask in 32 bits" if mask else FORMULA,
        (
            ("tokens", batch.tokens),
            ("outputs", batch.outputs),
            ("cells", batch.cells),
            ("window_cells", batch.window_cells),
            ("caches", batch.streams),
            ("flash_attention", "on" if batch.flash else "off"),
            ("vocabulary", arch.vocabulary),
            ("hidden", arch.hidden),
            *((("mask_bytes", mask),) if mask else ()),
        ),
        SOURCE,
    )


def _whole_masks(arch: Architecture, setting: Setting, batch: Batch) -> int:
    """Ollama's own engine writes a mask in 32 bits before it is made one of 16 (kvcache/causal.go)."""
    return _mask_before(batch) if runs_own_engine(setting, arch.model_type) else 0


def _mask_before(batch: Batch) -> int:
    """The mask in 32 bits that releases before June 2026 made the one of flash attention from."""
    return (batch.cells + batch.window_cells) * batch.tokens * 4 if batch.flash else 0


def spread_of(arch: Architecture, setting: Setting) -> _Spread:
    """How far off the figure may be: families whose graph was laid beside the engine's are close."""
    if not is_known(arch):
        return _UNKNOWN
    if setting.runtime == "ollama":
        return _OWN_ENGINE if runs_own_engine(setting, arch.model_type) else _OLLAMA
    return _KNOWN if setting.device is None or setting.device.is_cpu else _GPU


def output_buffer(arch: Architecture, setting: Setting) -> Amount:
    """Where logits are handed over, in the machine's memory: one row per sequence from the start. Ollama asks
    llama.cpp's library for the last hidden values beside them (llama/llama.go of v0.23.2)."""
    check_setting(setting)
    least = arch.vocabulary * 4 * setting.parallel
    inputs = (("vocabulary", arch.vocabulary), ("sequences", setting.parallel))
    if setting.runtime != "ollama" or runs_own_engine(setting, arch.model_type):
        return Amount(least, least, least, Basis.COMPUTED, "vocabulary × 4 × sequences", inputs, SOURCE)
    size = (arch.vocabulary + arch.hidden) * 4 * setting.parallel
    formula, hidden = "(vocabulary + hidden) × 4 × sequences", ("hidden", arch.hidden)
    return Amount(size, least, size, Basis.COMPUTED, formula, (*inputs, hidden), SOURCE)


@lru_cache(maxsize=8192)
def host_buffer(arch: Architecture, setting: Setting) -> Amount:
    """The buffer beside a GPU's: what the processor hands over. The embedding of the batch twice (looked up,
    or handed in), the masks; older releases keep masks in 32 bits."""
    check_setting(setting)
    batch = batch_of(arch, setting)
    rows = 2 * 4 * arch.hidden * batch.tokens
    masks = (batch.cells + batch.window_cells) * batch.tokens * (2 if batch.flash else 4)
    size = rows + masks
    inputs = (("tokens", batch.tokens), ("hidden", arch.hidden), ("cells", batch.cells + batch.window_cells))
    formula = "tokens × hidden × 8 + tokens × cells × 2 (4 without flash attention)"
    return Amount(size, rows // 2 + masks, rows + 2 * masks, Basis.COMPUTED, formula, inputs, SOURCE)


def copied_inputs(arch: Architecture, setting: Setting) -> int:
    """Bytes of the further copies of masks and embedded tokens on each of several GPUs that hold all layers
    (GGML_SCHED_MAX_COPIES is 4). Ollama's own engine has none."""
    if runs_own_engine(setting, arch.model_type):
        return 0
    batch = batch_of(arch, setting)
    mask = (batch.cells + batch.window_cells) * (2 if batch.flash else 4)
    return _COPIES * batch.tokens * (mask + arch.hidden * 4)


@lru_cache(maxsize=8192)
def batch_of(arch: Architecture, setting: Setting) -> Batch:
    """The batch llama.cpp reserves for: all tokens of one pass, spread evenly over all sequences.

    `outputs` None is the library's default, one per token of the batch, since its callers may ask for
    logits of all. llama-server of today asks for as many as it has slots, and so does Ollama's own engine,
    which reserves for one sequence's prompt.
    """
    cells = cells_of(setting, arch.model_type)
    tokens = llama_ubatch(setting)
    own = runs_own_engine(setting, arch.model_type)
    outputs = min(tokens, setting.outputs or (setting.parallel if own else tokens))
    sequences = 1 if own else setting.parallel
    tokens += -tokens % sequences
    windows = _windows(arch) if has_window(arch, setting) else ()
    key_type, value_type = kv_types(setting.kv_dtype)
    turns_keys, turns_values = _turns(arch, key_type, value_type)
    return Batch(
        tokens=tokens,
        sequences=sequences,
        streams=cells.streams,
        cells=cells.full,
        window_cells=cells.window(windows[0]) if windows else 0,
        outputs=outputs,
        flash=setting.flash_attention is not False,
        turns_keys=turns_keys,
        turns_values=turns_values,
        value_width=_value_width(arch),
        wide_keys=key_type == "f32",
        wide_values=value_type == "f32",
    )


@lru_cache(maxsize=1024)
def _value_width(arch: Architecture) -> int:
    widths = [m.kv_heads * m.value_dim for m in _attentions(arch)]
    if style_of(arch).expands:
        widths += [m.heads * m.value_dim for m in _mixers(arch) if isinstance(m, LatentAttention)]
    return max(widths, default=0)


def _mixers(arch: Architecture) -> tuple[Mixer, ...]:
    return tuple(mixer for layer in dict.fromkeys(arch.layers) for mixer in layer.mixers)


@lru_cache(maxsize=1024)
def _attentions(arch: Architecture) -> tuple[Attention, ...]:
    return tuple(mixer for mixer in _mixers(arch) if isinstance(mixer, Attention))


def _windows(arch: Architecture) -> tuple[int, ...]:
    return tuple(
        mixer.window_tokens
        for mixer in _attentions(arch)
        if mixer.window is not Window.FULL and mixer.window_tokens
    )


@lru_cache(maxsize=1024)
def _turns(arch: Architecture, key_type: str, value_type: str) -> tuple[bool, bool]:
    """Whether quantized keys and values are turned first: where the heads of one cache are equally wide, and
    64 divides them."""
    keys: dict[bool, set[int]] = {}
    values: dict[bool, set[int]] = {}
    for m in _attentions(arch):
        keys.setdefault(m.window is Window.FULL, set()).add(m.key_dim)
        values.setdefault(m.window is Window.FULL, set()).add(m.value_dim)
    if style_of(arch).expands:
        latent = [m for m in _mixers(arch) if isinstance(m, LatentAttention)]
        keys[True] = {m.nope_dim + m.rope_dim for m in latent}
        values[True] = {m.value_dim for m in latent}
    return is_blocked(key_type) and _even(keys), is_blocked(value_type) and _even(values)


def _even(widths: dict[bool, set[int]]) -> bool:
    return bool(widths) and all(len(found) == 1 and not min(found) % TURN for found in widths.values())
