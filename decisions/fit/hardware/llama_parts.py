"""Feed-forward parts, experts and recurrent states on the tape of llama.cpp's graph (v0.5.0)."""

from decisions.fit.hardware.architecture import Dense, Experts, LinearAttention, ShortConv, StateSpace
from decisions.fit.hardware.llama_types import Inputs, Style, norm
from decisions.fit.hardware.tape import Tape

I32 = 4


def dense(
    tape: Tape,
    source: int,
    inner: int,
    n: int,
    hidden: int,
    style: Style,
    *,
    gated: bool = True,
    bias: bool = False,
) -> int:
    """Gate and up projection, their product, down projection, for `n` tokens."""
    wide = (inner, n)
    if not gated:
        value = tape.make(wide, _linear(tape, wide, source, bias), in_place=True)
        if style.squared:
            value = tape.make(wide, value, in_place=True)
    elif style.fused_up:
        value = tape.make(wide, tape.make((2 * inner, n), source))
    else:
        gate, up = _linear(tape, wide, source, bias), _linear(tape, wide, source, bias)
        value = tape.make(wide, gate, up)
    return _linear(tape, (hidden, n), value, bias)


def _linear(tape: Tape, shape: tuple[int, ...], source: int, bias: bool) -> int:
    value = tape.make(shape, source)
    return tape.make(shape, value, in_place=True) if bias else value


def experts(tape: Tape, part: Experts, source: int, n: int, hidden: int, style: Style) -> int:
    """Routed experts with the shared one beside them, for `n` tokens."""
    width = part.latent or hidden
    inner = tape.make((width, n), source) if part.latent else source
    routed = _routed(tape, part, source, inner, n, width, style)
    if part.latent:
        routed = tape.make((hidden, n), routed)
    shared = _shared(tape, part, source, n, hidden, style)
    return routed if shared is None else tape.make((hidden, n), routed, shared, in_place=True)


def _shared(tape: Tape, part: Experts, source: int, n: int, hidden: int, style: Style) -> int | None:
    if not part.shared_inner:
        return None
    value = dense(tape, source, part.shared_inner, n, hidden, style, gated=part.gated)
    if part.shared_gate:
        gate = tape.make((1, n), source)
        active = tape.make((1, n), gate, in_place=True)
        gate = tape.make((1, n), active, gate, in_place=True) if style.silu_gate else active
        value = tape.make((hidden, n), value, gate, in_place=True)
    return value


def has_selection_bias(part: Experts, style: Style) -> bool:
    """Whether a bias helps to choose experts, and does not weigh them: only gpt-oss has one of its logits."""
    return style.selection_bias or (part.router_bias and style.router != "late_softmax")


def routed_by(tape: Tape, part: Experts, logits: int, n: int, style: Style) -> tuple[int, int]:
    """Which experts each token takes, and their weights."""
    count, active = part.count, part.active
    probabilities = logits if style.router == "late_softmax" else tape.make((count, n), logits, in_place=True)
    choice = probabilities
    if has_selection_bias(part, style):
        choice = tape.make((count, n), probabilities, in_place=True)
    if style.weigh_first:
        choice = logits
    if style.groups > 1:
        choice = _best_groups(tape, count, choice, n, style.groups)
    chosen = tape.view(tape.make((count, n), choice, width=I32))
    weights = tape.make((1, active, n), tape.view(probabilities, (1, count, n)), chosen)
    if style.router == "late_softmax":
        weights = tape.make((active, n), tape.view(weights, (active, n)), in_place=True)
        weights = tape.view(weights, (1, active, n))
    if style.normalised:
        flat = tape.view(weights, (active, n))
        total = tape.make((1, n), tape.make((1, n), flat), in_place=True)
        weights = tape.view(tape.make((active, n), flat, total, in_place=True), (1, active, n))
    if style.scaled:
        weights = tape.make((1, active, n), weights, in_place=True)
    tape.walk(weights)
    return chosen, weights


