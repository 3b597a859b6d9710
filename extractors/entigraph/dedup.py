"""Texts that nearly repeat an earlier one, found by MinHash in bounded memory.

Shingles are runs of eight bytes. One hash gives all minima of a text (one-permutation hashing,
Li, Owen and Zhang 2012), empty bins take their neighbour's (Shrivastava and Li 2014), and texts
that agree in one of 32 bands of four are compared (Broder 1997). Signatures lie in a file of 256
bytes a text, and one band at a time is sorted in memory: some 50 bytes a text.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from kgkit.errors import InputError

__all__ = ["near_duplicates", "signatures"]

_BINS = 128
_ROWS = 4
_BATCH = 1000
_SHINGLE = 8
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
_BLANK = re.compile(r"\s+")
_EMPTY = np.uint64(0xFFFFFFFFFFFFFFFF)


def near_duplicates(texts: Iterable[str], *, threshold: float = 0.9) -> NDArray[np.int64]:
    """Return for each text the place of an earlier one that it nearly repeats, or -1, [n].

    Two texts do so when the estimated Jaccard similarity of their shingles, case and blanks
    folded, is at least `threshold`. Pairs at 0.8 are compared with a probability above 0.999. The
    earlier one may itself repeat another. Raises `InputError` for a threshold outside (0, 1].

    >>> near_duplicates(["One and the same text.", "Quite another.", "One and the  same text."])
    array([-1, -1,  0])
    """
    if not 0.0 < threshold <= 1.0:
        raise InputError(f"threshold={threshold} is no similarity; give one above 0, up to 1")
    with tempfile.TemporaryFile(prefix="kgkit-minhash-") as file:
        count = 0
        for batch in _batches(texts):
            file.write(signatures(batch).tobytes())
            count += len(batch)
        if not count:
            return np.empty(0, dtype=np.int64)
        file.flush()
        kept = np.memmap(file, dtype=np.uint16, mode="r", shape=(count, _BINS))
        return _joined(kept, threshold)


def signatures(texts: list[str]) -> NDArray[np.uint16]:
    """Return the MinHash signature of each text, [n, 128]."""
    plain = [_BLANK.sub(" ", text).strip().casefold().encode(errors="replace") for text in texts]
    plain = [text.ljust(_SHINGLE) for text in plain]
    counts = np.array([len(text) - _SHINGLE + 1 for text in plain])
    runs = [
        np.lib.stride_tricks.sliding_window_view(np.frombuffer(text, np.uint8), _SHINGLE)
        for text in plain
    ]
    hashed = _mixed(np.ascontiguousarray(np.concatenate(runs)).view(np.uint64)[:, 0])
    owner = np.repeat(np.arange(len(plain)), counts)
    cells = owner * _BINS + (hashed >> np.uint64(57)).astype(np.int64)
    bins = np.full(len(plain) * _BINS, _EMPTY)
    np.minimum.at(bins, cells, hashed & np.uint64((1 << 57) - 1))
    filled = _densified(bins.reshape(len(plain), _BINS))
    return (_mixed(filled.ravel()) & np.uint64(0xFFFF)).astype(np.uint16).reshape(-1, _BINS)


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return well-mixed values (splitmix64), [n]."""
    with np.errstate(over="ignore"):
        values = values + _MIX[0]
        values = (values ^ (values >> np.uint64(30))) * _MIX[1]
        values = (values ^ (values >> np.uint64(27))) * _MIX[2]
        mixed: NDArray[np.uint64] = values ^ (values >> np.uint64(31))
    return mixed


def _densified(bins: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the bins, [n, 128], each empty one with what the next full one to its right has,
    round the end, told from it by the distance."""
    twice = np.concatenate([bins, bins], axis=1) != _EMPTY
    places = np.where(twice, np.arange(2 * _BINS), 2 * _BINS)
    nearest = np.minimum.accumulate(places[:, ::-1], axis=1)[:, ::-1][:, :_BINS]
    distance = (nearest - np.arange(_BINS)).astype(np.uint64)
    filled = np.take_along_axis(bins, nearest % _BINS, axis=1)
    return filled ^ (distance << np.uint64(57))


def _joined(kept: NDArray[np.uint16], threshold: float) -> NDArray[np.int64]:
    first = np.full(len(kept), -1, dtype=np.int64)
    enough = int(np.ceil(threshold * _BINS))
    for band in range(_BINS // _ROWS):
        part = np.ascontiguousarray(kept[:, band * _ROWS : (band + 1) * _ROWS])
        keys = part.view(np.uint64)[:, 0]
        order = np.argsort(keys, kind="stable")
        ranked = keys[order]
        starts = np.r_[True, ranked[1:] != ranked[:-1]]
        # Each is held against the earliest of its group: groups may be large.
        lead = order[np.maximum.accumulate(np.where(starts, np.arange(len(order)), 0))]
        open_ = (lead != order) & (first[order] < 0)
        later, earlier = order[open_], lead[open_]
        for at in range(0, len(later), 100_000):
            a, b = later[at : at + 100_000], earlier[at : at + 100_000]
            alike = (kept[a] == kept[b]).sum(axis=1) >= enough
            first[a[alike]] = b[alike]
    return first


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    stream = iter(texts)
    while batch := list(islice(stream, _BATCH)):
        yield batch
