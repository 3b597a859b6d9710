"""What the built-in extractor's scores are worth: the probability that a fact is right.

A logistic model of a fact's score and of what can be seen on it whatever the kind of text: how long
the words are that it rests on, what its ends are. A map of the score alone promises too much of
long sentences and too little of short ones. It is learnt by
`python -m extractors.mini.train.calibrate_confidence`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kgkit.errors import ModelError
from kgkit.evidence import Evidence, TextEvidence
from kgkit.facts import Entity, Fact, Literal, Modality

__all__ = [
    "FEATURES",
    "FILE",
    "SCORED",
    "Confidence",
    "features_of",
    "load_confidence",
    "save_confidence",
    "with_probabilities",
]

#: The evidence whose scores the model is for.
SCORED = "mini/1"

#: What is looked at, in the order of the weights: the score that the clause rules gave; the
#: logarithm of the characters that the fact rests on, over 60; whether the tail is a literal or a
#: concept, and the head a concept; the qualifiers, two at most; INSTANCE_OF; hedged.
FEATURES = (
    "score",
    "length",
    "literal",
    "concept",
    "about_concept",
    "qualifiers",
    "kind",
    "hedged",
)

#: Where the weights lie.
FILE = Path(__file__).parent / "adapters" / "confidence" / "calibration.json"

#: Spans shorter than this many characters say no more than those of this many.
_SHORTEST = 10


@dataclass(frozen=True, slots=True)
class Confidence:
    """Logistic regression: a weight for each of `FEATURES`, and a bias.

    >>> round(Confidence((1.0,) + (0.0,) * 7, 0.0).probability((0.0,) * 8), 2)
    0.5
    """

    weights: tuple[float, ...]
    bias: float

    def probability(self, values: tuple[float, ...]) -> float:
        """Return the probability, to 4 decimals, that a fact with these features is right."""
        score = math.fsum(w * x for w, x in zip(self.weights, values, strict=True)) + self.bias
        return round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score)))), 4)


def features_of(fact: Fact, evidence: TextEvidence) -> tuple[float, ...]:
    """Return the features of a fact by one piece of its evidence, in the order of `FEATURES`."""
    tail = fact.tail
    return (
        evidence.score,
        math.log(max(evidence.end - evidence.start, _SHORTEST) / 60.0),
        float(isinstance(tail, Literal)),
        float(isinstance(tail, Entity) and tail.type == "Concept"),
        float(fact.head.type == "Concept"),
        float(min(2, len(fact.qualifiers))),
        float(fact.relation == "INSTANCE_OF"),
        float(fact.modality is Modality.HEDGED),
    )


def with_probabilities(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return the facts with the scores that the clause rules gave them as probabilities.

    Raises `ModelError` where the weights are missing or damaged.
    """
    return tuple(
        fact.with_evidence(*(_probable(fact, evidence) for evidence in fact.evidence))
        for fact in facts
    )


def _probable(fact: Fact, evidence: Evidence) -> Evidence:
    if isinstance(evidence, TextEvidence) and evidence.extractor == SCORED:
        found = load_confidence().probability(features_of(fact, evidence))
        return replace(evidence, score=found)
    return evidence


@cache
def load_confidence(path: Path = FILE) -> Confidence:
    """Return the model in a file. Raises `ModelError` where it is missing or damaged."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"no calibration can be read from {path}: {error}") from error
    known = isinstance(record, dict) and record.get("features") == list(FEATURES)
    numbers = [*record.get("weights", ()), record.get("bias")] if known else []
    if len(numbers) != len(FEATURES) + 1 or not all(map(_is_number, numbers)):
        raise ModelError(
            f"{path} holds no calibration of this version; expected a weight for each of "
            f"{', '.join(FEATURES)}, and a bias: install kgkit again"
        )
    return Confidence(tuple(map(float, numbers[:-1])), float(numbers[-1]))


def save_confidence(confidence: Confidence, path: Path = FILE) -> None:
    """Write a model to a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    record = {
        "features": list(FEATURES),
        "weights": list(confidence.weights),
        "bias": confidence.bias,
    }
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
