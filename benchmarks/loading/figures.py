"""What is measured of every store alike: ready batches, single facts, neighbourhoods."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Any

from benchmarks.table import as_facts, entity_id, rows
from kgkit.facts import Entity, Fact
from stores.base import Projection
from stores.ledger.batch import Batch
from stores.sync import follow

__all__ = [
    "ASKED",
    "Figures",
    "batches",
    "hops",
    "load",
    "parts",
    "percentiles",
    "timed",
    "upserts",
]

Figures = dict[str, float]

#: How many single facts and neighbourhoods are timed.
ASKED = 200

_BATCH = 10_000


@dataclass(frozen=True, slots=True)
class _Ready:
    """A ledger whose batches were read before."""

    given: Sequence[Batch]

    def sequence(self) -> int:
        return self.given[-1].upto

    def batches(self, since: int, size: int = 0) -> Iterator[Batch]:
        return iter(self.given)


def batches(count: int) -> Iterator[Batch]:
    """Yield batches as a ledger of these facts gives them."""
    known: set[str] = set()
    for part in parts(as_facts(rows(count))):
        facts = {fact.id: fact for fact in part if fact.id not in known}
        batch = _batch(0, facts.values())
        known.update(facts, (entity.id for entity in batch.entities))
        yield replace(batch, upto=len(known))


def parts(facts: Iterator[Fact]) -> Iterator[list[Fact]]:
    """Yield the facts in lists of the size of a transaction."""
    while part := list(islice(facts, _BATCH)):
        yield part


def load(store: Projection, ready: Sequence[Batch]) -> Figures:
    """Time how a store follows a ledger that has these batches at hand."""
    return {"seconds": timed(partial(follow, _Ready(ready), store))}


def upserts(apply: Callable[[Batch], object], upto: int) -> Figures:
    """Time single facts that come as batches of their own, after sequence number `upto`."""
    made = [_batch(upto + n, [fact]) for n, fact in enumerate(as_facts(rows(ASKED, seed=1)), 1)]
    return percentiles("upsert", [timed(partial(apply, batch)) for batch in made])


def hops(ask: Callable[[int, str], object], count: int) -> Figures:
    """Time `ask(steps, entity id)` for 1 to 3 steps around entities drawn at random.

    The first quarter of each is not counted: queries are planned and caches filled.
    """
    draw = random.Random(2)
    found: Figures = {}
    for steps in (1, 2, 3):
        ids = [entity_id(draw.randrange(max(2, count // 5))) for _ in range(ASKED)]
        times = [timed(partial(ask, steps, id)) for id in ids]
        found |= percentiles(f"hop{steps}", times[ASKED // 4 :])
    return found


def timed(call: Callable[[], Any]) -> float:
    """Return the seconds that a call takes."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def percentiles(name: str, seconds: list[float]) -> Figures:
    """Return the median and the 95th percentile in milliseconds."""
    cuts = statistics.quantiles(seconds, n=20)
    return {f"{name}_ms_p50": 1000 * cuts[9], f"{name}_ms_p95": 1000 * cuts[18]}


def _batch(upto: int, facts: Iterable[Fact]) -> Batch:
    given = {fact.id: fact for fact in facts}
    ends = (end for fact in given.values() for end in (fact.head, fact.tail))
    entities = {end.id: end for end in ends if isinstance(end, Entity)}
    return Batch(
        upto,
        entities=tuple(entities[id] for id in sorted(entities)),
        facts=tuple(given[id] for id in sorted(given)),
    )
