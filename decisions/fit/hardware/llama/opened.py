"""What lies in llama.cpp's compute buffer at its peak, so that anybody can add it up.

Only for an estimate that is shown or kept: it takes some ten times as long as the peak itself.
"""

from collections import Counter
from dataclasses import replace
from functools import lru_cache
from math import prod

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.estimate import Basis, Line
from decisions.fit.hardware.llama.buffers import batch_of
from decisions.fit.hardware.llama.graph import graph_at_peak, graph_bytes
from decisions.fit.hardware.llama.ollama import with_defaults
from decisions.fit.hardware.llama.tape_plan import Factors
from decisions.fit.hardware.setting import GGUF_RUNTIMES, Setting


def opened(lines: tuple[Line, ...], arch: Architecture, setting: Setting) -> tuple[Line, ...]:
    """The lines of an estimate; the compute buffer's says what is in it on one device, unless it was
    measured. Raises Unsizable as the estimate does."""
    if setting.runtime not in GGUF_RUNTIMES:
        return lines
    return tuple(
        replace(line, inputs=(*line.inputs, *at_peak(arch, setting)))
        if line.code == "compute_buffer" and line.basis is not Basis.MEASURED
        else line
        for line in lines
    )


@lru_cache(maxsize=2048)
def at_peak(arch: Architecture, setting: Setting) -> tuple[tuple[str, int | str], ...]:
    """The values that lie in the buffer together as one sum, elements per dimension × bytes per element, and
    the bytes of the holes between them: both come to the buffer of the device that makes the logits."""
    batch = batch_of(arch, with_defaults(setting))
    values = graph_at_peak(arch, batch)
    holes = graph_bytes(arch, batch) - sum(size for _factors, size in values)
    counted = sorted(Counter(values).items(), key=lambda found: -found[0][1] * found[1])
    return ("at_peak", " + ".join(_term(*value, count) for value, count in counted)), ("holes", holes)


def _term(factors: Factors, size: int, count: int) -> str:
    """One kind of value; one that had to be rounded up by its bytes alone."""
    width, *shape = factors
    term = " × ".join(map(str, (*shape, width))) if prod(factors) == size else str(size)
    return term if count == 1 else f"{count} × ({term})"
