"""What a probe says of tuples, prompt by prompt."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extractors.harvest.probe.base import Factor, Probe
from extractors.harvest.prompt import Prompt

__all__ = ["JOINT_SHARE", "compatibilities", "slot_logs"]

#: How much the joint counts beside the minimum: a in "a joint + (1 - a) minimum".
JOINT_SHARE = 2 / 3


def slot_logs(
    probe: Probe, prompts: Sequence[Prompt], tuples: Sequence[tuple[str, ...]]
) -> NDArray[np.float64]:
    """Return the natural log-probability of each entity given those before it,
    [prompts, tuples, arity]; all pieces of an entity are added up.

    Raises `InputError` for an entity that the model cannot write.
    """
    pieces = [tuple(probe.vocabulary.encode(entity) for entity in row) for row in tuples]
    factors: list[Factor] = []
    places: list[tuple[int, int]] = []
    for i, prompt in enumerate(prompts):
        frame = probe.frame(prompt, {})
        for j, filled in enumerate(pieces):
            made = frame.factors(filled)
            factors += made
            places += [(i, j)] * len(made)
    values = probe.chosen(factors)
    logs = np.zeros((len(prompts), len(tuples), len(tuples[0])))
    for (i, j), factor, value in zip(places, factors, values, strict=True):
        logs[i, j, factor.slot] += value
    return logs


def compatibilities(logs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how well tuples suit prompts, [prompts, tuples], from `slot_logs` [prompts, tuples,
    arity]: joint and minimum mixed (Hao et al. 2023, equation 1)."""
    mixed: NDArray[np.float64] = JOINT_SHARE * logs.sum(2) + (1 - JOINT_SHARE) * logs.min(2)
    return mixed
