"""Hardware fit: what a candidate needs of a route's memory and disk, before anything is downloaded."""

from decisions.fit.hardware.judge import judge, memory_gib, runs_on_gpu

__all__ = ["judge", "memory_gib", "runs_on_gpu"]
