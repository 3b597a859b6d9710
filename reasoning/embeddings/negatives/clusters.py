"""Neighbourhoods as clusters: k-means over vectors, small clusters joined by their nearest.

Lloyd's algorithm as matrix products: with 41,000 entities, 256 numbers and 256 clusters a round
is a fraction of a second, where scipy's takes several, and embeddings are clustered often.
"""

from __future__ import annotations

import torch
from torch import Tensor

from reasoning.embeddings.negatives.lists import Lists

__all__ = ["cluster_lists", "default_clusters", "k_means"]

_ROUNDS = 10
_BLOCK = 8192


def default_clusters(entities: int) -> int:
    """Return how many clusters entities are cut into if nobody says: 32 in each, 256 at most.

    >>> default_clusters(2034)
    63
    """
    return max(1, min(256, entities // 32))


def cluster_lists(vectors: Tensor, clusters: int, *, least: int, seed: int = 0) -> Lists:
    """Return the clusters of vectors [E, d] as the candidates of their members.

    A cluster with fewer than `least` members takes those of the clusters with the nearest
    centroids besides, until it has so many (or all): small clusters would starve the draws.
    """
    centroids, labels = k_means(vectors, clusters, seed=seed)
    count = len(centroids)
    sizes = torch.bincount(labels, minlength=count)
    members = torch.split(labels.argsort(stable=True), sizes.tolist())
    lists = []
    for number in range(count):
        pool = [members[number]]
        if sizes[number] < least:
            near = torch.cdist(centroids[number : number + 1], centroids)[0].argsort(stable=True)
            enough = int((sizes[near].cumsum(0) < least).sum()) + 1
            pool = [members[other] for other in near[:enough].tolist()]
        lists.append(torch.cat(pool))
    return Lists.build(labels, lists, len(labels))


def k_means(vectors: Tensor, clusters: int, *, seed: int = 0) -> tuple[Tensor, Tensor]:
    """Return centroids [c, d] and the cluster [n] of each of the vectors [n, d] (Lloyd 1982).

    Begins with distinct vectors drawn by chance; a cluster that loses all members keeps its
    centroid. On the CPU, in float32.
    """
    rows = vectors.detach().cpu().float()
    order = torch.randperm(len(rows), generator=torch.Generator().manual_seed(seed))
    centroids = rows[order[:clusters]].clone()
    labels = _nearest(rows, centroids)
    for _ in range(_ROUNDS):
        sizes = torch.bincount(labels, minlength=len(centroids))
        sums = torch.zeros_like(centroids).index_add_(0, labels, rows)
        alive = sizes > 0
        centroids[alive] = sums[alive] / sizes[alive, None]
        moved = _nearest(rows, centroids)
        if torch.equal(moved, labels):
            break
        labels = moved
    return centroids, labels


def _nearest(rows: Tensor, centroids: Tensor) -> Tensor:
    half = centroids.square().sum(1) / 2
    return torch.cat(
        [(half - block @ centroids.T).argmin(1) for block in torch.split(rows, _BLOCK)]
    )
