"""The beginnings of tuples that a search holds."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from extractors.harvest.probe.base import Filled

__all__ = ["NOTHING", "Candidate", "Node", "micro", "micro_above"]

_MILLION = 1_000_000

#: The bound of a node without children.
NOTHING = -(10**15)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A tuple that a search found: its entities and value, in natural logs.

    `pieces` are those of each entity; `per_prompt` is the compatibility f with each prompt, in
    the order in which the prompts were given.
    """

    entities: tuple[str, ...]
    value: float
    pieces: tuple[tuple[int, ...], ...]
    per_prompt: tuple[float, ...]


@dataclass(slots=True, eq=False)
class Node:
    """A beginning: the pieces so far of tuples with these `lengths`.

    `place` counts the free slots that are complete; at the last one only text is left to be
    scored. `sums` and `mins` [prompts] are those of its factors so far. `bound` is what no tuple
    that begins so exceeds.

    The rest comes as prompts are read: `read` of them so far, `ids` [n] are the best pieces to
    follow, `logs` [read, n] what prompts give them, `gained` [n] what the prompts that were read
    make of the children, and `best` [n] bounds their values, in order from `next` once all is
    read. At most `keep` are held then; `skip` are pieces that another reading of the same
    beginning holds. `begun` are `sums` and `mins` before reading.
    """

    lengths: tuple[int, ...]
    filled: Filled
    place: int
    sums: NDArray[np.float64]
    mins: NDArray[np.float64]
    bound: int
    keep: int
    skip: NDArray[np.int64] | None = None
    read: int = 0
    ids: NDArray[np.int64] | None = None
    logs: list[NDArray[np.float32]] = field(default_factory=list)
    gained: NDArray[np.float64] | None = None
    best: NDArray[np.float64] | None = None
    next: int = 0
    begun: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None


def micro(value: float) -> int:
    """Return a value in millionths of a nat, so that equal values compare as equal."""
    return max(NOTHING, round(max(value, -1e8) * _MILLION))


def micro_above(value: float) -> int:
    """Return a bound in millionths of a nat, rounded up beyond floating-point noise."""
    return int(np.ceil(max(value, -1e8) * _MILLION + 1e-3))
