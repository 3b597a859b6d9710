"""What the built-in extractor's scores are worth: the probability that a fact is right.

The map is learnt by `python -m extractors.mini.train.calibrate_confidence`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from extractors.calibration import Calibration
from kgkit.errors import ModelError
from kgkit.evidence import Evidence, TextEvidence
from kgkit.facts import Fact

__all__ = [
    "FILE",
    "SCORED",
    "calibrated",
    "load_calibration",
    "save_calibration",
    "with_probabilities",
]

#: The evidence whose scores the map is for.
SCORED = "mini/1"

#: Where the map lies.
FILE = Path(__file__).parent / "adapters" / "confidence" / "calibration.json"


def calibrated(score: float) -> float:
    """Return the probability, to 4 decimals, that a fact with this score is right.

    Raises `ModelError` where the map is missing or damaged.
    """
    return load_calibration().apply(score)


def with_probabilities(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return the facts with the scores that the clause rules gave them as probabilities.

    Raises `ModelError` where the map is missing or damaged.
    """
    return tuple(fact.with_evidence(*map(_probable, fact.evidence)) for fact in facts)


def _probable(evidence: Evidence) -> Evidence:
    if isinstance(evidence, TextEvidence) and evidence.extractor == SCORED:
        return replace(evidence, score=calibrated(evidence.score))
    return evidence


@cache
def load_calibration(path: Path = FILE) -> Calibration:
    """Return the map in a file. Raises `ModelError` where it is missing or damaged."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"no calibration can be read from {path}: {error}") from error
    knots = record.get("knots") if isinstance(record, dict) else None
    if not isinstance(knots, list) or not all(_is_knot(knot) for knot in knots) or not knots:
        raise ModelError(f"{path} holds no calibration; expected knots of two numbers from 0 to 1")
    return Calibration(tuple((float(score), float(share)) for score, share in knots))


def save_calibration(calibration: Calibration, path: Path = FILE) -> None:
    """Write a map to a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    knots = [[score, share] for score, share in calibration.knots]
    path.write_text(json.dumps({"knots": knots}) + "\n", encoding="utf-8")


def _is_knot(knot: object) -> bool:
    return (
        isinstance(knot, list)
        and len(knot) == 2
        and all(isinstance(part, int | float) and 0 <= part <= 1 for part in knot)
    )
