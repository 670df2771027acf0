"""What a compute graph places and frees, in order, laid out for any number of cells.

Only sizes depend on the context, never who takes whose place. So a graph is recorded once, with `CELLS` and
`WINDOW_CELLS` for the cells of its caches, and every context after that is a walk over its steps.
"""

from bisect import bisect_left

CELLS = 1 << 64
WINDOW_CELLS = 1 << 128
"""Numbers that stand for cells. A size is then read by digits: so many bytes, so many per cell."""

Size = tuple[int, int, int]  # bytes, bytes per cell, bytes per cell of a window
Step = tuple[int, int]  # a place (its complement when it is freed), and a size
Factors = tuple[int, ...]  # bytes per element, elements per dimension


class Plan:
    """Steps of a graph, and the factors of each value that has memory of its own, by its place; after
    the first `picked` steps only tokens with logits go on.

    Values without bytes count where a graph has some (the states of sequences outside a batch): the engine
    keeps a hole of no size behind them, and holes on its two sides never become one.
    """

    def __init__(self, steps: list[Step], factors: list[Factors], picked: int) -> None:
        self._factors = tuple(factors)
        numbers: dict[int, int] = {}
        self._steps = tuple((place, numbers.setdefault(size, len(numbers))) for place, size in steps)
        self._sizes = tuple(map(_digits, numbers))
        self._has_empty = 0 in numbers
        before = _most_alive(self._steps[:picked], self._sizes)
        self._before = _not_exceeded(before)
        self._alive = _not_exceeded(before | _most_alive(self._steps, self._sizes))

    def peak(self, cells: int, window_cells: int) -> int:
        """The bytes of the buffer. A value takes the smallest hole that is large enough (the last of equal
        ones), else the end; neighbouring holes become one."""
        return self._walked(self._steps, self._sized(cells, window_cells))

    def least(self, cells: int, window_cells: int) -> int:
        """The bytes that are alive at once: no layout takes less, and it never falls with more cells, as the
        peak may where a larger value leaves a better hole."""
        return max(fixed + each * cells + one * window_cells for fixed, each, one in self._alive)

    def before_picks(self, cells: int, window_cells: int) -> int:
        """The same before tokens are picked: as much is alive however few logits are wanted."""
        return max(fixed + each * cells + one * window_cells for fixed, each, one in self._before)

    def at_peak(self, cells: int, window_cells: int) -> list[tuple[Factors, int]]:
        """What lies in the buffer when it first is as large as it gets: the factors of each value, and its
        bytes (a multiple of 32). What the peak has beyond their sum are holes."""
        sizes = self._sized(cells, window_cells)
        peak = self._walked(self._steps, sizes)
        last = bisect_left(
            range(len(self._steps)), peak, key=lambda count: self._walked(self._steps[:count], sizes)
        )
        alive: dict[int, int] = {}
        for place, number in self._steps[:last]:
            if place < 0:
                del alive[~place]
            else:
                alive[place] = sizes[number]
        return [(self._filled(place, cells, window_cells), size) for place, size in alive.items()]

    def _filled(self, place: int, cells: int, window_cells: int) -> Factors:
        parts = map(_digits, self._factors[place])
        return tuple(fixed + each * cells + one * window_cells for fixed, each, one in parts)

    def _sized(self, cells: int, window_cells: int) -> list[int]:
        return [fixed + each * cells + one * window_cells for fixed, each, one in self._sizes]

    def _walked(self, steps: tuple[Step, ...], sizes: list[int]) -> int:
        walk = _walk_with_empty if self._has_empty else _walk
        return walk(steps, sizes, len(self._factors))


def _most_alive(steps: tuple[Step, ...], sizes: tuple[Size, ...]) -> set[Size]:
    """Sums of what is alive together, by digits."""
    fixed = each = one = 0
    sums: set[Size] = {(0, 0, 0)}
    grown = False
    for place, number in steps:
        a, b, c = sizes[number]
        if place >= 0:
            fixed, each, one, grown = fixed + a, each + b, one + c, True
            continue
        if grown:
            sums.add((fixed, each, one))
        fixed, each, one, grown = fixed - a, each - b, one - c, False
    return sums | {(fixed, each, one)}


