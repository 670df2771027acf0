"""Recurrent states on the tape of llama.cpp's graph (v0.5.0): Mamba, short convolutions, delta rules."""

from decisions.fit.hardware.architecture import LinearAttention, ShortConv, StateSpace
from decisions.fit.hardware.llama.tape import Tape
from decisions.fit.hardware.llama.types import Inputs, Style, norm


def read_state(tape: Tape, inputs: Inputs, width: int) -> int:
    """The state of each sequence, copied out of the cache."""
    rows = tape.view(inputs.state_rows(), (inputs.batch.sequences,))
    state = tape.make((width, inputs.batch.sequences), rows)
    tape.walk(state)
    _keep_others(tape, inputs, width)
    return state


def _keep_others(tape: Tape, inputs: Inputs, width: int) -> None:
    """States of sequences outside the batch are copied on; a reserved batch has none."""
    tape.store(tape.make((0,), tape.view(inputs.state_rows())))


def mamba1(tape: Tape, inputs: Inputs, part: StateSpace, source: int, hidden: int) -> int:
    t, s = inputs.batch.tokens, inputs.batch.sequences
    each, inner, state = t // s, part.inner, part.state
    old = tape.view(read_state(tape, inputs, (part.conv - 1) * inner), (part.conv - 1, inner, s))
    both = tape.make((2 * inner, each, s), tape.view(source, (hidden, each, s)))
    x, gate = tape.view(both), tape.view(both)
    joined = tape.make((part.conv - 1 + each, inner, s), old, tape.view(x))
    tape.store(tape.view(joined))
    x = tape.make((inner, each, s), joined)
    x = tape.make((inner, each, s), x, in_place=True)
    x = tape.make((inner, each, s), x, in_place=True)
    low = tape.make((part.dt_rank + 2 * state, each, s), x)
    step, b, c = (tape.view(low) for _ in range(3))
    if part.inner_norm:
        step = norm(tape, step, (part.dt_rank, each, s), Style())
        b = norm(tape, b, (state, 1, each, s), Style())
        c = norm(tape, c, (state, 1, each, s), Style())
    else:
        step = tape.make((part.dt_rank, each, s), step)
    step = tape.make((inner, each, s), tape.make((inner, each, s), step), in_place=True)
    look = tape.view(x, (1, inner, each, s))
    y = _scan(tape, inputs, inner * state, inner, look, step, b, c)
    skip = tape.make((inner, each, s), x, in_place=True)
    y = tape.make((inner, each, s), tape.view(y), skip, in_place=True)
    y = tape.make((inner, each, s), tape.make((inner, each, s), gate), y)
    return tape.view(tape.make((hidden, each, s), y), (hidden, t))


def _scan(tape: Tape, inputs: Inputs, state: int, inner: int, x: int, step: int, b: int, c: int) -> int:
    """The scan returns outputs and the last states in one value."""
    t, s = inputs.batch.tokens, inputs.batch.sequences
    rows = tape.view(inputs.state_rows(), (s,))
    y = tape.make((inner * t + state * s,), x, step, b, c, rows)
    tape.walk(y)
    _keep_others(tape, inputs, state)
    tape.store(tape.view(y))
    return y


