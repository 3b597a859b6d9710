"""The trained reader, loaded once a process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from threading import Lock

import torch

from extractors.mini.lora import adapt, merge
from extractors.mini.reading.network import ReadingNetwork
from extractors.mini.reading.reader import Reader
from extractors.mini.reading.store import FOLDER, RANK, load_reading
from kgkit.errors import ModelError
from kgkit.models.bert import Bert
from kgkit.models.encoder import load_encoder

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
    encoder = load_encoder()
    tensors, labels = load_reading(folder)
    with torch.device("meta"):
        network = ReadingNetwork(Bert())
        # The encoder's tensors are shared, not copied: what the adapter changes is replaced.
        network.bert.load_state_dict(encoder.bert.state_dict(), assign=True)
        network.bert.requires_grad_(False)
        adapt(network.bert, rank=RANK)
    try:
        missing = network.load_state_dict(tensors, strict=False, assign=True)
    except RuntimeError as error:
        raise ModelError(f"the reader in {folder} does not fit: {error}") from error
    trained = {name for name, p in network.named_parameters() if p.requires_grad}
    lacking = sorted(trained.intersection(missing.missing_keys)) + missing.unexpected_keys
    if lacking:
        raise ModelError(f"the reader in {folder} does not fit: {lacking[0]} is missing or unknown")
    merge(network.bert)
    return Reader(network.requires_grad_(False).eval(), encoder.tokenizer, labels)
