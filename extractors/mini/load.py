"""The trained parser, ready to read: loaded once a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from threading import Lock

from extractors.mini.adapted import adapted
from extractors.mini.network import Network
from extractors.mini.parse import Mini
from extractors.mini.store import FOLDER, load_adapter

__all__ = ["load_mini"]


#: Held while loading, so that threads that ask at once share one parser.
_LOADING = Lock()


def load_mini(folder: Path = FOLDER) -> Mini:
    """Return the parser whose adapter lies in `folder`.

    Raises `ModelError` when the encoder or the adapter is missing, damaged or does not fit.
    """
    with _LOADING:
        return _load(folder)


@cache
def _load(folder: Path) -> Mini:
    tensors, labels = load_adapter(folder)
    name = f"the parser's adapter in {folder}"
    network, tokenizer = adapted(lambda bert: Network(bert, labels), tensors, name)
    return Mini(network, tokenizer, labels)
