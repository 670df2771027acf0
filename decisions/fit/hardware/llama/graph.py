"""The compute buffer of llama.cpp: its worst-case graph put on a tape, layer by layer.

Layers repeat, so only enough of them are laid out for the pattern of places to settle.
"""

from dataclasses import replace
from functools import lru_cache

from decisions.fit.hardware.architecture import (
    Architecture,
    Attention,
    Dense,
    Experts,
    LatentAttention,
    Layer,
    LinearAttention,
    Mixer,
    ShortConv,
    StateSpace,
)
from decisions.fit.hardware.llama.blocks import attention
from decisions.fit.hardware.llama.families import style_of
from decisions.fit.hardware.llama.gemma import (
    SPARSE_LAYERS,
    corrected,
    experts_beside,
    gathered,
    gemma3n_dense,
    laurel,
    layer_embeddings,
    predicted,
    spread,
    with_embedding,
)
from decisions.fit.hardware.llama.latent import BEST, latent_attention
from decisions.fit.hardware.llama.layers import is_sparse, some_of, styles_of, without_windows
from decisions.fit.hardware.llama.parts import feed_forward
from decisions.fit.hardware.llama.states import gated_delta, kimi_delta, mamba1, mamba2, short_conv
from decisions.fit.hardware.llama.tape import Tape
from decisions.fit.hardware.llama.tape_plan import CELLS, WINDOW_CELLS, Factors, Plan
from decisions.fit.hardware.llama.types import Batch, Inputs, Style, norm


def graph_bytes(arch: Architecture, batch: Batch) -> int:
    """Bytes of the compute buffer on one device that holds all."""
    return graph_range(arch, batch)[0]


@lru_cache(maxsize=4096)
def graph_range(arch: Architecture, batch: Batch) -> tuple[int, int, int]:
    """Bytes of the buffer, those that are alive at once, which no other layout could do without, and those of
    them that are whatever the number of outputs."""
    plan, sizes = _plan_of(arch, batch), (batch.cells, batch.window_cells)
    return plan.peak(*sizes), plan.least(*sizes), plan.before_picks(*sizes)


def graph_at_peak(arch: Architecture, batch: Batch) -> list[tuple[Factors, int]]:
    """The values in the buffer when it is as large as it gets, by their factors, with their bytes."""
    return _plan_of(arch, batch).at_peak(batch.cells, batch.window_cells)


def _plan_of(arch: Architecture, batch: Batch) -> Plan:
    window = WINDOW_CELLS if batch.window_cells else 0
    cells = batch.cells if batch.cells < BEST and is_sparse(arch) else CELLS
    return _plan(arch, replace(batch, cells=cells, window_cells=window))


@lru_cache(maxsize=2048)
def _plan(arch: Architecture, batch: Batch) -> Plan:
    """The graph for any number of cells."""
    style = style_of(arch)
    if not batch.window_cells:
        arch = without_windows(arch)
    tape = Tape()
    inputs = Inputs(tape, batch, style.position_rows)
    hidden, whole = _embed(tape, inputs, arch, style)
    if style.learned_positions:
        rows = tape.make((arch.hidden, batch.tokens), inputs.positions())
        hidden = tape.make((arch.hidden, batch.tokens), hidden, rows, in_place=True)
    if style.embedding_norm:
        hidden = norm(tape, hidden, (arch.hidden, batch.tokens), style)
    if arch.model_type == "gemma3n":
        return _gemma3n(tape, inputs, arch, hidden, style)
    width = dict(arch.extra).get("hidden_size_per_layer_input", 0) if style.layer_embeddings else 0
    side = layer_embeddings(tape, hidden, width, len(arch.layers), batch.tokens) if width else None
    layers = tuple(zip(arch.layers, styles_of(arch, style), strict=True))
    if not is_sparse(arch):
        layers = some_of(layers)
    for i, (layer, own) in enumerate(layers):
        last = i == len(layers) - 1
        hidden = _layer(tape, inputs, arch, layer, hidden, own, last and not style.keeps)
        if side is not None:
            hidden = with_embedding(tape, hidden, side, width, arch.hidden, batch.tokens)
        if own.deepstack:
            hidden = tape.make((arch.hidden, batch.tokens), hidden, tape.view(whole), in_place=True)
    _finish(tape, inputs, arch, hidden, style)
    return tape.plan()


