"""What a model predicts: a fact that may be, and how likely it is."""

from __future__ import annotations

from dataclasses import dataclass

from kgkit.evidence import PredictionEvidence
from kgkit.facts import Entity, Fact

__all__ = ["Near", "Prediction"]


@dataclass(frozen=True, slots=True)
class Prediction:
    """A link with the model's `score` (the log-odds of its share among all answers), the calibrated
    `probability` in [0, 1], and whether the graph holds it already (`is_known`).

    >>> alien, scott = Entity.named("Alien", "Film"), Entity.named("Ridley Scott", "Person")
    >>> print(Prediction(scott, "DIRECTED", alien, score=7.2, probability=0.93))
    (Ridley Scott)-[DIRECTED]->(Alien)  0.93
    """

    head: Entity
    relation: str
    tail: Entity
    score: float
    probability: float
    is_known: bool = False

    def fact(self, run: str) -> Fact:
        """Return it as a fact that rests on the prediction of a training run alone."""
        evidence = PredictionEvidence(run, self.probability)
        # Aliases are for the sources to give.
        head = Entity(self.head.id, self.head.name, self.head.type)
        tail = Entity(self.tail.id, self.tail.name, self.tail.type)
        return Fact(head, self.relation, tail, evidence=(evidence,))

    def __str__(self) -> str:
        mark = " (known)" if self.is_known else ""
        link = f"({self.head.name})-[{self.relation}]->({self.tail.name})"
        return f"{link}  {self.probability:.2f}{mark}"


@dataclass(frozen=True, slots=True)
class Near:
    """An entity and the cosine in [-1, 1] of its vector with that of the one asked about."""

    entity: Entity
    cosine: float

    def __str__(self) -> str:
        return f"{self.entity.name}  {self.cosine:.2f}"