def mamba2(tape: Tape, inputs: Inputs, part: StateSpace, source: int, hidden: int) -> int:
    t, s = inputs.batch.tokens, inputs.batch.sequences
    each, inner, heads = t // s, part.inner, part.heads
    width = inner + 2 * part.groups * part.state
    old = tape.view(read_state(tape, inputs, (part.conv - 1) * width), (part.conv - 1, width, s))
    all_width = inner + width + heads
    both = tape.view(tape.make((all_width, t), source), (all_width, each, s))
    gate, xbc, step = (tape.view(both) for _ in range(3))
    joined = tape.make((part.conv - 1 + each, width, s), old, tape.view(xbc))
    tape.store(tape.view(joined))
    xbc = tape.make((width, each, s), joined)
    xbc = tape.make((width, each, s), xbc, in_place=True)
    xbc = tape.make((width, each, s), xbc, in_place=True)
    x, b, c = (tape.view(xbc) for _ in range(3))
    step = tape.make((heads, each, s), tape.make((heads, each, s), step), in_place=True)
    y = _scan(tape, inputs, inner * part.state, inner, x, step, b, c)
    shape = (inner // heads, heads, each, s)
    y = tape.make(shape, tape.view(y, shape), tape.make(shape, x), in_place=True)
    y = tape.make(shape, tape.make(shape, gate), y)
    if part.inner_norm:
        grouped = (inner // part.groups, part.groups, each, s)
        y = norm(tape, tape.view(y, grouped), grouped, Style())
    return tape.make((hidden, t), tape.view(y, (inner, t)))


def short_conv(tape: Tape, inputs: Inputs, part: ShortConv, source: int, hidden: int) -> int:
    t, s = inputs.batch.tokens, inputs.batch.sequences
    each, width, keep = t // s, part.width, part.kernel - 1
    three = tape.make((3 * width, each, s), tape.view(source, (hidden, each, s)))
    b, c, x = (tape.view(three) for _ in range(3))
    turned = tape.view(tape.make((width, each, s), b, x))
    old = tape.view(read_state(tape, inputs, keep * width), (keep, width, s))
    joined = tape.make((keep + each, width, s), old, turned)
    tape.store(tape.view(joined))
    mixed_rows = tape.make((width, each, s), joined)
    y = tape.make((width, each, s), c, mixed_rows, in_place=True)
    return tape.view(tape.make((hidden, each, s), y), (hidden, t))


def gated_delta(
    tape: Tape, inputs: Inputs, part: LinearAttention, source: int, hidden: int, style: Style
) -> int:
    """Qwen3-Next's linear attention, with the fused operation."""
    t, s = inputs.batch.tokens, inputs.batch.sequences
    each, k, v = t // s, part.key_heads * part.key_dim, part.value_heads * part.value_dim
    width, state = 2 * k + v, v * part.value_dim
    mixed_rows = tape.view(tape.make((width, t), source), (width, each, s))
    gate_rows = tape.make((v, t), source)
    beta, alpha = _beta_alpha(tape, part, source, t, s, joined=style.joined_delta)
    decay = tape.view(alpha, (1, part.value_heads, each, s))
    old = tape.view(read_state(tape, inputs, (part.conv - 1) * width), (part.conv - 1, width, s))
    joined = tape.make((part.conv - 1 + each, width, s), old, tape.view(mixed_rows))
    tape.store(tape.view(joined))
    before = tape.view(read_state(tape, inputs, state), (part.value_dim, part.value_dim, part.value_heads, s))
    conv = tape.make((width, each, s), joined)
    conv = tape.make((width, each, s), conv, in_place=True)
    query, key, value = (tape.view(conv) for _ in range(3))
    query, key = (_key_heads(tape, part, one, t, s, repeats=style.joined_delta) for one in (query, key))
    y = tape.make((v * t + state * s,), query, key, value, decay, beta, before)
    tape.store(tape.view(y))
    shape = (part.value_dim, part.value_heads, each, s)
    out = norm(tape, tape.view(y, shape), shape, Style())
    gate = tape.make(shape, tape.view(gate_rows, shape), in_place=True)
    out = tape.make(shape, out, gate, in_place=True)
    flat = tape.view(out, (v, each, s))
    return tape.view(tape.make((hidden, each, s), flat), (hidden, t))


def _key_heads(tape: Tape, part: LinearAttention, value: int, t: int, s: int, *, repeats: bool) -> int:
    """Normalised queries or keys; Qwen3-Next repeats them for every value head."""
    value = tape.make((part.key_dim, part.key_heads, t // s, s), value)
    if not repeats or part.key_heads == part.value_heads:
        return value
    times = part.value_heads // part.key_heads
    value = tape.make((part.key_dim, times, part.key_heads, t), tape.view(value))
    return tape.view(value, (part.key_dim, part.value_heads, t // s, s))


def _beta_alpha(
    tape: Tape, part: LinearAttention, source: int, t: int, s: int, *, joined: bool
) -> tuple[int, int]:
    """How much is written and how much decays, per value head; from one matrix in Qwen3-Next."""
    heads, each = part.value_heads, t // s
    if joined:
        both = tape.make((2 * heads, t), source)
        beta = tape.make((heads // part.key_heads, part.key_heads, each, s), tape.view(both))
        beta = tape.make((heads // part.key_heads, part.key_heads, each, s), beta, in_place=True)
        alpha = tape.make((heads, each, s), tape.view(both))
        beta = tape.view(beta, (1, heads, each, s))
    else:
        beta = tape.view(tape.make((heads, t), source), (1, heads, each, s))
        beta = tape.make((1, heads, each, s), beta, in_place=True)
        alpha = tape.view(tape.make((heads, t), source), (heads, each, s))
    for _ in range(3):
        alpha = tape.make((heads, each, s), alpha, in_place=True)
    return beta, alpha


def kimi_delta(tape: Tape, inputs: Inputs, part: LinearAttention, source: int, hidden: int) -> int:
    """Kimi Linear: a convolution each for queries, keys and values, whose states lie side by side."""
    t, s = inputs.batch.tokens, inputs.batch.sequences
    each, heads, dim = t // s, part.value_heads, part.value_dim
    width, wide = heads * dim, (dim, heads, each, s)
    old = read_state(tape, inputs, 3 * (part.conv - 1) * width)
    query, key, value = (_convolved(tape, part, source, old, t, s) for _ in range(3))
    decay = tape.make((width, t), tape.make((dim, t), source))
    for _ in range(2):
        decay = tape.make((width, t), decay, in_place=True)
    decay = tape.view(tape.make((dim, heads, t), tape.view(decay, (dim, heads, t))), wide)
    beta = tape.view(tape.make((heads, t), source), (1, heads, each, s))
    beta = tape.make((1, heads, each, s), beta)
    state = width * dim
    before = tape.view(read_state(tape, inputs, state), (dim, dim, heads, s))
    query, key = tape.make(wide, query), tape.make(wide, key)
    y = tape.make((width * t + state * s,), query, key, value, decay, beta, before)
    tape.store(tape.view(y))
    flat = (dim, heads, t)
    out = norm(tape, tape.view(tape.make(wide, tape.view(y)), flat), flat, Style())
    gate = tape.make((width, t), tape.make((dim, t), tape.view(source, (hidden, t))))
    gate = tape.make(flat, tape.view(gate, flat))
    out = tape.make((width, t), tape.make(flat, out, gate, in_place=True))
    return tape.make((hidden, t), out)


def _convolved(tape: Tape, part: LinearAttention, source: int, old: int, t: int, s: int) -> int:
    width, each = part.value_heads * part.value_dim, t // s
    x = tape.view(tape.view(tape.make((width, t), source), (width, each, s)))
    joined = tape.make((part.conv - 1 + each, width, s), tape.view(old), x)
    tape.store(tape.view(joined))
    mixed = tape.view(tape.make((width, each, s), joined), (width, t))
    return tape.view(tape.make((width, t), mixed), (part.value_dim, part.value_heads, each, s))
