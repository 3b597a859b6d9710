"""Questions with known passages as tensors: seeds, and the features of every first step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from reasoning.retrieval.asked import SpanEncoder, understand
from reasoning.retrieval.index import RetrievalIndex
from reasoning.retrieval.links import links_from
from reasoning.retrieval.seeds import seed_scores
from reasoning.retrieval.walk import SOURCES, features, highest

__all__ = ["Example", "examples"]

_ALONE = 60


@dataclass(frozen=True, slots=True)
class Example:
    """A question's candidates: `seeds` [n], `gold` [n] (bool), and the steps between them.

    `steps` is [links, features], `source` and `target` [links] count candidates.
    """

    seeds: torch.Tensor
    gold: torch.Tensor
    steps: torch.Tensor
    source: torch.Tensor
    target: torch.Tensor


def examples(
    index: RetrievalIndex, questions: Iterable[tuple[str, Sequence[int]]], encoder: SpanEncoder
) -> Iterator[Example]:
    """Yield an example for each question and the places of the passages that answer it.

    Candidates are the best passages by their seeds and all that a first step reaches; a
    question none of whose passages is among them is left out.
    """
    for question, gold in questions:
        asked = understand(index, question, encoder)
        seeds = seed_scores(index, asked)
        order = highest(seeds, _ALONE)
        links = links_from(index, order[:SOURCES], asked)
        found = features(index, asked, links)
        candidates = np.union1d(order, links.target)
        if np.isin(candidates, gold).any():
            yield Example(
                torch.tensor(seeds[candidates], dtype=torch.float32),
                torch.tensor(np.isin(candidates, gold)),
                torch.tensor(found, dtype=torch.float32),
                torch.tensor(np.searchsorted(candidates, links.source)),
                torch.tensor(np.searchsorted(candidates, links.target)),
            )
