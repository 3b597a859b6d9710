"""How well dates, numbers, quantities and money are found and made canonical.

`python -m benchmarks.values [--json]` scores `extractors.values.find_values` on three sets of short
texts written for it: a value counts where its characters, kind, canonical value and unit are all as
annotated. The last line printed is one JSON object.

The reader was mended by the errors in `values.jsonl` (220 texts) and `values_second.jsonl` (207;
before any of its errors was looked at, F1 was 74.0). `values_third.jsonl` (60) was written after
that and run once: nothing was mended by it, so `third_f1` says what to expect of other texts.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from benchmarks.machine import emit, machine
from extractors.values import FoundValue, find_values

__all__ = ["Row", "main", "read_rows", "row_of", "score"]

#: Start, end, kind, canonical value and unit.
Row = tuple[int, int, str, str, str | None]

_DATA = Path(__file__).with_name("values.jsonl")
#: The sets, by what stands before the names of their figures.
_SETS = {"": _DATA, "second_": _DATA.with_name("values_second.jsonl")}
_SETS |= {"third_": _DATA.with_name("values_third.jsonl")}


def read_rows(path: Path = _DATA) -> list[tuple[str, list[Row]]]:
    """Return the texts with their annotated values."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        rows = [(v["start"], v["end"], v["type"], v["value"], v["unit"]) for v in record["values"]]
        found.append((record["text"], rows))
    return found


def score(rows: Iterable[tuple[str, list[Row]]]) -> dict[str, float]:
    """Return precision, recall and f1, of all and (f1_KIND) of each kind, in percent.

    `f1_span` asks for the characters alone.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for text, gold in rows:
        found = [row_of(value) for value in find_values(text)]
        for name, mine, theirs in (
            ("all", set(found), set(gold)),
            ("span", {row[:2] for row in found}, {row[:2] for row in gold}),
        ):
            _count(counts, name, len(mine & theirs), len(mine), len(theirs))
        for kind in sorted({row[2] for row in (*found, *gold)}):
            mine = {row for row in found if row[2] == kind}
            theirs = {row for row in gold if row[2] == kind}
            _count(counts, kind, len(mine & theirs), len(mine), len(theirs))
    figures = {
        "precision": _percent(counts["right", "all"], counts["found", "all"]),
        "recall": _percent(counts["right", "all"], counts["gold", "all"]),
    }
    for name in ("all", "span", *sorted({kind for _, kind in counts} - {"all", "span"})):
        both = counts["found", name] + counts["gold", name]
        figures["f1" if name == "all" else f"f1_{name}"] = _percent(2 * counts["right", name], both)
    return figures


def row_of(value: FoundValue) -> Row:
    """Return a found value as a row."""
    held = value.literal.value
    shown = held.isoformat() if isinstance(held, date) else str(held)
    return value.start, value.end, value.kind, shown, value.literal.unit


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the JSON line only")
    parser.add_argument("--wrong", action="store_true", help="print what is not as annotated")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    figures: dict[str, float] = {}
    for before, path in _SETS.items():
        rows = read_rows(path)
        figures[f"{before}texts"] = len(rows)
        figures[f"{before}values"] = sum(len(gold) for _, gold in rows)
        figures |= {f"{before}{name}": value for name, value in score(rows).items()}
        if options.wrong:
            _show_wrong(rows)
    seconds = round(time.perf_counter() - began, 2)
    if not options.json:
        for name, value in figures.items():
            print(f"{name:20} {value:6.1f}")
    emit({**figures, "machine": machine(), "seed": 0, "seconds": seconds})


def _show_wrong(rows: Iterable[tuple[str, list[Row]]]) -> None:
    for text, gold in rows:
        found = [row_of(value) for value in find_values(text)]
        if found != gold:
            print(f"{text}\n  wanted {gold}\n  found  {found}")


def _count(counts: Counter[tuple[str, str]], name: str, right: int, found: int, gold: int) -> None:
    counts["right", name] += right
    counts["found", name] += found
    counts["gold", name] += gold


def _percent(part: float, whole: float) -> float:
    return round(100.0 * part / max(1.0, whole), 1)


if __name__ == "__main__":
    main()
