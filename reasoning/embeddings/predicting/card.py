"""What is to be known of a training run: what was trained, on what, and how good it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Card"]


@dataclass(frozen=True, slots=True)
class Card:
    """A training run by its `run`, which evidence names, and what it came of.

    `graph` is the fingerprint of the triples, `sequence` the ledger's last change when they were
    read (0 without a ledger), `facts` how many there were to learn from. `mrr` is the filtered
    mean reciprocal rank (0 to 1) on facts held back for choosing, None where there were none.
    `settings` are what `train` was given.

    >>> print(Card("complex-1f", "complex", "uniform", 0, "f0", facts=90, mrr=0.41))
    complex-1f: complex with uniform negatives, 90 facts, MRR 0.410 on facts held back
    """

    run: str
    model: str
    negatives: str
    seed: int
    graph: str
    sequence: int = 0
    facts: int = 0
    mrr: float | None = None
    settings: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        measured = (
            "no fact held back" if self.mrr is None else f"MRR {self.mrr:.3f} on facts held back"
        )
        learnt = f"{self.model} with {self.negatives} negatives, {self.facts:,} facts"
        return f"{self.run}: {learnt}, {measured}"
