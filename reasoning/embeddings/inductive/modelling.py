"""Models whose entities are their texts, so that one without a single fact has a vector too.

BLP (Daza, Cochez and Groth 2021) with the encoder frozen: what is trained is a linear map of the
text features, and the relations.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from kgkit.errors import InputError
from reasoning.embeddings.inductive.features import DEPTHS
from reasoning.embeddings.inductive.whitening import Whitening
from reasoning.embeddings.model import EmbeddingModel
from reasoning.embeddings.representations import Projected
from reasoning.embeddings.scorers.registry import load_scorer

__all__ = ["BAG_OF_WORDS", "prepared", "text_model"]

#: The depths that make the floor: word vectors without context.
BAG_OF_WORDS = (0,)


def prepared(
    features: Tensor,
    learnt_of: Tensor,
    *,
    depths: Sequence[int] = DEPTHS,
    dimensions: int = 512,
) -> Tensor:
    """Return what a text model is made of, [n, z], from the features [n, 4, 384] of texts.

    `depths` are put side by side, each text's at unit length; the whitening is learnt of the
    texts that the mask `learnt_of` [n] picks, the entities of training. Raises `InputError` for
    a depth that the features do not have.
    """
    if not set(depths) <= set(DEPTHS):
        raise InputError(f"features have the depths {DEPTHS}, not {tuple(depths)}")
    chosen = features[:, [DEPTHS.index(depth) for depth in depths]]
    rows = torch.nn.functional.normalize(chosen, dim=2).flatten(1)
    even = Whitening.learn(rows[learnt_of], dimensions).apply(rows)
    size = torch.linalg.vector_norm(even[learnt_of], dim=1).mean().clamp(min=1e-12)
    found: Tensor = even / size
    return found


def text_model(
    features: Tensor, relations: int, *, scorer: str = "complex", dim: int = 256, seed: int = 0
) -> EmbeddingModel:
    """Return an untrained model whose entity vectors are a linear map of features [E, f].

    Train it with `train(triples, model=...)`. `relations` is R, as in the triples.
    """
    generator = torch.Generator().manual_seed(seed)
    width = load_scorer(scorer, dim).width
    entities = Projected(features, width, generator)
    counts = len(features), relations
    return EmbeddingModel.start(scorer, counts, dim=dim, seed=seed, entities=entities)