def _best_groups(tape: Tape, count: int, choice: int, n: int, groups: int) -> int:
    each = count // groups
    grouped = tape.view(choice, (each, groups, n))
    best = tape.view(tape.make((each, groups, n), grouped, width=I32))
    scores = tape.make((1, 2, groups, n), tape.view(grouped, (1, each, groups, n)), best)
    total = tape.view(tape.make((1, groups, n), tape.view(scores, (2, groups, n))), (groups, n))
    chosen = tape.view(tape.make((groups, n), total, width=I32))
    rows = tape.make((each, max(1, groups // 2), n), grouped, chosen)
    filled = tape.make((each, groups, n), grouped, in_place=True)
    return tape.view(tape.look(filled, (rows, chosen, filled)), (count, n))


def _routed(tape: Tape, part: Experts, router: int, source: int, n: int, width: int, style: Style) -> int:
    logits = tape.make((part.count, n), router)
    if part.router_bias and not has_selection_bias(part, style):
        logits = tape.make((part.count, n), logits, in_place=True)
    return mixed(tape, part, source, routed_by(tape, part, logits, n, style), n, width, style)


def mixed(
    tape: Tape, part: Experts, source: int, choice: tuple[int, int], n: int, width: int, style: Style
) -> int:
    """The chosen experts' outputs, weighed and added."""
    chosen, weights = choice
    active = part.active
    wide = (part.inner, active, n)
    value = tape.view(source, (width, 1, n))
    if style.weigh_first:
        value = tape.make((width, active, n), tape.make((width, active, n), value), weights, in_place=True)
    if not part.gated:
        value = tape.make(wide, value, chosen)
        for _ in range(2 if style.squared else 1):
            value = tape.make(wide, value, in_place=True)
    elif style.fused_experts:
        both = tape.make((2 * part.inner, active, n), value, chosen)
        value = tape.make(wide, tape.view(both), tape.view(both))
    else:
        gate, up = (_chosen(tape, wide, value, chosen, part.bias) for _ in range(2))
        value = tape.make(wide, gate, up)
    out = _chosen(tape, (width, active, n), value, chosen, part.bias)
    if not style.weigh_first:
        out = tape.make((width, active, n), out, weights, in_place=True)
    tape.walk(out)
    slices = [tape.view(out) for _ in range(active)]
    for one in slices:
        tape.walk(one)
    total = slices[0]
    for one in slices[1:]:
        total = tape.make((width, n), total, one, in_place=True)
        tape.walk(total)
    return tape.make((width, n), total) if active == 1 else total


def _chosen(tape: Tape, shape: tuple[int, ...], source: int, chosen: int, bias: bool) -> int:
    value = tape.make(shape, source, chosen)
    return tape.make(shape, value, chosen, in_place=True) if bias else value


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


def gated_delta(tape: Tape, inputs: Inputs, part: LinearAttention, source: int, hidden: int) -> int:
    """Qwen3-Next's linear attention, with the fused operation."""
    t, s = inputs.batch.tokens, inputs.batch.sequences
    each, k, v = t // s, part.key_heads * part.key_dim, part.value_heads * part.value_dim
    width, state = 2 * k + v, v * part.value_dim
    mixed_rows = tape.view(tape.make((width, t), source), (width, each, s))
    gate_rows = tape.make((v, t), source)
    beta = tape.view(tape.make((part.value_heads, t), source), (1, part.value_heads, each, s))
    beta = tape.make((1, part.value_heads, each, s), beta, in_place=True)
    alpha = tape.view(tape.make((part.value_heads, t), source), (part.value_heads, each, s))
    for _ in range(3):
        alpha = tape.make((part.value_heads, each, s), alpha, in_place=True)
    decay = tape.view(alpha, (1, part.value_heads, each, s))
    old = tape.view(read_state(tape, inputs, (part.conv - 1) * width), (part.conv - 1, width, s))
    joined = tape.make((part.conv - 1 + each, width, s), old, tape.view(mixed_rows))
    tape.store(tape.view(joined))
    before = tape.view(read_state(tape, inputs, state), (part.value_dim, part.value_dim, part.value_heads, s))
    conv = tape.make((width, each, s), joined)
    conv = tape.make((width, each, s), conv, in_place=True)
    query, key, value = (tape.view(conv) for _ in range(3))
    query = tape.make((part.key_dim, part.key_heads, each, s), query)
    key = tape.make((part.key_dim, part.key_heads, each, s), key)
    y = tape.make((v * t + state * s,), query, key, value, decay, beta, before)
    tape.store(tape.view(y))
    shape = (part.value_dim, part.value_heads, each, s)
    out = norm(tape, tape.view(y, shape), shape, Style())
    gate = tape.make(shape, tape.view(gate_rows, shape), in_place=True)
    out = tape.make(shape, out, gate, in_place=True)
    flat = tape.view(out, (v, each, s))
    return tape.view(tape.make((hidden, each, s), flat), (hidden, t))


def feed_forward(tape: Tape, part: Dense | Experts, source: int, n: int, hidden: int, style: Style) -> int:
    if isinstance(part, Dense):
        return dense(tape, source, part.inner, n, hidden, style, gated=part.gated, bias=part.bias)
    return experts(tape, part, source, n, hidden, style)
