"""The contract of rerankers, and putting hits in their order."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol, runtime_checkable

from kgkit.errors import ModelError
from reasoning.retrieval.retrieve import Hit
from stores.ledger import Ledger

__all__ = ["DEPTH", "Reranker", "rerank", "texts_of"]

#: How many hits a reranker is shown, if not more are asked for.
DEPTH = 30


@runtime_checkable
class Reranker(Protocol):
    """Says how well texts bear on a question."""

    def score(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """Return a number for each text, the higher the better it bears on the question."""


def texts_of(ledger: Ledger, hits: Sequence[Hit]) -> dict[str, str]:
    """Return what a reranker reads of each hit, by chunk id: its text under its title."""
    chunks = {chunk.id: chunk for chunk in ledger.chunks(ids=[hit.chunk_id for hit in hits])}
    owners = sorted({hit.document_id for hit in hits})
    titles = {document.id: document.title for document in ledger.documents(ids=owners)}
    return {
        id: f"{titles[chunk.document_id]}\n{chunk.text}".lstrip() for id, chunk in chunks.items()
    }


def rerank(
    question: str, hits: Sequence[Hit], texts: Mapping[str, str], reranker: Reranker, *, k: int
) -> list[Hit]:
    """Return the `k` best hits by the reranker, whose number each then has as its score.

    `texts` is what to read of each chunk, by its id. Scores are rounded to 4 decimals; what
    ties stays in the order of retrieval. Raises `ModelError` when the reranker gives another
    number of scores than it was given texts, or one that is not finite.
    """
    if not hits:
        return []
    scores = [float(s) for s in reranker.score(question, [texts[h.chunk_id] for h in hits])]
    if len(scores) != len(hits) or not all(map(math.isfinite, scores)):
        raise ModelError(
            f"the reranker gave {len(scores)} scores for {len(hits)} texts, or one that is no "
            "number; it has to give a finite number for each text"
        )
    scored = [replace(h, score=round(s, 4)) for h, s in zip(hits, scores, strict=True)]
    return sorted(scored, key=lambda hit: -hit.score)[:k]
