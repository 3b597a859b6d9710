"""How near words and relation phrases are in meaning, each encoded once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

__all__ = ["Similar", "TextEncoder", "similar"]

_KEPT = 50_000
#: Cosines of short phrases below the first say nothing; at the second they say the same. Read off
#: the bundled encoder for a score of pairs ("place of birth", "was born in": 0.70).
_FLOOR, _CEILING = 0.40, 0.75


class TextEncoder(Protocol):
    """What turns texts into unit vectors."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return [n, dim] unit rows."""


class Similar:
    """A memory of phrase vectors; only phrases that were `learn`ed can be compared."""

    def __init__(self, encoder: TextEncoder) -> None:
        self._encoder = encoder
        self._vectors: dict[str, NDArray[np.float32]] = {}

    def learn(self, phrases: Iterable[str], *, limit: int) -> None:
        """Encode the phrases that are new, at most `limit` of them, in one pass."""
        new = list(dict.fromkeys(p for p in phrases if p and p not in self._vectors))[:limit]
        if not new:
            return
        if len(self._vectors) > _KEPT:
            self._vectors.clear()
        for phrase, vector in zip(new, self._encoder.encode(new), strict=True):
            self._vectors[phrase] = vector

    def __call__(self, left: str, right: str) -> float:
        """Return the likeness in [0, 1], to 4 decimals; 0 where a phrase was not learned."""
        one, other = self._vectors.get(left), self._vectors.get(right)
        if one is None or other is None:
            return 0.0
        cosine = float(one @ other)
        return round(min(1.0, max(0.0, (cosine - _FLOOR) / (_CEILING - _FLOOR))), 4)


def similar(encoder: TextEncoder) -> Similar:
    """Return the memory that goes with an encoder; it lives as long as the encoder."""
    memory = _MEMORIES.get(encoder)
    if memory is None:
        memory = _MEMORIES[encoder] = Similar(encoder)
    return memory


_MEMORIES: WeakKeyDictionary[TextEncoder, Similar] = WeakKeyDictionary()
