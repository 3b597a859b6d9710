"""LEMON: negatives that read like the right answer (Islam et al., arXiv 2203.04703, the idea).

Entity texts are encoded by a language model once, reduced by PCA, and an answer's candidates are
its neighbourhood: the k nearest, or its cluster. What differs from the paper, with the reason:
known facts are filtered exactly (neighbourhoods hold 3 to 20 times as many true answers as chance
does), draws are mixed with uniform ones on a schedule (held-out facts cannot be filtered), small
clusters take the nearest ones besides, and draws tell their exact chance, so that a corrected
softmax is not biased towards what is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from torch import Tensor

from reasoning.embeddings.negatives.clusters import cluster_lists, default_clusters
from reasoning.embeddings.negatives.lists import Lists
from reasoning.embeddings.negatives.nearby import Nearby
from reasoning.embeddings.negatives.nearest import nearest_lists
from reasoning.embeddings.negatives.schedules import Schedule
from reasoning.embeddings.negatives.texts import entity_texts
from reasoning.embeddings.negatives.vectors import TextEncoder, reduced, text_vectors

if TYPE_CHECKING:
    from reasoning.embeddings.triples import Triples

__all__ = ["DIMENSIONS", "NEAR", "Around", "Lemon", "Mode", "neighbourhoods"]

#: What a neighbourhood is: the nearest entities, or a cluster.
Mode = Literal["nearest", "clusters"]

#: Whose neighbourhoods are drawn from: columns of a query (head, relation, tail).
Around = Literal["answer", "head", "both"]
_KEYS: dict[Around, tuple[int, ...]] = {"answer": (2,), "head": (0,), "both": (0, 2)}

#: Principal directions that are kept of text vectors.
DIMENSIONS = 64
#: How many nearest entities a neighbourhood has, and the fewest members of a cluster.
NEAR = 32


@dataclass(frozen=True, slots=True)
class Lemon:
    """The options of a LEMON sampler; called with triples and a count it gives one.

    `share` of the candidates comes from neighbourhoods (a number or a schedule), which are the
    `near` nearest entities or the clusters of at least `near`; with `own` every query draws for
    itself, otherwise the batch shares what is drawn from the neighbourhoods of its answers.
    Neighbourhoods are those of the query's `answer`, as in the paper, of its `head`, or of both:
    where linked entities read alike (WN18RR: a third of the heads are near their tails), what is
    near the head is as hard. `vectors` [E, d] stand in for those of the `encoder` (default: the
    bundled one); `cache` is a folder that keeps them.

    >>> Lemon(mode="clusters").near
    32
    """

    share: float | Schedule = 0.5
    mode: Mode = "nearest"
    near: int = NEAR
    own: bool = False
    around: Around = "answer"
    encoder: TextEncoder | None = None
    cache: Path | None = None
    vectors: Tensor | None = None

    def __call__(self, triples: Triples, count: int) -> Nearby:
        """Return the sampler of `count` candidates over the triples' entities."""
        vectors = self.vectors
        if vectors is None:
            lines = entity_texts(triples)
            vectors = text_vectors(lines, encoder=self.encoder, cache=self.cache)
        lists = neighbourhoods(vectors, mode=self.mode, near=self.near)
        return Nearby(
            len(triples.entities),
            count,
            triples.known(),
            lists=lists,
            share=self.share,
            own=self.own,
            keys=_KEYS[self.around],
        )

    @classmethod
    def over(cls, triples: Triples, count: int) -> Nearby:
        """Return the sampler with the options as they are by default."""
        return cls()(triples, count)


def neighbourhoods(vectors: Tensor, *, mode: Mode = "nearest", near: int = NEAR) -> Lists:
    """Return the neighbourhoods of text vectors [E, d]: candidates for each entity."""
    small = reduced(vectors, DIMENSIONS)
    if mode == "nearest":
        return nearest_lists(small, near)
    return cluster_lists(small, default_clusters(len(small)), least=near)