def _gemma3n(tape: Tape, inputs: Inputs, arch: Architecture, hidden: int, style: Style) -> Plan:
    """Four streams, of which each layer works on one; outputs are picked at the end."""
    t, width = inputs.batch.tokens, dict(arch.extra).get("hidden_size_per_layer_input", 0)
    side = layer_embeddings(tape, hidden, width, len(arch.layers), t)
    streams = spread(tape, hidden, arch.hidden, t)
    sparse = tuple(replace(style, sparse_gate=i < SPARSE_LAYERS) for i in range(len(arch.layers)))
    for layer, own in some_of(tuple(zip(arch.layers, sparse, strict=True))):
        streams = _gemma3n_layer(tape, inputs, arch.hidden, layer, own, streams, (side, width))
    x = tape.make(
        (arch.hidden, inputs.batch.outputs), gathered(tape, streams, arch.hidden, t), inputs.outputs()
    )
    _finish(tape, inputs, arch, x, style)
    return tape.plan()


def _gemma3n_layer(
    tape: Tape,
    inputs: Inputs,
    hidden: int,
    layer: Layer,
    style: Style,
    streams: int,
    side: tuple[int, int],
) -> int:
    t, wide = inputs.batch.tokens, (hidden, inputs.batch.tokens)
    predictions = predicted(tape, streams, hidden, t)
    active = tape.view(predictions, wide)
    source = norm(tape, active, wide, style)
    beside = laurel(tape, source, hidden, t)
    mixed = _mix(tape, inputs, layer, source, hidden, style, active) or source
    x = tape.make(wide, norm(tape, mixed, wide, style), active, in_place=True)
    x = tape.make(wide, tape.make(wide, x, beside, in_place=True), in_place=True)
    value = gemma3n_dense(tape, norm(tape, x, wide, style), _inner(layer), t, hidden, style)
    value = tape.make(wide, norm(tape, value, wide, style), x, in_place=True)
    return corrected(tape, predictions, value, *side, hidden, t)


def _inner(layer: Layer) -> int:
    return layer.feed_forward.inner if layer.feed_forward else 0


def _embed(tape: Tape, inputs: Inputs, arch: Architecture, style: Style) -> tuple[int, int]:
    """The first hidden values, and the whole embedding they are a part of."""
    t, width = inputs.batch.tokens, arch.hidden * (1 + style.deepstack)
    rows = tape.make((arch.hidden, t), tape.input(4, t))
    whole = tape.make((width, t), rows) if style.deepstack else rows
    tape.walk(whole)
    tape.walk(tape.input(4, width, t))  # the way in for embeddings instead of tokens
    return (tape.view(whole) if style.deepstack else whole), whole


def _layer(
    tape: Tape, inputs: Inputs, arch: Architecture, layer: Layer, x: int, style: Style, picks: bool
) -> int:
    """One block: mixers, then the feed-forward part, each with its norms and the residual. `picks` says that
    only tokens with logits go on."""
    wide, n = (arch.hidden, inputs.batch.tokens), inputs.batch.tokens
    source = norm(tape, x, wide, style) if style.pre_norm else x
    if style.early_norm:
        tape.walk(source)
    mixed = _mix(tape, inputs, layer, source, arch.hidden, style, x)
    beside = norm(tape, x, wide, style) if style.second_norm else source
    if mixed is not None and style.early_post_norm:
        mixed = norm(tape, mixed, wide, style)
    if mixed is not None and style.sums_first:
        x, mixed = tape.make(wide, mixed, x, in_place=True), None
    if picks:
        n = inputs.batch.outputs
        wide = (arch.hidden, n)
        rows = inputs.outputs()
        mixed = None if mixed is None else tape.make(wide, mixed, rows)
        x = tape.make(wide, x, rows)
        if style.parallel and not style.own_norms:
            beside = tape.make(wide, beside, rows)
    if style.parallel and layer.feed_forward and mixed is not None:
        return _side_by_side(tape, layer.feed_forward, (x, mixed, beside), n, arch.hidden, style)
    if mixed is not None:
        if style.post_norm and not style.early_post_norm:
            mixed = norm(tape, mixed, wide, style)
        pair = (x, mixed) if style.residual_first == "both" else (mixed, x)
        x = tape.make(wide, *pair, in_place=True)
    if layer.feed_forward is None:
        return x
    return _fed(tape, layer.feed_forward, x, n, arch.hidden, style, bare=mixed is None)


