"""How much memory the values of a compute graph take at once, the way ggml's allocator lays them out.

llama.cpp builds the graph of its largest batch once, walks it and gives every value a place: a new one,
the place of an input that nobody needs any more (for operations that can work in place), or a hole that
an earlier value left. The highest address is the compute buffer. A tape records such a graph in the order
the engine would walk it; `plan` says who takes whose place, and the plan lays it out. Rule: ggml-alloc.c of
llama.cpp v0.5.0.
"""

from math import prod

from decisions.fit.hardware.llama.tape_plan import Factors, Plan, Step

Shape = tuple[int, ...]
ALIGNMENT = 32  # bytes, the CPU back end's; others round to 128, which no figure here can tell apart
_NOTHING: Factors = (0,)
_OWN = -1
_NOWHERE = -1


class Tape:
    """A graph under construction. Values are known by their number; None stands for weights and caches,
    which have memory of their own.

    A shape lists elements per dimension, without ones at its end. None is a layout with gaps, which no
    other value shares.
    """

    def __init__(self) -> None:
        self._bytes: list[int] = []
        self._shapes: list[Shape | None] = []
        self._factors: list[Factors] = []
        self._sources: list[tuple[int, ...]] = []
        self._roots: list[int] = []
        self._in_place: list[bool] = []
        self._kept: list[bool] = []
        self._is_input: list[bool] = []
        self._walked: list[bool] = []
        self._inputs: list[int] = []
        self.picks = _NOWHERE
        """The input that says which tokens go on, where there is one."""
        self._order: list[int] = []

    def input(self, *factors: int, shape: Shape | None = None) -> int:
        """A value filled before the graph runs; its bytes are the product of `factors`. All inputs have their
        place from the start, in the order the graph asks for them; only one with a shape may be taken over.
        """
        value = self._new(factors, None if shape is None else trim(shape), (), _OWN, in_place=False)
        self._is_input[value] = True
        return value

    def make(self, shape: Shape, *sources: int | None, width: int = 4, in_place: bool = False) -> int:
        """The result of an operation on `sources`, `width` bytes per element."""
        return self._new((width, *shape), trim(shape), _known(sources), _OWN, in_place=in_place)

    def view(self, source: int, shape: Shape | None = None) -> int:
        """Another look at `source`: without a shape one with gaps (a slice, a transposition)."""
        root = self._roots[source]
        return self._new(
            _NOTHING,
            None if shape is None else trim(shape),
            (source,),
            source if root == _OWN else root,
            in_place=False,
        )

    def look(self, target: int, sources: tuple[int, ...]) -> int:
        """Another look at `target` once `sources` are written into it."""
        root = self._roots[target]
        shape = self._shapes[target]
        return self._new(_NOTHING, shape, sources, target if root == _OWN else root, in_place=False)

    def store(self, *sources: int | None) -> None:
        """Write values into memory outside the graph (a cache)."""
        self.walk(self._new(_NOTHING, None, _known(sources), _OWN, in_place=False))

    def has_gaps(self, value: int) -> bool:
        return self._shapes[value] is None

    def keep(self, value: int) -> None:
        """Never free this value: somebody reads it after the graph ran."""
        self._kept[value] = True

    def walk(self, value: int) -> None:
        """Put a value and all it needs into the order, its sources first, from left to right."""
        walked = self._walked
        if walked[value]:
            return
        walked[value] = True
        sources = self._sources[value]
        for source in sources:
            if not walked[source]:
                self.walk(source)
        (self._inputs if self._is_input[value] else self._order).append(value)

    def peak(self) -> int:
        """The bytes of the buffer."""
        return self.plan().peak(0, 0)

    def plan(self) -> Plan:
        """What is placed and freed, in order. It is the same however large the values are."""
        return _Planner(self).run()

    def _new(
        self, factors: Factors, shape: Shape | None, sources: tuple[int, ...], root: int, *, in_place: bool
    ) -> int:
        self._bytes.append(-(-prod(factors) // ALIGNMENT) * ALIGNMENT)
        self._factors.append(factors)
        self._shapes.append(shape)
        self._sources.append(sources)
        self._roots.append(root)
        self._in_place.append(in_place)
        self._kept.append(False)
        self._is_input.append(False)
        self._walked.append(False)
        return len(self._bytes) - 1


def trim(shape: Shape) -> Shape:
    """A shape without ones at its end: they do not change a layout."""
    end = len(shape)
    while end > 1 and shape[end - 1] == 1:
        end -= 1
    return shape if end == len(shape) else shape[:end]


def _known(sources: tuple[int | None, ...]) -> tuple[int, ...]:
    return tuple(source for source in sources if source is not None)


class _Planner:
    """One pass over a tape: who still needs a value, and in whose place it lies."""

    def __init__(self, tape: Tape) -> None:
        self.tape = tape
        count = len(tape._bytes)
        self.users = [0] * count
        self.views = [0] * count
        self.place = [_NOWHERE] * count
        self.factors: list[Factors] = []
        self.steps: list[Step] = []
        self.picked: int | None = None

    def run(self) -> Plan:
        tape = self.tape
        users, views, roots, sources_of = self.users, self.views, tape._roots, tape._sources
        for value in tape._inputs:
            self._put(value)
        for value in tape._order:
            root = roots[value]
            if root != _OWN:
                views[root] += 1
            for source in sources_of[value]:
                users[source] += 1
        for value in tape._order:
            if self.picked is None and tape.picks in sources_of[value]:
                self.picked = len(self.steps)
            is_new = roots[value] == _OWN and tape._shapes[value] is not None
            if is_new and not (tape._in_place[value] and self._take_over(value)):
                self._put(value)
            for source in sources_of[value]:
                users[source] -= 1
                if not users[source] and not views[source]:
                    self._release(source)
        return Plan(self.steps, self.factors, len(self.steps) if self.picked is None else self.picked)

    def _put(self, value: int) -> None:
        self.place[value] = len(self.factors)
        self.steps.append((len(self.factors), self.tape._bytes[value]))
        self.factors.append(self.tape._factors[value])

    def _release(self, value: int) -> None:
        root = self.tape._roots[value]
        if root == _OWN:
            self._free(value)
            return
        self.views[root] -= 1
        if not self.views[root] and not self.users[root]:
            self._free(root)

    def _free(self, value: int) -> None:
        place = self.place[value]
        if place != _NOWHERE and not self.tape._kept[value]:
            self.place[value] = _NOWHERE
            self.steps.append((~place, self.tape._bytes[value]))

    def _take_over(self, value: int) -> bool:
        """Work in the place of a source that has the same layout and no other user. Another look at a value
        is never taken over, though its owner could be."""
        tape, shape = self.tape, self.tape._shapes[value]
        for source in tape._sources[value]:
            if (
                self.place[source] != _NOWHERE
                and tape._shapes[source] == shape
                and self.users[source] == 1
                and not self.views[source]
                and not tape._kept[source]
            ):
                self.place[value] = self.place[source]
                self.place[source] = _NOWHERE
                return True
        return False
