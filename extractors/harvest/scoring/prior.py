"""How probable an entity is without the others: what a score is corrected by.

The corrected score of a tuple under prompt p is the sum over its scored slots s of ::

    log P(e_s | p, entities before s) - log P(e_s | p, no other entity)

For a pair this is the pointwise mutual information of head and tail under the prompt,
log P(t | p, h) - log P(t | p) (Church and Hanks 1990; for more slots Watanabe's total correlation,
1960); for a single slot the bare prompt "{0}." takes the place of p without others. A masked
model gets masks for the entities that it is not to know; one that reads from left to right gets a
neutral word (as the domain premise of Holtzman et al. 2021).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractors.harvest.probe import Factor, Probe
from extractors.harvest.prompt import Prompt

if TYPE_CHECKING:
    from extractors.harvest.probe.base import Filled

__all__ = ["Prior"]

_BARE = Prompt.parse("{0}.")


class Prior:
    """The factors of entities that stand alone; `neutral` replaces others where need be."""

    def __init__(self, probe: Probe, neutral: str) -> None:
        self._probe = probe
        self._neutral = () if probe.order_free else probe.vocabulary.encode(neutral)

    def factors(self, prompt: Prompt, filled: Filled, given: Sequence[int]) -> tuple[Factor, ...]:
        """Return the factors of each scored slot's pieces without the other entities."""
        if prompt.arity == 1:
            return _own(self._probe.frame(_BARE, {}).factors(filled), 0)
        found: tuple[Factor, ...] = ()
        for slot in range(prompt.arity):
            if slot not in given:
                found += self._alone(prompt, filled, slot)
        return found

    def _alone(self, prompt: Prompt, filled: Filled, slot: int) -> tuple[Factor, ...]:
        frame = self._probe.frame(prompt, {})
        if not self._probe.order_free:
            others = tuple(p if s == slot else self._neutral for s, p in enumerate(filled))
            return _own(frame.factors(others), slot)
        lengths = [len(pieces) for pieces in filled]
        begun: list[tuple[int, ...]] = [()] * len(filled)
        found = []
        for target in filled[slot]:
            found.append(Factor(frame.row(tuple(begun), lengths, slot), target, slot))
            begun[slot] = (*begun[slot], target)
        return tuple(found)


def _own(factors: Sequence[Factor], slot: int) -> tuple[Factor, ...]:
    return tuple(factor for factor in factors if factor.slot == slot and not factor.text)
