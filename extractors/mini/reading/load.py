"""The trained reader, loaded once a process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from threading import Lock

from extractors.mini.adapted import adapted
from extractors.mini.reading.network import ReadingNetwork
from extractors.mini.reading.reader import Reader
from extractors.mini.reading.store import FOLDER, RANK, load_reading

__all__ = ["load_reader"]

#: Held while loading, so that threads that ask at once share one network.
_LOADING = Lock()


def load_reader(folder: Path = FOLDER) -> Reader:
    """Return the reader whose adapter lies in `folder`.

    Raises `ModelError` when the encoder or the adapter is missing, damaged or does not fit.
    """
    with _LOADING:
        return _load(folder)


@lru_cache(maxsize=2)
def _load(folder: Path) -> Reader:
    tensors, labels = load_reading(folder)
    name = f"the reader in {folder}"
    network, tokenizer = adapted(ReadingNetwork, tensors, name, rank=RANK)
    return Reader(network, tokenizer, labels)
