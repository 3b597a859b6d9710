"""The trained masked language model, loaded once a process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from threading import Lock

from extractors.mini.adapted import adapted
from extractors.mini.masked.network import MaskedNetwork
from extractors.mini.masked.store import FOLDER, RANK, load_masked

__all__ = ["load_masked_network"]

#: Held while loading, so that threads that ask at once share one network.
_LOADING = Lock()


def load_masked_network(folder: Path = FOLDER) -> MaskedNetwork:
    """Return the network whose adapter lies in `folder`, its updates folded into the layers.

    Raises `ModelError` when the encoder or the adapter is missing, damaged or does not fit.
    """
    with _LOADING:
        return _load(folder)


@lru_cache(maxsize=2)
def _load(folder: Path) -> MaskedNetwork:
    tensors, _ = load_masked(folder)
    return adapted(MaskedNetwork, tensors, f"the masked model in {folder}", rank=RANK)[0]
