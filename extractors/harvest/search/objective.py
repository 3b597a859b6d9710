"""What a tuple is worth to a model: the consistency of Hao et al. 2023.

With l_1 ... l_m the log-probabilities of a tuple's pieces under prompt p (and g those of the
text behind them, for models that read from left to right)::

    f_p = joint * J + per_piece * J / m + per_entity * J / k + minimum * min_i l_i,  J = sum l + g
    value = sum_p w_p f_p

for k entities. The paper's compatibility is joint 2/3 and minimum 1/3. All parts are at most 0
and only fall when a piece is added, while m is known from the lengths that are being searched: so
the value of a beginning bounds that of all its ends, and best-first search is exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kgkit.errors import InputError

__all__ = ["PAPER", "PER_PIECE", "PUBLISHED_CODE", "WEAKEST", "Objective"]


@dataclass(frozen=True, slots=True)
class Objective:
    """How a tuple's log-probabilities are put together; see the module.

    Raises `InputError` for weights below 0 or when all are 0.
    """

    joint: float = 2 / 3
    per_piece: float = 0.0
    per_entity: float = 0.0
    minimum: float = 1 / 3

    def __post_init__(self) -> None:
        weights = (self.joint, self.per_piece, self.per_entity, self.minimum)
        if not all(0 <= weight < float("inf") for weight in weights) or not any(weights):
            raise InputError(
                f"an objective with the weights {weights} cannot be searched; give numbers of 0 or "
                "more, one of them above 0"
            )

    def scale(self, pieces: int, entities: int) -> float:
        """Return by how much the joint log-probability counts for a tuple of this size."""
        return self.joint + self.per_piece / pieces + self.per_entity / entities

    def combine(
        self, sums: NDArray[np.float64], mins: NDArray[np.float64], scale: float
    ) -> NDArray[np.float64]:
        """Return f [n] for joint log-probabilities [n] and minima [n], or of any other shape."""
        combined: NDArray[np.float64] = scale * sums + self.minimum * mins
        return combined


#: The paper's compatibility: 2/3 of the joint and 1/3 of the weakest piece.
PAPER = Objective()

#: As the paper's published code weighs it: means over pieces and entities, and the minimum.
PUBLISHED_CODE = Objective(0.0, 1 / 3, 1 / 3, 1 / 3)

#: Without a preference for short names: the mean over pieces instead of the joint.
PER_PIECE = Objective(0.0, 2 / 3, 0.0, 1 / 3)

#: The weakest piece alone, which the paper's own search goes by.
WEAKEST = Objective(0.0, 0.0, 0.0, 1.0)
