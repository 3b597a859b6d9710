"""Choosing the matcher's threshold on held-out sentences."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from extractors.mini.relations.guided import GuidedReader
from extractors.mini.relations.matcher import Matcher
from extractors.mini.relations.prompts import Prompt
from extractors.mini.train.matcher_data import Stated

__all__ = ["best_threshold"]

_LEAST, _ASKED = 0.1, 12


def best_threshold(
    matcher: Matcher,
    sentences: Sequence[Stated],
    numbers: Sequence[int],
    vectors: Sequence[NDArray[np.float16]],
    prompts: Mapping[Prompt, NDArray[np.float32]],
) -> tuple[float, float]:
    """Return the least score that gives the best F1 of whole statements, and that F1 in [0, 1].

    Each sentence is asked for what it states and for a dozen relations that it does not, as many
    as a schema has. The sentences must be of a complete set: silence of another would make the
    threshold too high.
    """
    reader = GuidedReader(matcher, _LEAST)
    scored: list[tuple[float, bool]] = []
    gold = 0
    for i in numbers:
        sentence = sentences[i]
        others = random.Random(f"asked {i}").sample(
            sentence.others, min(_ASKED, len(sentence.others))
        )
        asked = [*(statement.relation for statement in sentence.statements), *others]
        truth = {
            (k, subject, found)
            for k, statement in enumerate(sentence.statements)
            for subject in statement.subjects
            for found in statement.objects
        }
        gold += len(truth)
        block = np.stack([prompts[prompt] for prompt in asked])
        scored += [
            (match.score, (match.prompt, match.subject, match.object) in truth)
            for match in reader.matches(vectors[i].astype(np.float32), block)
        ]
    best, right = (_LEAST, 0.0), 0
    for said, (score, true) in enumerate(sorted(scored, reverse=True), 1):
        right += true
        f1 = 2 * right / max(1, said + gold)
        if f1 > best[1]:
            best = (score, f1)
    return best
