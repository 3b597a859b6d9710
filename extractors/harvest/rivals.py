"""Other tails for a head: where there can be one only, each speaks against the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from extractors.harvest.scoring import Scoring, score
from extractors.harvest.search import Space, search
from extractors.harvest.search.words import folded

if TYPE_CHECKING:
    from extractors.harvest.inquiry import Asked

__all__ = ["log_shares", "rivals"]

#: Rivals of one piece are enough to show what a model would rather say, and cost a row a prompt.
_SPACE = Space(max_pieces=1)
_TAIL = Scoring(given=(0,), pmi=False)
#: How many rivals a tail is held against.
_RIVALS = 2


def rivals(asked: Asked, head: str, n: int = _RIVALS + 1) -> list[tuple[str, float]]:
    """Return the `n` tails that a model puts to a head most readily, with their values in nats.

    Only tails of one piece are looked at, where the relation does not list those allowed.
    """
    found = search(asked.probe, asked.prompts, asked.relation, n=n, fixed={0: head}, space=_SPACE)
    return [(candidate.entities[1], candidate.value) for candidate in found]


def log_shares(asked: Asked, tuples: Sequence[tuple[str, ...]]) -> NDArray[np.float64]:
    """Return the log of the share that each pair's tail has beside its best rivals [n], in nats.

    Where one tail alone can be true, the share is what the model itself gives to this one.
    """
    known = {head: rivals(asked, head) for head in dict.fromkeys(pair[0] for pair in tuples)}
    own = score(asked.probe, asked.prompts, tuples, _TAIL)
    found = []
    for (head, tail), given in zip(tuples, own, strict=True):
        others = [value for name, value in known[head] if folded(name) != folded(tail)]
        found.append(given.value - np.logaddexp.reduce([given.value, *others[:_RIVALS]]))
    return np.array(found)
