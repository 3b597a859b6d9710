"""Where a graph and a model, or two models, contradict each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from kgkit.facts import Fact

__all__ = ["Contradiction", "contradictions"]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two facts of one head that cannot both be true: `stated` in the graph, `believed` by a model.

    >>> from kgkit.facts import Entity
    >>> curie = Entity.named("Marie Curie", "Person")
    >>> facts = [Fact(curie, "BORN_IN", Entity.named(city)) for city in ("Warsaw", "Paris")]
    >>> str(Contradiction(*facts))
    '(Marie Curie)-[BORN_IN]->(Warsaw), but believed: Paris'
    """

    stated: Fact
    believed: Fact

    def __str__(self) -> str:
        tail = self.believed.tail
        return f"{self.stated}, but believed: {getattr(tail, 'name', tail)}"


def contradictions(
    stated: Iterable[Fact], believed: Iterable[Fact], *, functional: Collection[str]
) -> Iterator[Contradiction]:
    """Yield what is believed against what is stated, for relations that have one tail a head.

    `functional` are their names as facts bear them ("BORN_IN"). A head that is stated to have
    several tails contradicts nothing by having one of them.
    """
    known: dict[tuple[str, str], list[Fact]] = {}
    for fact in stated:
        if fact.is_asserted and fact.relation in functional:
            known.setdefault((fact.head.id, fact.relation), []).append(fact)
    for fact in believed:
        told = known.get((fact.head.id, fact.relation), [])
        if fact.is_asserted and told and all(fact.tail != other.tail for other in told):
            yield Contradiction(told[0], fact)
