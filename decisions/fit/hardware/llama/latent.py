"""Latent attention, with DeepSeek-V3.2's sparse indexer, on the tape of llama.cpp's graph (v0.5.0)."""

from decisions.fit.hardware.architecture import Attention, LatentAttention
from decisions.fit.hardware.llama.blocks import attend, store, turn_width, turned, turned_back
from decisions.fit.hardware.llama.tape import Tape
from decisions.fit.hardware.llama.types import F16, I64, Inputs, Style, norm

BEST = 2048  # rows the indexer lets through


def latent_attention(
    tape: Tape, inputs: Inputs, part: LatentAttention, source: int, hidden: int, style: Style
) -> int:
    """Multi-head latent attention with the matrices absorbed into queries and results."""
    t, key_dim = inputs.batch.tokens, part.nope_dim + part.rope_dim
    if part.query_rank:
        low = norm(tape, tape.make((part.query_rank, t), source), (part.query_rank, t), style)
        if part.index_dim:
            inputs.best = _chosen_rows(tape, inputs, part, source, low)
        flat = tape.make((key_dim * part.heads, t), low)
    else:
        flat = tape.make((key_dim * part.heads, t), source)
    query = tape.view(flat, (key_dim, part.heads, t))
    both = tape.make((part.kv_rank + part.rope_dim, t), source)
    latent, rope_key = tape.view(both), tape.view(both)
    if style.rope == "all":
        rope_key = tape.make((part.rope_dim, 1, t), rope_key, inputs.positions(), in_place=True)
    latent = norm(tape, latent, (part.kv_rank, t), style)
    if style.expands:
        return _expanded(tape, inputs, part, (query, latent, rope_key), hidden, style)
    plain, rope_query = tape.view(query), tape.view(query)
    if style.rope == "all":
        rope_query = tape.make((part.rope_dim, part.heads, t), rope_query, inputs.positions(), in_place=True)
    absorbed = tape.view(tape.make((part.kv_rank, t, part.heads), tape.view(plain)))
    width = part.kv_rank + part.rope_dim
    query = tape.make((width, part.heads, t), absorbed, rope_query)
    latent = tape.view(latent, (part.kv_rank, 1, t))
    key = tape.make((width, 1, t), latent, rope_key)
    for value in (query, latent, key):
        tape.walk(value)
    tape.store(tape.view(key, (width, t)), inputs.key_rows(False))
    mask = _sparse_mask(tape, inputs) if inputs.best is not None else None
    kept = (width, part.kv_rank, 1)
    result = attend(
        tape,
        inputs,
        query,
        part.heads,
        part.kv_rank,
        False,
        style,
        kept=kept,
        expand=part.value_dim,
        mask=mask,
    )
    return tape.make((hidden, t), result)


def _expanded(
    tape: Tape,
    inputs: Inputs,
    part: LatentAttention,
    values: tuple[int, int, int],
    hidden: int,
    style: Style,
) -> int:
    """MiniCPM3: keys and values of every head are made and cached."""
    t, key_dim = inputs.batch.tokens, part.nope_dim + part.rope_dim
    query, latent, rope_key = values
    both = tape.make(((part.nope_dim + part.value_dim) * part.heads, t), latent)
    value = tape.make((part.value_dim, part.heads, t), tape.view(both))
    query = tape.make((key_dim, part.heads, t), query, inputs.positions(), in_place=True)
    repeated = tape.make((part.rope_dim, part.heads, t), rope_key)
    key = tape.make((key_dim, part.heads, t), tape.view(both), repeated)
    heads = Attention(part.heads, part.heads, key_dim, part.value_dim)
    query, kept_key, kept_value = turned(tape, inputs, heads, query, key, value, window=False)
    for one in (query, kept_value, kept_key):
        if one is not None:
            tape.walk(one)
    store(tape, inputs, heads, kept_key, kept_value, window=False, gaps=False)
    kept = (key_dim, part.value_dim, part.heads)
    result = attend(tape, inputs, query, part.heads, part.value_dim, False, style, kept=kept)
    result = turned_back(tape, inputs, heads, result, window=False)
    return tape.make((hidden, t), result)


def _chosen_rows(tape: Tape, inputs: Inputs, part: LatentAttention, source: int, low: int) -> int:
    """The rows with the best scores of the indexer, whose keys have a cache of their own."""
    batch, t, s = inputs.batch, inputs.batch.tokens, inputs.batch.streams
    dim, heads = part.index_dim, part.index_heads
    query = tape.view(tape.make((dim * heads, t), low), (dim, heads, t))
    query = tape.make((dim, heads, t), query, inputs.positions(), in_place=True)
    key = norm(tape, tape.make((dim, t), source), (dim, t), Style(layer_norm=True))
    key = tape.view(tape.make((dim, t), key, in_place=True), (dim, 1, t))
    key = tape.make((dim, 1, t), key, inputs.positions(), in_place=True)
    rotation = inputs.rotation("index", turn_width(dim), window=False)
    query = tape.make((dim, heads, t), rotation, query)
    key = tape.make((dim, 1, t), rotation, key)
    tape.store(tape.view(key, (dim, t)), inputs.get("index rows", I64, t))
    weights = tape.view(tape.make((heads, t), source))
    weights = tape.make((heads, t // s, 1, s), weights, in_place=True)
    mask = inputs.get("index mask", F16, batch.cells, t)
    scores = tape.make((batch.cells, t // s, 1, s), tape.view(query), weights, mask)
    best = (min(BEST, batch.cells), t // s, 1, s)
    return tape.make(best, tape.make(best, scores))


def _sparse_mask(tape: Tape, inputs: Inputs) -> int:
    """The mask with all but the chosen rows closed. The engine makes a value of zeros for every layer, which
    has its place from the start."""
    batch, t, s = inputs.batch, inputs.batch.tokens, inputs.batch.streams
    width = F16 if batch.flash else 4
    shape, best = (batch.cells, t // s, 1, s), min(BEST, batch.cells)
    closed = tape.make(shape, inputs.mask(False), width=width, in_place=True)
    rows = (1, best, t // s, s)
    zeros = tape.make(rows, tape.input(4, best, t, shape=rows), in_place=True)
    opened = tape.look(tape.view(closed), (zeros, tape.view(inputs.best or 0), tape.view(closed)))
    return tape.make(shape, tape.view(opened), inputs.mask(False), width=width)
