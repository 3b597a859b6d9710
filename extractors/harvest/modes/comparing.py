"""Comparing what two models believe: the same, one alone, or against each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from extractors.harvest.modes.conflicting import Contradiction, contradictions
from kgkit.facts import Fact

__all__ = ["Comparison", "compare"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The facts of two harvests: `both`, `only_first`, `only_second`, and where they conflict.

    `both` bear the evidence of both models.
    """

    both: tuple[Fact, ...]
    only_first: tuple[Fact, ...]
    only_second: tuple[Fact, ...]
    conflicts: tuple[Contradiction, ...]

    @property
    def agreement(self) -> float:
        """The share of all facts that both models believe, from 0 to 1 (Jaccard index)."""
        every = len(self.both) + len(self.only_first) + len(self.only_second)
        return round(len(self.both) / every, 4) if every else 1.0

    def __str__(self) -> str:
        return (
            f"both {len(self.both)}, only the first {len(self.only_first)}, only the second "
            f"{len(self.only_second)}, conflicts {len(self.conflicts)}, "
            f"agreement {self.agreement:.2f}"
        )


def compare(
    first: Iterable[Fact], second: Iterable[Fact], *, functional: Collection[str] = ()
) -> Comparison:
    """Compare the harvests of two models; `functional` relations have one tail a head.

    >>> from kgkit.facts import Entity
    >>> paris = Fact(Entity.named("Paris"), "CAPITAL_OF", Entity.named("France"))
    >>> str(compare([paris], [paris]))
    'both 1, only the first 0, only the second 0, conflicts 0, agreement 1.00'
    """
    ours = {fact.id: fact for fact in first}
    theirs = {fact.id: fact for fact in second}
    both = [
        fact.with_evidence(*fact.evidence, *theirs[id].evidence)
        for id, fact in ours.items()
        if id in theirs
    ]
    return Comparison(
        tuple(both),
        tuple(fact for id, fact in ours.items() if id not in theirs),
        tuple(fact for id, fact in theirs.items() if id not in ours),
        tuple(contradictions(ours.values(), theirs.values(), functional=functional)),
    )
