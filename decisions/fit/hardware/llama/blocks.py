"""The parts of llama.cpp's compute graph, as far as they take memory: attention and what goes into the cache.

A function puts its part on the tape and returns the value it makes, of width × tokens. Order and kept
values follow llama-graph.cpp and src/models of llama.cpp v0.5.0.
"""

from math import prod

from decisions.fit.hardware.architecture import Attention, Window
from decisions.fit.hardware.llama.sparse import attend_blocks, chooses_blocks, index_rows
from decisions.fit.hardware.llama.tape import Shape, Tape
from decisions.fit.hardware.llama.types import F16, TURN, Batch, Inputs, Style, norm


def attention(tape: Tape, inputs: Inputs, part: Attention, source: int, hidden: int, style: Style) -> int:
    """Self-attention with its output projection."""
    batch, t = inputs.batch, inputs.batch.tokens
    window = part.window is not Window.FULL
    query, key, value, gate = _queries_keys_values(tape, inputs, part, source, style)
    sparse = chooses_blocks(part, batch)
    index = index_rows(tape, inputs, part, source) if sparse else 0
    query, key, value = turned(tape, inputs, part, query, key, value, window=window)
    _walk_all(tape, batch, query, key, value, window_order=inputs_mixed(inputs) or sparse)
    store(tape, inputs, part, key, value, window=window, gaps=style.fused_qkv)
    kept = (part.key_dim, part.value_dim, part.kv_heads)
    if sparse:
        result = attend_blocks(tape, inputs, part, query, index)
    else:
        result = attend(tape, inputs, query, part.heads, part.value_dim, window, style, kept=kept)
    result = turned_back(tape, inputs, part, result, window=window)
    if gate is not None:
        gate = tape.make((part.heads * part.value_dim, t), gate, in_place=True)
        result = tape.make((part.heads * part.value_dim, t), result, gate, in_place=True)
    result = tape.make((hidden, t), result)
    return tape.make((hidden, t), result, in_place=True) if part.output_bias else result


def inputs_mixed(inputs: Inputs) -> bool:
    """Whether layers with and without a window have caches of their own."""
    return inputs.batch.window_cells > 0


def _queries_keys_values(
    tape: Tape, inputs: Inputs, part: Attention, source: int, style: Style
) -> tuple[int, int | None, int | None, int | None]:
    t = inputs.batch.tokens
    q_shape, k_shape = (part.key_dim, part.heads, t), (part.key_dim, part.kv_heads, t)
    v_shape = (part.value_dim, part.kv_heads, t)
    if style.fused_qkv:
        width = prod(q_shape[:2]) + prod(k_shape[:2]) + prod(v_shape[:2])
        fused = tape.make((width, t), source)
        if part.query_bias:
            fused = tape.make((width, t), fused, in_place=True)
        query, key, value = (tape.view(fused) for _ in range(3))
        gate = None
    else:
        query, gate = _query(tape, part, source, q_shape, style)
        if part.shares_cache:
            return _finish(tape, inputs, query, q_shape, style, part.query_norm_dim), None, None, gate
        key = _projected(tape, source, k_shape, part.kv_bias, style.wide_norm and part.key_norm_dim > 0)
        value = key if part.value_is_key else _projected(tape, source, v_shape, part.kv_bias, wide=False)
    query = _finish(tape, inputs, query, q_shape, style, part.query_norm_dim)
    if style.scaled_query and style.rope != "all":
        query = tape.make(q_shape, query, inputs.get("scales", 4, t), in_place=True)
    if style.value_norm:
        value = tape.make(v_shape, value, in_place=True)
    key = _finish(tape, inputs, key, k_shape, style, part.key_norm_dim)
    return query, key, value, gate


def _query(tape: Tape, part: Attention, source: int, shape: Shape, style: Style) -> tuple[int, int | None]:
    t = shape[2]
    if not part.gate:
        wide = style.wide_norm and part.query_norm_dim > 0
        return _projected(tape, source, shape, part.query_bias, wide), None
    if style.gate_apart:
        gate = tape.make((part.key_dim * part.heads, t), source)
        return _projected(tape, source, shape, part.query_bias, wide=False), gate
    both = tape.make((2 * part.key_dim * part.heads, t), source)
    gate = tape.make((part.key_dim * part.heads, t), tape.view(both))
    return tape.view(both), gate


def _projected(tape: Tape, source: int, shape: Shape, bias: bool, wide: bool) -> int:
    flat = (shape[0] * shape[1], shape[2])
    value = tape.make(flat, source)
    if bias:
        value = tape.make(flat, value, in_place=True)
    if wide:
        value = norm(tape, value, flat, Style())
    return tape.view(value, shape)


def _finish(tape: Tape, inputs: Inputs, value: int, shape: Shape, style: Style, norm_dim: int) -> int:
    """Norm per head and rotary embedding, both in place where the value has no gaps."""
    if (norm_dim and not style.wide_norm) or style.makes_norms:
        value = norm(tape, value, shape, style)
    if style.rope == "all":
        value = tape.make(shape, value, inputs.positions(), in_place=True)
    return value