def _not_exceeded(sums: set[Size]) -> list[Size]:
    """Those that no other one exceeds in every digit."""
    kept: list[Size] = []
    for a, b, c in sorted(sums, reverse=True):
        if not any(b <= other and c <= another for _, other, another in kept):
            kept.append((a, b, c))
    return kept


def _walk(steps: tuple[Step, ...], sizes: list[int], places: int) -> int:
    """Spelled out in one piece: it is most of an estimate's time."""
    address = [0] * places
    holes: list[int] = []  # start, of the holes below `end`
    rooms: list[int] = []
    end = highest = 0
    for place, number in steps:
        size = sizes[number]
        if place < 0:
            start = address[~place]
            if start + size == end and (not holes or holes[-1] + rooms[-1] != start):
                end = start
            else:
                end = _give_back(holes, rooms, start, size, end)
            continue
        best, least = -1, 0
        for i, room in enumerate(rooms):
            if room >= size and (best < 0 or room <= least):
                best, least = i, room
        if best < 0:
            address[place] = end
            end += size
            if end > highest:
                highest = end
            continue
        address[place] = holes[best]
        if least == size:
            del holes[best], rooms[best]
        else:
            holes[best] += size
            rooms[best] -= size
    return highest


def _walk_with_empty(steps: tuple[Step, ...], sizes: list[int], places: int) -> int:
    """The same with the endless rest as the last hole, and holes of no size."""
    address = [0] * places
    holes, rooms = [0], [CELLS]
    highest = 0
    for place, number in steps:
        size = sizes[number]
        if place < 0:
            _free(holes, rooms, address[~place], size)
            continue
        best, least, last = -1, 0, len(rooms) - 1
        for i, room in enumerate(rooms):
            if room >= size and i < last and (best < 0 or room <= least):
                best, least = i, room
        address[place] = start = holes[best]
        holes[best] += size
        rooms[best] -= size
        if best == -1 and start + size > highest:
            highest = start + size
        if not rooms[best]:
            del holes[best], rooms[best]
    return highest


def _free(holes: list[int], rooms: list[int], start: int, size: int) -> None:
    """Join the first hole that ends or begins at the place, and the one behind or before that. Each is looked
    at: one of no size may lie within another."""
    for i, hole in enumerate(holes):
        if hole + rooms[i] == start:
            rooms[i] += size
            if i + 1 < len(holes) and hole + rooms[i] == holes[i + 1]:
                rooms[i] += rooms[i + 1]
                del holes[i + 1], rooms[i + 1]
            return
        if start + size == hole:
            holes[i] = start
            rooms[i] += size
            if i and holes[i - 1] + rooms[i - 1] == start:
                rooms[i - 1] += rooms[i]
                del holes[i], rooms[i]
            return
    at = bisect_left(holes, start)
    holes.insert(at, start)
    rooms.insert(at, size)


def _digits(size: int) -> Size:
    low, rest = size % CELLS, size // CELLS
    return low, rest % CELLS, rest // CELLS


def _give_back(holes: list[int], rooms: list[int], start: int, size: int, end: int) -> int:
    """Free a place; returns the end of what is taken."""
    if not size:
        return end
    at = len(holes)
    while at and holes[at - 1] > start:
        at -= 1
    if at and holes[at - 1] + rooms[at - 1] == start:
        at -= 1
        rooms[at] += size
    else:
        holes.insert(at, start)
        rooms.insert(at, size)
    if at + 1 < len(holes) and holes[at] + rooms[at] == holes[at + 1]:
        rooms[at] += rooms[at + 1]
        del holes[at + 1], rooms[at + 1]
    if at == len(holes) - 1 and holes[at] + rooms[at] == end:
        end = holes[at]
        del holes[at], rooms[at]
    return end
