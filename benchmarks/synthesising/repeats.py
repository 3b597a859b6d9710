"""How long near-duplicates take to find among many texts, and how many are found."""

from __future__ import annotations

import time
from collections.abc import Iterator
from random import Random

from benchmarks.machine import peak_rss_mb
from extractors.entigraph.dedup import near_duplicates

__all__ = ["measure_repeats"]

#: Every so many texts one repeats the text as many places before it, one word changed.
_EVERY = 10
_WORDS = 40


def measure_repeats(texts: int, *, seed: int) -> dict[str, float]:
    """Return seconds of processor time, the growth of the peak memory in MiB, and shares in
    percent: of planted repeats that are found, and of other texts that are taken for one."""
    before = peak_rss_mb()
    began = time.process_time()
    first = near_duplicates(_texts(texts, seed), threshold=0.8)
    seconds = time.process_time() - began
    planted = [i for i in range(texts) if _repeats(i)]
    found = sum(int(first[i]) == i - _EVERY + 1 for i in planted)
    others = texts - len(planted)
    wrong = int((first >= 0).sum()) - sum(int(first[i]) >= 0 for i in planted)
    return {
        "dedup_texts": texts,
        "dedup_seconds": round(seconds, 1),
        "dedup_memory_mb": round(peak_rss_mb() - before, 1),
        "dedup_found": round(100 * found / max(1, len(planted)), 1),
        "dedup_wrong": round(100 * wrong / max(1, others), 2),
    }


def _repeats(i: int) -> bool:
    return i % _EVERY == _EVERY - 1


def _texts(n: int, seed: int) -> Iterator[str]:
    for i in range(n):
        rng = Random(f"{seed}/{i - _EVERY + 1 if _repeats(i) else i}")
        words = [f"{number:x}" for number in rng.choices(range(50_000), k=_WORDS)]
        if _repeats(i):
            words[i % _WORDS] = "other"
        yield " ".join(words)
