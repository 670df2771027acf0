"""What Gemma 3n and 4 add to a layer on the tape of llama.cpp's graph: embeddings per layer, a dense part
beside experts, and Gemma 3n's four parallel streams (v0.5.0, src/models/gemma3n.cpp and gemma4.cpp)."""

from decisions.fit.hardware.architecture import Experts
from decisions.fit.hardware.llama.parts import dense, mixed, routed_by
from decisions.fit.hardware.llama.tape import Tape
from decisions.fit.hardware.llama.types import Style, norm

STREAMS = 4
SPARSE_LAYERS = 10
LAUREL = 64


def layer_embeddings(tape: Tape, hidden: int, width: int, layers: int, t: int) -> int:
    """Embeddings of all layers: looked up, and projected from the first hidden values."""
    rows = tape.make((width * layers, t), tape.input(4, t))
    looked_up = tape.make((width, layers, t), tape.view(rows, (width, layers, t)), in_place=True)
    tape.walk(looked_up)
    projected = tape.make((width * layers, t), tape.make((width * layers, t), hidden), in_place=True)
    projected = norm(tape, tape.view(projected, (width, layers, t)), (width, layers, t), Style())
    total = tape.make((width, layers, t), projected, looked_up, in_place=True)
    total = tape.make((width, layers, t), total, in_place=True)
    return tape.make((width, t, layers), tape.view(total))


def with_embedding(tape: Tape, x: int, embeddings: int, width: int, hidden: int, t: int) -> int:
    """A layer's result with its own embedding (Gemma 4)."""
    gate = tape.make((width, t), tape.make((width, t), x), in_place=True)
    gate = tape.make((width, t), gate, tape.view(embeddings), in_place=True)
    value = norm(tape, tape.make((hidden, t), gate), (hidden, t), Style())
    return tape.make((hidden, t), x, value, in_place=True)


def experts_beside(tape: Tape, part: Experts, x: int, n: int, hidden: int, style: Style) -> int:
    """Gemma 4's experts beside a dense part, each between norms of its own."""
    wide = (hidden, n)
    plain = dense(tape, norm(tape, x, wide, style), part.dense_inner, n, hidden, style)
    plain = norm(tape, plain, wide, style)
    source = norm(tape, x, wide, style)
    router = tape.make(wide, x, in_place=True)
    for _ in range(2):
        router = tape.make(wide, router, in_place=True)
    choice = routed_by(tape, part, tape.make((part.count, n), router), n, style)
    routed = norm(tape, mixed(tape, part, source, choice, n, hidden, style), wide, style)
    return tape.make(wide, plain, routed, in_place=True)


def spread(tape: Tape, x: int, hidden: int, t: int) -> int:
    """Gemma 3n's four streams from the first hidden values."""
    wide = (hidden, t, STREAMS - 1)
    target = _magnitude(tape, x, (hidden, t))
    added = tape.make(wide, tape.make(wide, x))
    fresh = _magnitude(tape, added, wide)
    added = tape.make(wide, tape.make(wide, added, target, in_place=True), fresh, in_place=True)
    return tape.make((hidden, t, STREAMS), x, added)


def gathered(tape: Tape, x: int, hidden: int, t: int) -> int:
    """One stream from four."""
    wide = (hidden, t, STREAMS - 1)
    target = _magnitude(tape, tape.view(x), (hidden, t))
    rest = tape.make(wide, tape.view(x))
    fresh = _magnitude(tape, rest, wide)
    rest = tape.make(wide, tape.make(wide, rest, target, in_place=True), fresh, in_place=True)
    total = tape.view(x, (hidden, t))
    for _ in range(STREAMS - 1):
        total = tape.make((hidden, t), total, tape.view(rest), in_place=True)
    return tape.make((hidden, t), total, in_place=True)


def _magnitude(tape: Tape, x: int, shape: tuple[int, ...]) -> int:
    total = tape.make((1, *shape[1:]), tape.make(shape, x, in_place=True))
    return tape.make((1, *shape[1:]), total, in_place=True)


def _modalities(tape: Tape, x: int, hidden: int, t: int) -> int:
    router = norm(tape, x, (hidden, t), Style())
    router = tape.make((hidden, t), router, in_place=True)
    return tape.make((STREAMS, t), tape.make((STREAMS, t), router), in_place=True)


def predicted(tape: Tape, streams: int, hidden: int, t: int) -> int:
    """What the layer expects of all streams, from the active one."""
    wide = (hidden, t, STREAMS)
    chosen = _modalities(tape, tape.view(streams, (hidden, t)), hidden, t)
    factors = tape.view(tape.make((STREAMS * STREAMS, t), chosen), (STREAMS, STREAMS, t))
    turned = tape.make((STREAMS, hidden, t), tape.view(streams))
    value = tape.make(wide, tape.view(tape.make((STREAMS, hidden, t), turned, factors)))
    return tape.make(wide, value, streams, in_place=True)


def laurel(tape: Tape, source: int, hidden: int, t: int) -> int:
    """A low-rank part beside attention."""
    value = norm(tape, tape.make((hidden, t), tape.make((LAUREL, t), source)), (hidden, t), Style())
    return tape.make((hidden, t), value, source, in_place=True)


def sparse_gate(tape: Tape, gate: int, inner: int, t: int) -> int:
    """Gate values below a quantile of their row are set to zero in early layers."""
    mean = tape.make((1, t), gate)
    spread_out = tape.make((inner, t), tape.make((inner, t), gate, mean, in_place=True), in_place=True)
    deviation = tape.make((1, t), spread_out)
    for _ in range(3):
        deviation = tape.make((1, t), deviation, in_place=True)
    cut = tape.make((1, t), mean, deviation, in_place=True)
    return tape.make((inner, t), tape.make((inner, t), gate, cut, in_place=True), in_place=True)


def gemma3n_dense(tape: Tape, source: int, inner: int, t: int, hidden: int, style: Style) -> int:
    gate, up = tape.make((inner, t), source), tape.make((inner, t), source)
    if style.sparse_gate:
        gate = sparse_gate(tape, gate, inner, t)
    gate = tape.make((inner, t), gate, in_place=True)
    return tape.make((hidden, t), tape.make((inner, t), up, gate, in_place=True))


def corrected(
    tape: Tape, predictions: int, active: int, embeddings: int, width: int, hidden: int, t: int
) -> int:
    """All streams after a layer, the layer's own embedding added to the passive ones."""
    wide = (hidden, t, STREAMS)
    chosen = _modalities(tape, active, hidden, t)
    change = tape.make((hidden, t), active, tape.view(predictions, (hidden, t)), in_place=True)
    factors = tape.make((STREAMS, t), tape.make((STREAMS, t), chosen), in_place=True)
    factors = tape.make((1, t, STREAMS), tape.view(factors))
    value = tape.make(wide, tape.make(wide, change), factors, in_place=True)
    value = tape.make(wide, value, predictions, in_place=True)
    first = tape.make((hidden, t), tape.view(value, (hidden, t)), in_place=True)
    first = tape.make((width, t), tape.make((width, t), first), in_place=True)
    first = tape.make((width, t), first, tape.view(embeddings), in_place=True)
    first = norm(tape, tape.make((hidden, t), first), (hidden, t), Style())
    rest = tape.make((hidden, t, STREAMS - 1), tape.view(value), first, in_place=True)
    return tape.make(wide, tape.view(value, (hidden, t)), rest)
