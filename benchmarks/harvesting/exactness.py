"""Whether the search gives what trying every tuple gives, on names few enough to try them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, product
from typing import TYPE_CHECKING

from extractors.harvest.relation import Relation, Slot
from extractors.harvest.search import search

if TYPE_CHECKING:
    from extractors.harvest.probe.base import Probe
    from extractors.harvest.prompt import WeightedPrompt

__all__ = ["every_value", "is_exact"]

#: Values are sums of numbers rounded to four decimals.
_CLOSE = 1e-5


def is_exact(
    probe: Probe,
    prompts: Sequence[WeightedPrompt],
    relation: Relation,
    names: Sequence[Sequence[str]],
) -> bool:
    """Whether the search over these names of each slot gives all tuples, best first, with the
    values that they have one by one."""
    slots = tuple(Slot(allowed=tuple(allowed)) for allowed in names)
    limited = replace(relation, slots=slots)
    expected = every_value(probe, prompts, names)
    found = list(search(probe, prompts, limited, n=len(expected)))
    falling = all(one.value >= other.value for one, other in pairwise(found))
    known = {item.entities for item in found} <= set(expected)
    close = all(abs(item.value - expected.get(item.entities, 1.0)) < _CLOSE for item in found)
    # Tuples whose entities are parts of each other are no candidates; all others must be there.
    apart = [one for one in expected if _are_apart(one)]
    return falling and known and close and {item.entities for item in found} >= set(apart)


def every_value(
    probe: Probe, prompts: Sequence[WeightedPrompt], names: Sequence[Sequence[str]]
) -> dict[tuple[str, ...], float]:
    """Return the paper's consistency of every tuple of these names, each worked out by itself."""
    values: dict[tuple[str, ...], float] = {}
    for entities in product(*names):
        pieces = tuple(probe.vocabulary.encode(entity) for entity in entities)
        total = 0.0
        for item in prompts:
            logs = probe.chosen(probe.frame(item.prompt, {}).factors(pieces))
            total += item.weight * (2 / 3 * float(logs.sum()) + 1 / 3 * float(logs.min()))
        values[entities] = total
    return values


def _are_apart(entities: Sequence[str]) -> bool:
    padded = [f" {' '.join(entity.casefold().split())} " for entity in entities]
    return not any(
        one in other for i, one in enumerate(padded) for j, other in enumerate(padded) if i != j
    )
