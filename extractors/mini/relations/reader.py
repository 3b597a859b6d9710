"""The trained relation head: which relations hold between the entities of a document."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer

from extractors.mini.relations.cases import Case
from extractors.mini.relations.layout import lay
from extractors.mini.relations.network import RelationNetwork, likely_pairs
from extractors.mini.relations.store import Labels

__all__ = ["Related", "RelationReader"]


@dataclass(frozen=True, slots=True)
class Related:
    """Entity `head` stands in `relation` (its number) to entity `tail`, with a probability."""

    head: int
    tail: int
    relation: int
    probability: float


class RelationReader:
    """Reads documents with given mentions; a result depends on its document alone."""

    def __init__(self, network: RelationNetwork, tokenizer: Tokenizer, labels: Labels) -> None:
        self._network = network
        self.tokenizer = tokenizer
        self.labels = labels

    def with_labels(self, labels: Labels) -> RelationReader:
        """Return the same head under other labels, or with other probabilities."""
        return RelationReader(self._network, self.tokenizer, labels)

    def relate(self, case: Case) -> list[Related]:
        """Return what is likelier true than not worth saying, by head, tail and relation.

        The threshold of each pair is learnt; the probability is made of the margin above it, as
        fitted on held-out documents that were read as raw text.
        """
        if not len(likely_pairs(case)[0]):
            return []
        with torch.inference_mode():
            (pairs,) = self._network(lay([case]), [case], likely_pairs)
            scores = pairs.scores.float()
            margins = scores[:, 1:] - scores[:, :1] + self.labels.shift
        # Rounded, so that the rounding of matrix products decides nothing.
        margins = (margins * 1e3).round() / 1e3
        rows, relations = (margins > 0).nonzero().unbind(1)
        return [
            Related(
                int(pairs.heads[row]),
                int(pairs.tails[row]),
                relation,
                self._probability(float(margins[row, relation])),
            )
            for row, relation in zip(rows.tolist(), relations.tolist(), strict=True)
        ]

    def _probability(self, margin: float) -> float:
        score = self.labels.slope * margin + self.labels.offset
        return round(1.0 / (1.0 + math.exp(-score)), 4)
