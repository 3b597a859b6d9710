"""Logistic regression of "the slot has this value" on what is known of an answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractors.slots import (
    Source,
    SpanReader,
    bare_name,
    empty_slots,
    fact_of,
    may_answer,
    passage_about,
)
from extractors.slots.confidence import Fit, SlotConfidence, fit_of
from extractors.slots.train.redocred import SLOTS, AnnotatedSlots, annotated_slots
from kgkit.facts import Entity, Mention
from kgkit.schema import Schema

__all__ = ["Answered", "answers", "fit", "held_out", "logits"]

#: The strength of the quadratic penalty.
_PENALTY = 1.0
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer to a slot (document, entity, pattern): the reader's score, where it stands,
    whether it is right, and how many slots have a value in all."""

    slot: tuple[int, str, str]
    score: float
    fit: Fit
    right: bool
    wanted: int = 0


def answers(documents: Sequence[Any], reader: SpanReader) -> list[Answered]:
    """Return every answer of a reader in these documents that could be a value of its slot."""
    found: list[Answered] = []
    wanted = 0
    for number, document in enumerate(documents):
        annotations = annotated_slots(document)
        wanted += len(annotations.values)
        found += _answers(number, annotations, reader)
    return [replace(each, wanted=wanted) for each in found]


def _answers(number: int, annotations: AnnotatedSlots, reader: SpanReader) -> Iterator[Answered]:
    schema = Schema.parse("\n".join(SLOTS))
    asked = [
        (slot, source)
        for slot in empty_slots(schema, annotations.entities, ())
        for source in _sources(annotations, slot.entity)
        if may_answer(slot, source)
    ]
    spans = reader.read_all([(slot.question, source.passage.text) for slot, source in asked])
    for (slot, source), span in zip(asked, spans, strict=True):
        fact = fact_of(slot, source, span, "reader/1") if span is not None else None
        at = source.passage.in_document(span.start, span.end) if span is not None else None
        if span is not None and fact is not None and at is not None:
            where = fit_of(at, slot.entity.id, source.mentions)
            key = number, slot.entity.id, str(slot.pattern)
            yield Answered(key, span.score, where, annotations.is_right(fact))


def _sources(annotations: AnnotatedSlots, entity: Entity) -> Iterator[Source]:
    inside: dict[str, list[Mention]] = defaultdict(list)
    for mention in annotations.mentions:
        inside[mention.chunk_id].append(mention)
    for chunk in annotations.chunks:
        own = [m for m in inside[chunk.id] if m.entity.id == entity.id]
        if own:
            passage = passage_about(chunk, bare_name(entity.name), own)
            yield Source(passage, tuple(inside[chunk.id]))


def fit(found: Iterable[Answered]) -> SlotConfidence:
    """Return the weights of the likeliest logistic function, by Newton's method."""
    kept = list(found)
    x, y = _features(kept), np.array([each.right for each in kept], dtype=float)
    weights = np.zeros(x.shape[1])
    ridge = _PENALTY * np.diag([1.0] * (x.shape[1] - 1) + [0.0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (p - y) + ridge @ weights
        curve = (x.T * (p * (1 - p))) @ x + ridge
        weights -= np.linalg.solve(curve, slope)
    return SlotConfidence(*(float(weight) for weight in weights))


def logits(weights: SlotConfidence, found: Sequence[Answered]) -> NDArray[np.float64]:
    """Return the log-odds [n] of these answers."""
    row = np.array([weights.reader, weights.gap, weights.leads, weights.offset])
    odds: NDArray[np.float64] = _features(found) @ row
    return odds


def held_out(found: Sequence[Answered]) -> NDArray[np.float64]:
    """Return the probability [n] of each answer by weights fitted without its document."""
    scores = np.zeros(len(found))
    for fold in range(_FOLDS):
        rest = [each for each in found if each.slot[0] % _FOLDS != fold]
        own = [i for i, each in enumerate(found) if each.slot[0] % _FOLDS == fold]
        if own and rest:
            odds = logits(fit(rest), [found[i] for i in own])
            scores[own] = 1 / (1 + np.exp(-odds))
    return scores


def _features(found: Sequence[Answered]) -> NDArray[np.float64]:
    rows = [(*SlotConfidence.features(e.score, e.fit), e.fit.leads, 1.0) for e in found]
    return np.array(rows, dtype=float).reshape(len(found), 4)