def turned(
    tape: Tape,
    inputs: Inputs,
    part: Attention,
    query: int,
    key: int | None,
    value: int | None,
    *,
    window: bool,
) -> tuple[int, int | None, int | None]:
    """Queries, keys and values as a quantized cache has them."""
    batch, t = inputs.batch, inputs.batch.tokens
    if batch.turns_keys:
        width = turn_width(part.key_dim)
        query = _rotate(tape, inputs, "key", query, (part.key_dim, part.heads, t), width, window)
        if key is not None:
            key = _rotate(tape, inputs, "key", key, (part.key_dim, part.kv_heads, t), width, window)
    if batch.turns_values and value is not None:
        value = _rotate(tape, inputs, "value", value, (part.value_dim, part.kv_heads, t), TURN, window)
    return query, key, value


def turned_back(tape: Tape, inputs: Inputs, part: Attention, result: int, *, window: bool) -> int:
    """What attention makes of turned values, turned back."""
    if not inputs.batch.turns_values:
        return result
    flat = (part.heads * part.value_dim, inputs.batch.tokens)
    return _rotate(tape, inputs, "value", result, flat, TURN, window)


def turn_width(key_dim: int) -> int:
    """The widest power of two, from 64 on, that divides the heads' width."""
    width = TURN
    while not key_dim % (2 * width):
        width *= 2
    return width


def _rotate(tape: Tape, inputs: Inputs, kind: str, value: int, shape: Shape, width: int, window: bool) -> int:
    flat = (width, prod(shape) // width)
    plain = tape.make(flat, value) if tape.has_gaps(value) else tape.view(value, flat)
    turned = tape.make(flat, inputs.rotation(kind, width, window), plain)
    return tape.view(turned, shape)


def _walk_all(
    tape: Tape, batch: Batch, query: int, key: int | None, value: int | None, *, window_order: bool
) -> None:
    tape.walk(query)
    for one in (key, value) if window_order else (value, key):
        if one is not None:
            tape.walk(one)


def store(
    tape: Tape,
    inputs: Inputs,
    part: Attention,
    key: int | None,
    value: int | None,
    *,
    window: bool,
    gaps: bool,
) -> None:
    """Write keys and values into the cache; without flash attention values are stored turned, and copied
    first where they have gaps."""
    batch, t = inputs.batch, inputs.batch.tokens
    if key is not None:
        flat = (part.key_dim * part.kv_heads, t)
        tape.store(tape.view(key, flat), inputs.key_rows(window))
    if value is None:
        return
    width = part.value_dim * part.kv_heads
    if batch.flash:
        tape.store(tape.view(value, (width, t)), inputs.value_rows(window))
        return
    row = tape.make((width, t), value) if gaps else tape.view(value, (width, t))
    if width < batch.value_width:
        row = tape.make((batch.value_width, t), row)
    tape.store(tape.view(row, (1, batch.value_width * t)), inputs.value_rows(window))


def attend(
    tape: Tape,
    inputs: Inputs,
    query: int,
    heads: int,
    value_dim: int,
    window: bool,
    style: Style,
    *,
    kept: tuple[int, int, int],
    expand: int = 0,
    mask: int | None = None,
) -> int:
    """Scores against the cache and their sum. `expand` is the value width after decompression (MLA): the
    cache's values are part of its keys then, and are copied into another order without flash attention.
    `kept` are the widths of a cached key and value and how many heads are cached."""
    batch, t, s = inputs.batch, inputs.batch.tokens, inputs.batch.streams
    cells = batch.window_cells if window else batch.cells
    view = tape.view(tape.view(query))
    mask = inputs.mask(window) if mask is None else mask
    if batch.flash:
        keys, values = _narrowed(tape, batch, kept, cells)
        result = tape.make((value_dim, heads, t // s, s), view, keys, values, mask)
        if expand:
            wide = tape.make((expand, t, heads), tape.view(result))
            result = tape.make((expand, heads, t), tape.view(wide))
        result = tape.view(result, ((expand or value_dim) * heads, t))
    else:
        scores = tape.make((cells, t // s, heads, s), view)
        for _ in range(3 if style.soft_cap else 0):
            scores = tape.make((cells, t // s, heads, s), scores, in_place=True)
        scores = tape.make((cells, t // s, heads, s), scores, mask, in_place=True)
        turned = tape.make((cells, value_dim, 1, s), width=4 if batch.wide_keys else F16) if expand else None
        result = tape.make((value_dim, t // s, heads, s), turned, scores)
        if expand:
            result = tape.make((expand, t // s, heads, s), result)
        result = tape.make(((expand or value_dim) * heads, t), tape.view(result))
    tape.walk(result)
    return result


def _narrowed(
    tape: Tape, batch: Batch, kept: tuple[int, int, int], cells: int
) -> tuple[int | None, int | None]:
    """Copies in 16 bits of what the cache keeps in 32, for flash attention."""
    key_dim, value_dim, heads = kept
    keys = tape.make((key_dim, cells, heads, batch.streams), width=F16) if batch.wide_keys else None
    values = tape.make((value_dim, cells, heads, batch.streams), width=F16) if batch.wide_values else None
    return keys, values
