"""How values of a graph are laid out: places are taken over, holes are filled, inputs come first."""

import pytest

from decisions.fit.hardware.llama.buffers import batch_of
from decisions.fit.hardware.llama.graph import graph_range
from decisions.fit.hardware.llama.tape import Tape, trim
from decisions.fit.hardware.llama.tape_plan import _free
from tests.fit.hardware.settings import asked
from tests.fit.hardware.shapes import SHAPES

ROW = 32


def begun():
    """A tape with one input that stays, so that nothing else can have its place."""
    tape = Tape()
    start = tape.input(ROW)
    tape.keep(start)
    return tape, start


def row(tape, *sources, in_place=False):
    return tape.make((8,), *sources, in_place=in_place)


def test_a_value_in_place_takes_no_room():
    tape, start = begun()
    tape.walk(row(tape, row(tape, start), in_place=True))
    assert tape.peak() == 2 * ROW


def test_a_value_somebody_else_needs_is_not_taken_over():
    tape, start = begun()
    first = row(tape, start)
    second = row(tape, first, in_place=True)
    tape.walk(row(tape, second, first))
    assert tape.peak() == 4 * ROW


def test_another_look_is_not_taken_over():
    tape, start = begun()
    first = row(tape, start)
    tape.walk(row(tape, tape.view(first, (8,)), in_place=True))
    assert tape.peak() == 3 * ROW


def test_holes_are_filled():
    tape, start = begun()
    tape.walk(row(tape, row(tape, row(tape, start))))
    assert tape.peak() == 3 * ROW


def test_a_kept_value_stays():
    tape, start = begun()
    first = row(tape, start)
    tape.keep(first)
    tape.walk(row(tape, row(tape, first)))
    assert tape.peak() == 4 * ROW


def test_sources_are_walked_once_and_first():
    tape, start = begun()
    first = row(tape, start)
    both = row(tape, first, first)
    tape.walk(both)
    tape.walk(both)
    assert tape.peak() == 3 * ROW


def test_a_freed_input_leaves_a_hole():
    tape = Tape()
    tape.walk(row(tape, row(tape, tape.input(ROW))))
    assert tape.peak() == 2 * ROW


def test_sizes_are_rounded_and_shapes_trimmed():
    tape = Tape()
    tape.walk(tape.make((1,), tape.input(1)))
    assert tape.peak() == 2 * ROW
    assert trim((4, 2, 1, 1)) == (4, 2)
    assert trim((1, 1)) == (1,)


def test_an_input_with_a_shape_may_be_taken_over():
    tape = Tape()
    tape.walk(row(tape, tape.input(ROW, shape=(8,)), in_place=True))
    assert tape.peak() == ROW


def test_a_hole_of_no_size_keeps_others_apart():
    """What is freed before it joins it, and not the hole that begins at the same place (llama.cpp v0.5.0, in
    LFM2 with 2,048 tokens a pass)."""
    holes, rooms = [4, 4], [0, 8]
    _free(holes, rooms, 2, 2)
    assert (holes, rooms) == ([2, 4], [2, 8])
    _free(holes, rooms, 0, 2)
    assert (holes, rooms) == ([0, 4], [4, 8])


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_what_is_alive_never_falls_and_no_layout_takes_less(name):
    shape = SHAPES[name]()
    before = 0
    for tokens in range(256, 20_000, 256):
        size, alive, _ = graph_range(shape, batch_of(shape, asked(tokens, ubatch_tokens=256)))
        assert before <= alive <= size
        before = alive


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_what_is_alive_before_tokens_are_picked_is_no_more_than_a_server_takes(name):
    shape = SHAPES[name]()
    for tokens in (512, 4096, 30_000):
        size, alive, before = graph_range(shape, batch_of(shape, asked(tokens)))
        served, least, same = graph_range(shape, batch_of(shape, asked(tokens, outputs=1)))
        assert before - 4 * 512 <= min(alive, size, served, least)  # but for the list of outputs
        assert before == pytest.approx(same, rel=0.01)
        assert before > 0.5 * served
