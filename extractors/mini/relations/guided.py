"""Extraction for a given schema: each sentence is asked for each relation, by its name."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor

from extractors.mini.pieces import Row
from extractors.mini.relations.matcher import Matcher
from extractors.mini.relations.matcher_candidates import candidates
from extractors.mini.relations.matcher_layout import (
    Asked,
    Sheet,
    asked_of,
    grouped,
    lay_questions,
)
from extractors.mini.relations.prompts import Prompt
from kgkit.models.bert import MAX_PIECES
from kgkit.models.passes import passes

__all__ = ["Asking", "GuidedReader", "Match", "Weights", "features"]

_Words = tuple[int, int]
#: Pieces of one pass, and what is left of a sentence for the relations that it is asked for.
_PASS, _ROOM = 4096, 64


@dataclass(frozen=True, slots=True)
class Match:
    """Words [first, end) of a sentence that are subject and object of relation number `prompt`,
    and how sure that is, in [0, 1]."""

    prompt: int
    subject: _Words
    object: _Words
    score: float


@dataclass(frozen=True, slots=True)
class Asking:
    """A sentence for the matcher: its pieces and the mark of each word (`marks_of`)."""

    row: Row
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """How a match is scored: the logistic function of `slopes` times (stated, pair, log of the
    spans' probability) plus `offset`. What is below `threshold` is not said."""

    slopes: tuple[float, float, float] = (1.0, 1.0, 1.0)
    offset: float = 0.0
    threshold: float = 0.5

    def score(self, found: tuple[float, float, float]) -> float:
        """Return the probability, in [0, 1], of a match with these features."""
        total = self.offset + sum(w * f for w, f in zip(self.slopes, found, strict=True))
        return round(1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, total)))), 4)


class GuidedReader:
    """Asks sentences for relations."""

    def __init__(self, matcher: Matcher, tokenizer: Tokenizer, weights: Weights) -> None:
        self._matcher = matcher
        self.tokenizer = tokenizer
        self.weights = weights

    def matches(
        self,
        sentences: Sequence[Asking],
        prompts: Sequence[Prompt],
        wanted: Sequence[Sequence[int]],
        least: float,
    ) -> list[list[Match]]:
        """Return what each sentence states with a score of at least `least`, by relation and
        place; `wanted[i]` are the numbers of the prompts that sentence i is asked for.

        All sentences are of one document: a score depends on them and on the relations alone.
        """
        found: list[list[Match]] = [[] for _ in sentences]
        asked = asked_of(self.tokenizer, prompts)
        own = [[asked[k] for k in numbers] for numbers in wanted]
        for i, k, subject, other, seen in features(self._matcher, sentences, own):
            score = self.weights.score(seen)
            if score >= least:
                found[i].append(Match(wanted[i][k], subject, other, score))
        return [sorted(each, key=lambda m: (m.prompt, m.subject, m.object)) for each in found]


def features(
    matcher: Matcher, sentences: Sequence[Asking], asked: Sequence[Sequence[Asked]]
) -> Iterator[tuple[int, int, _Words, _Words, tuple[float, float, float]]]:
    """Yield (sentence, relation, subject, object, features) of all candidates; `asked[i]` is what
    sentence i is asked."""
    sheets: list[tuple[int, int, Sheet]] = []
    for number, (sentence, own) in enumerate(zip(sentences, asked, strict=True)):
        room = MAX_PIECES - 2 - sentence.row.length
        if not sentence.row.pieces or room < _ROOM:
            continue
        for first, end in grouped(own, room):
            sheet = Sheet(sentence.row, sentence.marks, tuple(own[first:end]))
            sheets.append((number, first, sheet))
    lengths = [sheet.length for _, _, sheet in sheets]
    order = sorted(range(len(sheets)), key=lambda i: (lengths[i], i))
    for batch in passes(order, lengths, _PASS):
        with torch.inference_mode():
            read = matcher(lay_questions([sheets[i][2] for i in batch]))
            tags, stated = matcher.tags(read).float(), matcher.stated(read).float()
        found = [
            (row, each)
            for row, i in enumerate(batch)
            for each in candidates(sheets[i][2], tags[row].numpy(), stated[row].numpy())
        ]
        if not found:
            continue
        index = [
            [row, c.prompt, c.subject[0], c.subject[1] - 1, c.object[0], c.object[1] - 1]
            for row, c in found
        ]
        with torch.inference_mode():
            pairs = matcher.pairs(read, torch.tensor(index)).float()
        whole = _rounded(stated)
        for (row, c), pair in zip(found, _rounded(pairs), strict=True):
            number, first, _ = sheets[batch[row]]
            seen = (whole[row][c.prompt], pair, c.worth)
            yield number, first + c.prompt, c.subject, c.object, seen


def _rounded(values: Tensor) -> Any:
    # Rounded, so that the rounding of matrix products decides nothing.
    return ((values * 1e3).round() / 1e3).tolist()
