"""Entity spans as word tags (begin, inside, last, unit, outside) and back."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["decode", "encode"]

_BEGIN, _INSIDE, _LAST, _UNIT = range(4)


def encode(spans: Iterable[tuple[int, int, int]], size: int) -> list[int]:
    """Return one tag for each of `size` words: 0 outside, 1 + 4 * type + part within a span.

    Spans are (first, end, type) and must not overlap.

    >>> encode([(0, 2, 1), (3, 4, 0)], 5)
    [5, 7, 0, 4, 0]
    """
    tags = [0] * size
    for first, end, kind in spans:
        offset = 1 + 4 * kind
        if end - first == 1:
            tags[first] = offset + _UNIT
            continue
        tags[first : end - 1] = [offset + _INSIDE] * (end - first - 1)
        tags[first] = offset + _BEGIN
        tags[end - 1] = offset + _LAST
    return tags


def decode(
    scores: NDArray[np.float32], sizes: tuple[int, ...]
) -> list[list[tuple[int, int, int, float]]]:
    """Return the best well-formed spans (first, end, type, probability) of each sentence.

    `scores` [words, tags] are logits, sentences end to end, with `sizes` words each. The best
    sequence is found by dynamic programming (Viterbi 1967) for all sentences at once; a span's
    probability is the geometric mean of those of its tags.
    """
    logs = scores - _logsumexp(scores)
    ends = np.cumsum(sizes, dtype=np.int64)
    starts = ends - np.array(sizes, dtype=np.int64)
    # Where the likeliest tags of the words make a well-formed sentence, no others are better.
    tags = logs.argmax(axis=1)
    broken = np.flatnonzero(_broken(tags, starts, ends, scores.shape[1]))
    longest = max((sizes[row] for row in broken), default=0)
    block = np.zeros((len(broken), longest, scores.shape[1]), dtype=np.float32)
    for place, row in enumerate(broken):
        block[place, : sizes[row]] = logs[starts[row] : ends[row]]
    mended = _best(block, (ends - starts)[broken])
    for place, row in enumerate(broken):
        tags[starts[row] : ends[row]] = mended[place, : sizes[row]]
    return [_spans(tags[a:b], logs[a:b]) for a, b in zip(starts, ends, strict=True)]


def _broken(
    tags: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64], kinds: int
) -> NDArray[np.bool_]:
    """Whether each sentence has tags that cannot follow each other, begin it or end it."""
    step, first, final = _grammar(kinds)
    wrong = np.zeros(len(tags), dtype=bool)
    wrong[1:] = step[tags[:-1], tags[1:]] < 0
    full = starts < ends
    wrong[starts[full]] = first[tags[starts[full]]] < 0
    count = np.concatenate([[0], np.cumsum(wrong)])
    broken: NDArray[np.bool_] = count[ends] > count[starts]
    broken[full] |= final[tags[ends[full] - 1]] < 0
    return broken


def _best(block: NDArray[np.float32], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    sentences, longest, kinds = block.shape
    step, first, final = _grammar(kinds)
    back = np.zeros(block.shape, dtype=np.int64)
    ends = np.full((sentences, kinds), -np.inf, dtype=np.float32)
    score = np.empty((sentences, kinds), dtype=np.float32)
    for i in range(longest):
        if i == 0:
            score = block[:, 0] + first
        else:
            reached = score[:, :, None] + step[None]
            back[:, i] = reached.argmax(axis=1)
            score = reached.max(axis=1) + block[:, i]
        ends[sizes == i + 1] = score[sizes == i + 1]
    tags = np.zeros((sentences, longest), dtype=np.int64)
    current = (ends + final).argmax(axis=1)
    for i in range(longest - 1, -1, -1):
        inside = sizes > i
        tags[inside, i] = current[inside]
        current = np.where(inside, back[np.arange(sentences), i, current], current)
    return tags


@cache
def _grammar(kinds: int) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """What may follow, open and close a sentence: 0 where allowed, -inf elsewhere."""
    part = np.array([-1, *((tag - 1) % 4 for tag in range(1, kinds))])
    kind = np.array([-1, *((tag - 1) // 4 for tag in range(1, kinds))])
    within = (part == _BEGIN) | (part == _INSIDE)
    goes_on = (part == _INSIDE) | (part == _LAST)
    same = kind[:, None] == kind[None, :]
    allowed = np.where(within[:, None], goes_on[None, :] & same, ~goes_on[None, :])
    forbid = np.float32(-np.inf)
    free = np.float32(0.0)
    return (
        np.where(allowed, free, forbid),
        np.where(goes_on, forbid, free),
        np.where(within, forbid, free),
    )


def _spans(tags: NDArray[np.int64], logs: NDArray[np.float32]) -> list[tuple[int, int, int, float]]:
    found = []
    first = 0
    for i, tag in enumerate(tags):
        part, kind = (int(tag) - 1) % 4, (int(tag) - 1) // 4
        if tag == 0:
            continue
        if part in (_BEGIN, _UNIT):
            first = i
        if part in (_LAST, _UNIT):
            chosen = logs[np.arange(first, i + 1), tags[first : i + 1]]
            found.append((first, i + 1, kind, float(np.exp(chosen.mean()))))
    return found


def _logsumexp(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    top = scores.max(axis=1, keepdims=True)
    total: NDArray[np.float32] = np.log(np.exp(scores - top).sum(axis=1, keepdims=True)) + top
    return total
