"""Many ranges of integers at once, as the rows of a table grouped by owner ask for them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["ranges"]


def ranges(
    begins: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return all integers [n] of the ranges [begin, end), and the range [n] each comes from.

    >>> values, owner = ranges(np.array([3, 8]), np.array([5, 9]))
    >>> values.tolist(), owner.tolist()
    ([3, 4, 8], [0, 0, 1])
    """
    sizes = ends - begins
    which = np.repeat(np.arange(len(sizes)), sizes)
    offsets = np.cumsum(sizes) - sizes
    return np.arange(int(sizes.sum())) - offsets[which] + begins[which], which
