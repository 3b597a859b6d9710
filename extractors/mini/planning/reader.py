"""Reading a question with the planning head: what is to be done, and what each word is for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock

import torch
from tokenizers import Tokenizer
from torch import Tensor

from extractors.mini.adapted import adapted
from extractors.mini.pieces import lay_out, rows
from extractors.mini.planning.labels import DEPTHS, OPERATORS, PARTS, TYPES
from extractors.mini.planning.network import PlanningNetwork
from extractors.mini.planning.question import QuestionReading
from extractors.mini.planning.store import FOLDER, RANK, Settings, load_planning
from extractors.mini.words import words

__all__ = ["QuestionReader", "best_set", "load_question_reader"]

#: Words of the longest question that is read.
_LONGEST = 120
#: Held while loading, so that threads that ask at once share one network.
_LOADING = Lock()


class QuestionReader:
    """The trained head; `load_question_reader` gives it."""

    def __init__(self, network: PlanningNetwork, tokenizer: Tokenizer, settings: Settings) -> None:
        self._network, self._tokenizer, self._settings = network, tokenizer, settings

    def read(self, question: str) -> QuestionReading:
        """Return the reading of a question; of a long one the first 120 words are read."""
        spans = words(question)[:_LONGEST]
        if not spans:
            return QuestionReading(frozenset(), frozenset(), (("things", 1.0),), ())
        row = rows(self._tokenizer, question, [spans])
        with torch.inference_mode():
            scores = self._network(lay_out([row]))
        shares = torch.softmax(scores.types[0], dim=-1)
        types = tuple((t, round(float(p), 4)) for t, p in zip(TYPES, shares, strict=True))
        parts, depths = scores.parts.argmax(-1).tolist(), scores.depths.argmax(-1).tolist()
        return QuestionReading(
            best_set(scores.coarse[0], self._settings.coarse, self._settings.weight),
            best_set(scores.fine[0], self._settings.fine, self._settings.weight),
            types,
            tuple(
                (a, b, PARTS[p], DEPTHS[d])
                for (a, b), p, d in zip(spans, parts, depths, strict=True)
            ),
        )


def best_set(
    scores: Tensor, known: Sequence[tuple[tuple[str, ...], float]], weight: float
) -> frozenset[str]:
    """Return the likeliest set of operators, from their scores [operators] and the sets that
    occur with their log shares."""
    yes = torch.nn.functional.logsigmoid(scores)
    no = torch.nn.functional.logsigmoid(-scores)
    free = frozenset(o for o, s in zip(OPERATORS, scores.tolist(), strict=True) if round(s, 4) > 0)
    best, best_score = free, -1e9
    for names, share in known:
        has = torch.tensor([o in names for o in OPERATORS])
        score = round(float(torch.where(has, yes, no).sum()) + weight * share, 4)
        if score > best_score:
            best, best_score = frozenset(names), score
    return best


def load_question_reader(folder: Path = FOLDER) -> QuestionReader:
    """Return the reader whose adapter lies in `folder`.

    Raises `ModelError` when the encoder or the adapter is missing, damaged or does not fit.
    """
    with _LOADING:
        return _load(folder)


@lru_cache(maxsize=2)
def _load(folder: Path) -> QuestionReader:
    tensors, settings = load_planning(folder)
    name = f"the planning head in {folder}"
    network, tokenizer = adapted(PlanningNetwork, tensors, name, rank=RANK)
    return QuestionReader(network, tokenizer, settings)
