"""How sure an answer is as the value of a slot.

A reader learns from questions that most often have an answer; a slot most often has none, and a
passage on several people answers with the wrong one's date of birth. So the reader's probability
is read again, with how near the answer stands to the entity and whether the passage is on it:
a logistic function fitted on annotated documents (`extractors.slots.train`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kgkit.errors import ModelError
from kgkit.facts import Mention

__all__ = ["Fit", "SlotConfidence", "fit_of", "load_confidence"]

_FILE = "confidence.json"
#: Probabilities are kept away from 0 and 1 by this much.
_LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class Fit:
    """Where an answer stands: characters to the nearest mention of the entity (`gap`), and
    whether the passage names the entity before any other (`leads`)."""

    gap: int
    leads: bool


@dataclass(frozen=True, slots=True)
class SlotConfidence:
    """A logistic function of the reader's log-odds, the logarithm of the gap, and the lead.

    >>> SlotConfidence(1.0, 0.0, 0.0, 0.0).of(0.8, Fit(30, True))
    0.8
    """

    reader: float
    gap: float
    leads: float
    offset: float

    def of(self, score: float, fit: Fit) -> float:
        """Return the probability that the slot has this value, from the reader's in [0, 1]."""
        odds, gap = self.features(score, fit)
        logit = self.reader * odds + self.gap * gap + self.leads * fit.leads + self.offset
        return round(1 / (1 + math.exp(-max(-30.0, min(30.0, logit)))), 4)

    @staticmethod
    def features(score: float, fit: Fit) -> tuple[float, float]:
        """Return the log-odds of the reader and the logarithm of the gap."""
        p = min(max(score, _LEAST), 1 - _LEAST)
        return math.log(p / (1 - p)), math.log1p(fit.gap)


def fit_of(answer: tuple[int, int], entity_id: str, mentions: Sequence[Mention]) -> Fit:
    """Return where the characters [start, end) of a text stand to an entity that it mentions."""
    start, end = answer
    own = [m for m in mentions if m.entity.id == entity_id]
    gap = min((max(m.start - end, start - m.end, 0) for m in own), default=end)
    first = min((m.start for m in mentions), default=0)
    return Fit(gap, any(m.start == first for m in own))


@cache
def load_confidence() -> SlotConfidence:
    """Return the function that was fitted for the built-in reader.

    Raises `ModelError` where its file is damaged.
    """
    text = files("extractors.slots").joinpath(_FILE).read_text("utf-8")
    try:
        return SlotConfidence(**json.loads(text))
    except (ValueError, TypeError) as error:
        raise ModelError(f"cannot read {_FILE} ({error}): reinstall kgkit") from error
