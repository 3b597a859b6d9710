"""Entity-aware negatives (Je et al. 2022): clusters of the vectors that are being trained.

The paper numbers entities along the clusters and draws around the answer's number; here an
answer's candidates are its cluster, joined by the nearest when small, mixed with uniform ones.
Text-free: what is near is what the model itself finds alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from torch import Tensor

from reasoning.embeddings.known import KnownFacts
from reasoning.embeddings.negatives.clusters import cluster_lists, default_clusters
from reasoning.embeddings.negatives.nearby import Nearby
from reasoning.embeddings.negatives.schedules import Schedule

if TYPE_CHECKING:
    from reasoning.embeddings.triples import Triples

__all__ = ["EANS"]


class EANS(Nearby):
    """Clusters the entity vectors anew at the first refresh after each `every` of progress."""

    def __init__(
        self,
        entities: int,
        count: int,
        known: KnownFacts | None,
        *,
        share: float | Schedule = 0.5,
        every: float = 0.1,
        own: bool = True,
    ) -> None:
        super().__init__(entities, count, known, lists=None, share=share, own=own)
        self.clusters, self.least, self.every = default_clusters(entities), 16, every
        self._next = every

    @classmethod
    def over(
        cls,
        triples: Triples,
        count: int,
        *,
        share: float | Schedule = 0.5,
        own: bool = True,
        filtered: bool = True,
    ) -> Self:
        """Return the sampler over a graph's entities; uniform until vectors mean something."""
        known = triples.known() if filtered else None
        return cls(len(triples.entities), count, known, share=share, own=own)

    def refresh(self, vectors: Tensor, progress: float) -> None:
        """Cluster the vectors [E, d] anew when it is time."""
        super().refresh(vectors, progress)
        if progress + 1e-9 >= self._next:
            self.lists = cluster_lists(vectors, self.clusters, least=self.least)
            self._next = (progress // self.every + 1) * self.every