def _fed(tape: Tape, part: Dense | Experts, x: int, n: int, hidden: int, style: Style, *, bare: bool) -> int:
    """The feed-forward part with its norms, added to `x`; `bare` says that nothing comes before it."""
    wide = (hidden, n)
    if isinstance(part, Experts) and part.dense_inner:
        value = experts_beside(tape, part, x, n, hidden, style)
    else:
        source = norm(tape, x, wide, style) if style.pre_norm or bare else x
        value = feed_forward(tape, part, source, n, hidden, style)
    if style.post_norm:
        value = norm(tape, value, wide, style)
    pair = (x, value) if style.residual_first else (value, x)
    return tape.make(wide, *pair, in_place=True)


def _side_by_side(
    tape: Tape,
    part: Dense | Experts,
    values: tuple[int, int, int],
    n: int,
    hidden: int,
    style: Style,
) -> int:
    """The feed-forward part beside attention, from the same norm or one of its own, added to it."""
    x, mixed, source = values
    wide = (hidden, n)
    if style.own_norms:
        source = norm(tape, x, wide, style)
    value = feed_forward(tape, part, source, n, hidden, style)
    if style.residual_first == "early":
        return tape.make(wide, value, tape.make(wide, mixed, x, in_place=True), in_place=True)
    if style.residual_first == "after":
        return tape.make(wide, tape.make(wide, value, mixed, in_place=True), x, in_place=True)
    if style.residual_first == "last":
        return tape.make(wide, tape.make(wide, mixed, value, in_place=True), x, in_place=True)
    return tape.make(wide, tape.make(wide, value, x, in_place=True), mixed, in_place=True)


def _mix(
    tape: Tape, inputs: Inputs, layer: Layer, source: int, hidden: int, style: Style, x: int
) -> int | None:
    made = []
    for i, part in enumerate(layer.mixers):
        own = norm(tape, x, (hidden, inputs.batch.tokens), style) if i and style.own_norms else source
        made.append(_mixer(tape, inputs, part, own, hidden, style))
    if not made:
        return None
    total = made[0]
    for one in made[1:]:
        total = tape.make((hidden, inputs.batch.tokens), total, one, in_place=True)
    return total


def _mixer(tape: Tape, inputs: Inputs, part: Mixer, source: int, hidden: int, style: Style) -> int:
    match part:
        case Attention():
            return attention(tape, inputs, part, source, hidden, style)
        case LatentAttention():
            return latent_attention(tape, inputs, part, source, hidden, style)
        case StateSpace(version=1):
            return mamba1(tape, inputs, part, source, hidden)
        case StateSpace():
            return mamba2(tape, inputs, part, source, hidden)
        case LinearAttention(kind="kimi_delta"):
            return kimi_delta(tape, inputs, part, source, hidden)
        case LinearAttention():
            return gated_delta(tape, inputs, part, source, hidden, style)
        case ShortConv():
            return short_conv(tape, inputs, part, source, hidden)


def _finish(tape: Tape, inputs: Inputs, arch: Architecture, x: int, style: Style) -> None:
    """Last norm and logits; both are read after the graph ran."""
    n = inputs.batch.outputs
    wide = (arch.hidden, n)
    if style.keeps == "norm":
        x = norm(tape, x, (arch.hidden, inputs.batch.tokens), style)
        tape.keep(x)
        x = tape.make(wide, x, inputs.outputs())
    else:
        if style.keeps == "hidden":
            tape.keep(x)
            x = tape.make(wide, x, inputs.outputs())
        x = norm(tape, x, wide, style)
    tape.keep(x)
    if style.scaled_head:
        x = tape.make(wide, x)
    logits = tape.make((arch.vocabulary, n), x)
    tape.keep(logits)
    tape.walk(logits)
