from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from kgkit.models.memory import trim


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20


def _hold_much_and_keep_little() -> list[NDArray[np.float64]]:
    """Allocate 128 MB and keep every hundredth block, so that the heap cannot just shrink."""
    blocks = [np.ones(4000) for _ in range(4000)]
    return blocks[99::100]


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc keeps what threads have freed")
def test_what_a_thread_freed_goes_back_to_the_system() -> None:
    with ThreadPoolExecutor(1) as pool:
        kept = pool.submit(_hold_much_and_keep_little).result()
        before = _resident_mb()
        trim()
        assert before - _resident_mb() > 60
    assert len(kept) == 40
