"""How surely a passage says a claim: what bears on it, weighed as was learnt.

Learnt by `python -m reasoning.citations.train` from sentences of synthetic worlds.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kgkit.errors import ModelError
from kgkit.facts import Fact, Literal
from reasoning.citations.gathering import Told, all_said
from reasoning.citations.likeness import likeness
from reasoning.citations.matching import matched
from reasoning.citations.meaning import Agreement, is_symmetric, overlap, typing, wordings
from reasoning.citations.naming import Spot
from reasoning.citations.pathing import Way

__all__ = ["FEATURES", "FILE", "Weights", "features", "load_weights", "save_weights"]

#: What is looked at, in the order of the weights.
FEATURES = (
    "same",  # a clause is known to say the relation of the two, in the right direction
    "turned",  # ... in the wrong one
    "other",  # all that clauses say of the two is known to be something else
    "joined",  # open: a clause joins the two by some relation
    "overlap",  # open: share of the relation's words that the clause, or the way between, has
    "near",  # open: cosine with the nearest wording
    "margin",  # open: by how much that exceeds the nearest other relation
    "forward",  # open: log-odds of the matcher, head to tail
    "balance",  # open: these less those tail to head; 0 for a relation that is the same both ways
    "crossed",  # open: every clause runs from tail to head, or a way without clauses does
    "typed",  # 1 where the ends are of the kinds that the relation joins, -1 turned round
    "long",  # words on the way between the two, over 10
    "literal",  # open: the tail is a value
)

#: Where the weights lie.
FILE = Path(__file__).parent / "weights.json"

_LEAST_ODDS = 0.002


@dataclass(frozen=True, slots=True)
class Weights:
    """Logistic regression over `FEATURES`; a citation holds from `threshold` on."""

    weights: tuple[float, ...]
    bias: float
    threshold: float

    def probability(self, values: Sequence[float]) -> float:
        """Return the probability, to 4 decimals, that a passage with these features says so."""
        total = math.fsum(w * x for w, x in zip(self.weights, values, strict=True)) + self.bias
        return round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total)))), 4)


def features(
    claim: Fact,
    passage: str,
    heads: Sequence[Spot],
    tails: Sequence[Spot],
    told: Told | None = None,
) -> tuple[float, ...]:
    """Return the features of a claim and a passage, in the order of `FEATURES`; `told` is what
    the passage says of the two, where that has been read already.

    Where the words decide, encoder and matcher are not asked: those features are 0. Spots count
    characters of the passage. Raises `ModelError` where weights are missing.
    """
    told = told or all_said(claim, passage, heads, tails)
    typed, long = float(typing(claim)), _length(told.ways)
    decided = told.verdict
    if decided is not Agreement.OPEN:
        flags = (decided is each for each in (Agreement.SAME, Agreement.TURNED, Agreement.OTHER))
        return (*map(float, flags), 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, typed, long, 0.0)
    near, margin = likeness(claim, told.phrases)
    found = matched(passage, (claim.head, claim.tail), (heads, tails), wordings(claim))
    forward, backward = _odds(found.forward), _odds(found.backward)
    symmetric = is_symmetric(claim)
    if symmetric:
        forward = backward = max(forward, backward)
    shared = max((overlap(claim, phrase) for phrase, _ in told.phrases), default=0.0)
    return (
        *(0.0, 0.0, 0.0),
        float(bool(told.said)),
        shared,
        near,
        margin,
        forward,
        round(forward - backward, 3),
        float(not symmetric and told.crossed),
        typed,
        long,
        float(isinstance(claim.tail, Literal)),
    )


def _length(ways: Sequence[Way]) -> float:
    return round(min((len(way.words.split()) for way in ways), default=12) / 10, 1)


def _odds(probability: float) -> float:
    kept = min(1 - _LEAST_ODDS, max(_LEAST_ODDS, probability))
    return round(math.log(kept / (1 - kept)), 3)


@cache
def load_weights(path: Path = FILE) -> Weights:
    """Return the weights in a file. Raises `ModelError` where they are missing or damaged."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"no weights can be read from {path}: {error}") from error
    if not isinstance(record, Mapping) or record.get("features") != list(FEATURES):
        raise ModelError(f"{path} holds no weights of this version; install kgkit again")
    weights = tuple(map(float, record["weights"]))
    return Weights(weights, float(record["bias"]), float(record["threshold"]))


def save_weights(weights: Weights, path: Path = FILE) -> None:
    """Write weights to a file."""
    record = {
        "features": list(FEATURES),
        "weights": list(weights.weights),
        "bias": weights.bias,
        "threshold": weights.threshold,
    }
    path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
