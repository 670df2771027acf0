"""MiniMax-M3's sparse attention on the tape of llama.cpp's graph (v0.5.0, src/models/minimax-m3.cpp): blocks
of the context are scored for each group of heads, and all but the best are masked."""

from decisions.fit.hardware.architecture import Attention
from decisions.fit.hardware.llama.tape import Tape
from decisions.fit.hardware.llama.types import F16, I64, Batch, Inputs, Style, norm

POSITIONS, BLOCKS = 256, 4
"""The engine reserves for an empty cache: 256 positions, four blocks, all of which are let through."""


def chooses_blocks(part: Attention, batch: Batch) -> bool:
    """Only with flash attention, and where each sequence has a cache of its own; else attention is dense."""
    return part.index_dim > 0 and batch.flash and (batch.sequences == 1 or batch.streams > 1)


def sparse_mask(tape: Tape, inputs: Inputs) -> int:
    """The mask in 32 bits, made once for all layers."""
    batch = inputs.batch
    if inputs.wide_mask is None:
        shape = (batch.cells, batch.tokens // batch.streams, 1, batch.streams)
        inputs.wide_mask = tape.make(shape, inputs.mask(False))
    return inputs.wide_mask


def index_rows(tape: Tape, inputs: Inputs, part: Attention, source: int) -> int:
    """The indexer's queries; its keys are stored."""
    t, dim = inputs.batch.tokens, part.index_dim
    query = tape.view(tape.make((dim * part.index_heads, t), source), (dim, part.index_heads, t))
    key = tape.view(tape.make((dim, t), source), (dim, 1, t))
    query = norm(tape, query, (dim, part.index_heads, t), Style())
    key = norm(tape, key, (dim, 1, t), Style())
    query = tape.make((dim, part.index_heads, t), query, inputs.positions(), in_place=True)
    key = tape.make((dim, 1, t), key, inputs.positions(), in_place=True)
    tape.store(tape.view(key, (dim, t)), inputs.get("index rows", I64, t))
    return query


def attend_blocks(tape: Tape, inputs: Inputs, part: Attention, query: int, index: int) -> int:
    """Attention of each stream under a mask of its own, one after another."""
    streams = inputs.batch.streams
    wide = part.heads * part.value_dim
    parts = [_stream(tape, inputs, part, query, index) for _ in range(streams)]
    each = inputs.batch.tokens // streams
    result = parts[0]
    for i, one in enumerate(parts[1:], 2):
        result = tape.make((wide, each * i), result, one)
    tape.walk(result)
    return result


def _stream(tape: Tape, inputs: Inputs, part: Attention, query: int, index: int) -> int:
    batch, heads = inputs.batch, part.index_heads
    each, cells = batch.tokens // batch.streams, batch.cells
    slots = tape.view(inputs.get("slots", 4, POSITIONS, batch.streams))
    keys = tape.make((part.index_dim, POSITIONS), slots)
    scores = tape.make((POSITIONS, heads * each), keys, tape.view(index))
    scores = tape.view(scores, (POSITIONS, heads, each))
    hidden = tape.view(inputs.get("hidden positions", 4, POSITIONS, batch.tokens))
    scores = tape.look(scores, (scores, hidden))
    bias = tape.view(inputs.get("block bias", 4, BLOCKS, batch.tokens))
    best = tape.make((BLOCKS, heads, each), tape.make((BLOCKS, heads, each), scores), bias, in_place=True)
    chosen = tape.make((BLOCKS, heads, each), best)
    closed = tape.make((BLOCKS, 1, each), tape.make((BLOCKS, 1, each), bias), width=F16)
    closed = tape.make((BLOCKS, heads, each), closed, width=F16)
    zero = tape.make((BLOCKS, heads, each), chosen)
    zero = tape.make((BLOCKS, heads, each), zero, in_place=True)
    opened = tape.look(tape.view(closed), (tape.view(zero), tape.view(chosen), tape.view(closed)))
    turned = tape.make((BLOCKS, each, heads), tape.view(opened), width=F16)
    turned = tape.make((each * heads, BLOCKS), tape.view(turned), width=F16)
    by_cell = tape.make(
        (each * heads, cells), turned, tape.view(inputs.get("cell blocks", 4, cells, batch.streams))
    )
    mask = tape.make((cells, each * heads), tape.view(by_cell))
    mask = tape.view(mask, (cells, each, heads))
    mask = tape.look(mask, (mask, tape.view(sparse_mask(tape, inputs))))
    mask = tape.make((cells, each, 1, heads), tape.view(mask), width=F16)
    out = tape.make((part.value_dim, heads, each, part.heads // heads), tape.view(tape.view(query)), mask)
    out = tape.make((part.value_dim, part.heads, each), tape.view(out))
    return tape.view(out, (part.value_dim * part.heads, each))
