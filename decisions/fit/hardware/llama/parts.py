"""Feed-forward parts and experts on the tape of llama.cpp's graph (v0.5.0)."""

from decisions.fit.hardware.architecture import Dense, Experts
from decisions.fit.hardware.llama.tape import Tape
from decisions.fit.hardware.llama.types import Style

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


def feed_forward(tape: Tape, part: Dense | Experts, source: int, n: int, hidden: int, style: Style) -> int:
    if isinstance(part, Dense):
        return dense(tape, source, part.inner, n, hidden, style, gated=part.gated, bias=part.bias)
    return experts(tape, part, source, n, hidden, style)
