"""An engine's own start-up log: what it says it took, line by line."""

from decisions.fit.hardware.logs.compared import Row, compare
from decisions.fit.hardware.logs.figures import Count, EngineLog, Figure, Quantity, Stated
from decisions.fit.hardware.logs.reading import MOST_BYTES, read_log
from decisions.fit.hardware.logs.stored import FAR_OFF, is_of_another, rows_of, stored

__all__ = [
    "FAR_OFF",
    "MOST_BYTES",
    "Count",
    "EngineLog",
    "Figure",
    "Quantity",
    "Row",
    "Stated",
    "compare",
    "is_of_another",
    "read_log",
    "rows_of",
    "stored",
]
