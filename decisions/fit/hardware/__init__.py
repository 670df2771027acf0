"""Hardware fit: what a candidate needs of a route's memory and disk, before anything is downloaded."""

from decisions.fit.hardware.judge import estimate_of, judge, memory_gib
from decisions.fit.hardware.wanted import runs_on_gpu

__all__ = ["estimate_of", "judge", "memory_gib", "runs_on_gpu"]
