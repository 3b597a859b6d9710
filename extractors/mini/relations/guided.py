"""Extraction for a given schema: each sentence is asked for each relation, by its name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from extractors.mini.relations.matcher import Matcher
from extractors.mini.spans import decode

__all__ = ["GuidedReader", "Match"]

_Words = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Match:
    """Words [first, end) of a sentence that are subject and object of relation number `prompt`,
    and how sure that is, in [0, 1]."""

    prompt: int
    subject: _Words
    object: _Words
    score: float


class GuidedReader:
    """Asks sentences for relations; `threshold` is the least score of a match."""

    def __init__(self, matcher: Matcher, threshold: float) -> None:
        self._matcher = matcher
        self._threshold = threshold

    def matches(self, words: NDArray[np.float32], prompts: NDArray[np.float32]) -> list[Match]:
        """Return what a sentence states, by relation and place.

        `words` [words, 768] are the vectors of the parser and of the encoder side by side,
        `prompts` [relations, 1152] those of `prompt_vectors`.
        """
        if not len(words) or not len(prompts):
            return []
        with torch.inference_mode():
            block = torch.from_numpy(words)[None].expand(len(prompts), -1, -1)
            real = torch.ones(block.shape[:2], dtype=torch.bool)
            tags, stated = self._matcher(block, real, torch.from_numpy(prompts))
            sure = torch.sigmoid(stated).tolist()
        asked = [i for i, probability in enumerate(sure) if probability >= self._threshold]
        if not asked:
            return []
        scores = tags[asked].flatten(0, 1).numpy()
        found = decode(scores, (len(words),) * len(asked))
        return [
            match
            for i, spans in zip(asked, found, strict=True)
            for match in _paired(i, spans, sure[i])
            if match.score >= self._threshold
        ]


def _paired(
    prompt: int, spans: Sequence[tuple[int, int, int, float]], stated: float
) -> Iterator[Match]:
    subjects = [span for span in spans if span[2] == 0]
    objects = [span for span in spans if span[2] == 1]
    for subject in subjects:
        for other in objects:
            score = round(stated * (subject[3] * other[3]) ** 0.5, 4)
            yield Match(prompt, subject[:2], other[:2], score)
