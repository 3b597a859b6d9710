"""One call that ranks a split and tells the figures from every angle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from reasoning.embeddings.evaluation.categories import NAMES, categories
from reasoning.embeddings.evaluation.metrics import Metrics, interval, macro_mrr, measure
from reasoning.embeddings.evaluation.ranks import Ranks, TailScorer, rank
from reasoning.embeddings.evaluation.splits import Split, known_facts, split_of, unseen

if TYPE_CHECKING:
    from reasoning.embeddings.triples import Triples

__all__ = ["Evaluation", "evaluate", "valid_mrr"]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How well a model ranks a split: over both sides, by side, relation and category.

    `unseen_triples` of the split have an entity without training facts; they count in all
    figures, and `seen` tells the figures without them (NaN where none is left). `interval` is the
    95 % bootstrap interval of the MRR, `macro_mrr` counts each distinct query once.
    """

    split: Split
    both: Metrics
    tail: Metrics
    head: Metrics
    seen: Metrics
    by_relation: Mapping[str, Metrics]
    by_category: Mapping[str, Metrics]
    unseen_triples: int
    macro_mrr: float
    interval: tuple[float, float]
    ranks: Ranks

    @property
    def mrr(self) -> float:
        """The filtered, realistic mean reciprocal rank over both sides."""
        return self.both.mrr

    def as_dict(self) -> dict[str, object]:
        """Return the figures over the whole split, as benchmarks print them."""
        return {
            **self.both.as_dict(),
            "mrr_tail": self.tail.mrr,
            "mrr_head": self.head.mrr,
            "mrr_seen": self.seen.mrr if self.seen.queries else None,
            "mrr_macro": self.macro_mrr,
            "mrr_interval": list(self.interval),
            "unseen_triples": self.unseen_triples,
        }


def evaluate(model: TailScorer, triples: Triples, split: Split = "test") -> Evaluation:
    """Rank all triples of a split, filtered, and return the figures.

    Raises `InputError` (through `rank`) for a split without triples.
    """
    rows = split_of(triples, split)
    ranks = rank(model, rows, known_facts(triples, split))
    new = unseen(triples, split)
    kinds = categories(triples.train, len(triples.relations))[rows[:, 1]]
    present = sorted({int(number) for number in rows[:, 1]})
    return Evaluation(
        split=split,
        both=measure(ranks),
        tail=measure(_side(ranks, 0)),
        head=measure(_side(ranks, 1)),
        seen=measure(ranks.of(~new)),
        by_relation={triples.relations[n]: measure(ranks.of(rows[:, 1] == n)) for n in present},
        by_category={
            name: measure(ranks.of(kinds == number))
            for number, name in enumerate(NAMES)
            if bool((kinds == number).any())
        },
        unseen_triples=int(new.sum()),
        macro_mrr=macro_mrr(ranks, rows),
        interval=interval(ranks),
        ranks=ranks,
    )


def valid_mrr(model: TailScorer, triples: Triples, *, limit: int = 0, seed: int = 0) -> float:
    """Return the MRR on validation triples, for early stopping and choosing.

    `limit` (0: all) ranks a seeded sample of that many only.
    """
    rows = triples.valid
    if limit and len(rows) > limit:
        order = torch.randperm(len(rows), generator=torch.Generator().manual_seed(seed))
        rows = rows[order[:limit]]
    return measure(rank(model, rows, known_facts(triples, "valid"))).mrr


def _side(ranks: Ranks, side: int) -> Ranks:
    column = [side]
    return Ranks(
        ranks.optimistic[:, column], ranks.pessimistic[:, column], ranks.candidates[:, column]
    )
