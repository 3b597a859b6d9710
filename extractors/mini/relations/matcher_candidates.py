"""Between which spans of a sentence a relation might hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.mini.relations.matcher_layout import Sheet, names_of
from extractors.mini.spans import decode, encode

__all__ = ["Candidate", "candidates"]

_Words = tuple[int, int]
#: A relation that is less surely stated than this (a logit) is not looked for.
_HOPELESS = -4.0
#: Subjects and objects of one relation that are tried.
_TRIED = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words [first, end) of a subject and an object for prompt number `prompt` of a sheet;
    `worth` is the mean logarithm of the probability of the worse one's tags."""

    prompt: int
    subject: _Words
    object: _Words
    worth: float


def candidates(
    sheet: Sheet, tags: NDArray[np.float32], stated: NDArray[np.float32]
) -> Iterator[Candidate]:
    """Yield pairs of spans for each prompt of a sheet: the best tagging's, and the names that the
    parser found, those with the likeliest tags first.

    `tags` [prompts, words, 9] and `stated` [prompts] are logits; there may be more of both.
    """
    size = len(sheet.row.pieces)
    hopeful = [p for p in range(len(sheet.asked)) if stated[p] >= _HOPELESS]
    if not hopeful:
        return
    scores = tags[hopeful, :size]
    best = decode(scores.reshape(-1, scores.shape[-1]), (size,) * len(hopeful))
    logs = scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True)
    names = names_of(sheet.marks)
    for prompt, own, spans in zip(hopeful, logs, best, strict=True):
        ends = [
            _likeliest(own, kind, [*((a, b) for a, b, k, _ in spans if k == kind), *names])
            for kind in (0, 1)
        ]
        for subject, first in ends[0]:
            for other, second in ends[1]:
                if subject[1] <= other[0] or other[1] <= subject[0]:
                    yield Candidate(prompt, subject, other, min(first, second))


def _likeliest(
    logs: NDArray[np.float32], kind: int, spans: Sequence[_Words]
) -> list[tuple[_Words, float]]:
    worth = {(a, b): _worth(logs, kind, a, b) for a, b in spans}
    order = sorted(worth, key=lambda span: (-worth[span], span))
    return [(span, worth[span]) for span in order[:_TRIED]]


def _worth(logs: NDArray[np.float32], kind: int, first: int, end: int) -> float:
    tags = encode([(0, end - first, kind)], end - first)
    return round(float(logs[np.arange(first, end), tags].mean()), 3)
