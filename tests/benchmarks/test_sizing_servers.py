"""How close weights, steps, caches and capacities of vLLM and SGLang come to their start-up logs.

Run by hand: `pytest -s tests/benchmarks/test_sizing_servers.py`. Constants were looked at in the models of
the calibration half; the others are held out.
"""

from collections import defaultdict
from statistics import median

from tests.benchmarks.table import show
from tests.fit.hardware.server_logs import LOGS, Point, points

HEAD = ("quantity", "points", "median", "p95", "worst", "in range", "width")


def _row(name: str, found: list[Point]) -> tuple[str, ...]:
    errors = sorted(point.error for point in found)
    return (
        name,
        str(len(errors)),
        f"{median(errors):.2%}",
        f"{errors[int(len(errors) * 0.95)]:.2%}",
        f"{errors[-1]:.2%}",
        f"{sum(point.inside for point in found) / len(found):.1%}",
        f"{median(point.width for point in found):.1%}",
    )


def test_engine_logs_of_servers():
    held = set(LOGS["calibration"])
    for half, wanted in (("calibration", True), ("held out", False)):
        tables = defaultdict(list)
        for point in points():
            if (point.model in held) is wanted:
                tables[point.engine, point.quantity].append(point)
        rows = [_row(" ".join(key), found) for key, found in sorted(tables.items())]
        show(f"Servers, {half} half", HEAD, rows)
    worst = sorted(points(), key=lambda point: -point.error)[:40]
    show(
        "Farthest off",
        ("what", "measured", "found", "range", "error"),
        [
            (
                f"{p.engine} {p.quantity} {p.name}",
                f"{p.measured:.3f}",
                f"{p.found:.3f}",
                f"{p.low:.3f} to {p.high:.3f}",
                f"{p.error:.1%}",
            )
            for p in worst
        ],
    )
    outside = [p for p in points() if not p.inside]
    show(
        "Out of range",
        ("what", "measured", "range"),
        [
            (f"{p.engine} {p.quantity} {p.name}", f"{p.measured:.3f}", f"{p.low:.3f} to {p.high:.3f}")
            for p in outside
        ],
    )
