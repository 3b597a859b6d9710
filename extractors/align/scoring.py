"""How likely two profiles are one entity: a logistic model over the features of a pair."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractors.align.features import FEATURES
from kgkit.errors import ModelError

__all__ = ["PairModel", "load_pair_model"]

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class PairModel:
    """Logistic regression: one weight a feature, a bias, and a threshold for each kind of pair.

    `thresholds` maps a kind (`extractors.align.features.kinds_of`, or for namesakes the family of
    a type) to the least probability at which a pair is taken for one entity; `review` is the
    least at which a person is asked.
    """

    features: tuple[str, ...]
    weights: tuple[float, ...]
    bias: float
    thresholds: Mapping[str, float]
    review: float = 0.5

    def probability(self, values: Sequence[float]) -> float:
        """Return the probability in [0, 1] of a pair with these features, to 4 decimals."""
        score = self.bias + math.fsum(w * x for w, x in zip(self.weights, values, strict=True))
        return round(1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, score)))), 4)

    def reasons(self, values: Sequence[float], most: int = 4) -> tuple[str, ...]:
        """Return the features that moved the score most, "+" for and "-" against, in order."""
        moved = [
            (w * x, name)
            for name, w, x in zip(self.features, self.weights, values, strict=True)
            if abs(w * x) >= _SLIGHT
        ]
        moved.sort(key=lambda one: (-abs(one[0]), one[1]))
        return tuple(
            f"{'+' if by > 0 else '-'}{name.replace('_', ' ')}" for by, name in moved[:most]
        )

    def threshold(self, *kinds: str) -> float:
        """Return the least threshold of these kinds; one that is not known stands for its first
        word ("slip work" for "slip"), and that for "other"."""
        known = self.thresholds
        other = known["other"]
        return min(
            (known.get(kind, known.get(kind.partition(" ")[0], other)) for kind in kinds),
            default=other,
        )


#: A part of the score (in nats) below this is no reason.
_SLIGHT = 0.3


@cache
def load_pair_model(name: str = "pairs") -> PairModel:
    """Return the model in the file `name`.json beside this module, read once a process.

    Raises `ModelError` where it is missing, damaged or was trained on other features.
    """
    path = _FOLDER / f"{name}.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path.name} cannot be read ({error}): install kgkit again") from error
    if name == "pairs" and tuple(found["features"]) != FEATURES:
        raise ModelError(
            f"{path.name} was trained on other features: run python -m extractors.align.train"
        )
    return PairModel(
        tuple(found["features"]),
        tuple(found["weights"]),
        found["bias"],
        found["thresholds"],
        found["review"],
    )
