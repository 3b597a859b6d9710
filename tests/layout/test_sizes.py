"""One idea per file: modules stay short."""

from __future__ import annotations

import statistics

from tests.layout.house import modules

MEDIAN, NINE_IN_TEN, LARGEST = 150, 400, 800


def test_modules_are_short() -> None:
    rooms = modules("kgkit", "stores", "extractors", "reasoning", "benchmarks")
    sizes = sorted((m.lines, m.name) for m in rooms if m.path.stem != "__init__")
    counts = [lines for lines, _ in sizes]
    assert statistics.median(counts) <= MEDIAN
    assert sum(n <= NINE_IN_TEN for n in counts) >= 0.9 * len(counts), sizes[-len(sizes) // 10 :]
    assert counts[-1] <= LARGEST, sizes[-1]
