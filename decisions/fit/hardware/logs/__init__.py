"""An engine's own start-up log: what it says it took, line by line."""

from decisions.fit.hardware.logs.compared import Row, compare
from decisions.fit.hardware.logs.figures import Count, EngineLog, Figure, Quantity, Stated
from decisions.fit.hardware.logs.reading import MOST_BYTES, read_log

__all__ = ["MOST_BYTES", "Count", "EngineLog", "Figure", "Quantity", "Row", "Stated", "compare", "read_log"]
