"""The trained relation head, loaded once a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from threading import Lock

import torch

from extractors.mini.lora import adapt, merge
from extractors.mini.relations.halves import halve, is_faster
from extractors.mini.relations.network import RelationNetwork
from extractors.mini.relations.reader import RelationReader
from extractors.mini.relations.store import FOLDER, RANK, load_relations
from kgkit.errors import ModelError
from kgkit.models.bert import Bert
from kgkit.models.encoder import load_encoder

__all__ = ["load_relation_reader"]

#: Held while loading, so that threads that ask at once share one network.
_LOADING = Lock()


def load_relation_reader(folder: Path = FOLDER) -> RelationReader:
    """Return the relation head whose adapter lies in `folder`.

    Raises `ModelError` when the encoder or the adapter is missing, damaged or does not fit.
    """
    with _LOADING:
        return _load(folder)


@cache
def _load(folder: Path) -> RelationReader:
    encoder = load_encoder()
    tensors, labels = load_relations(folder)
    with torch.device("meta"):
        network = RelationNetwork(Bert(), len(labels.names))
        # The encoder's tensors are shared, not copied: what the adapter changes is replaced.
        network.bert.load_state_dict(encoder.bert.state_dict(), assign=True)
        network.bert.requires_grad_(False)
        adapt(network.bert, rank=RANK)
    try:
        missing = network.load_state_dict(tensors, strict=False, assign=True)
    except RuntimeError as error:
        raise ModelError(f"the relation head in {folder} does not fit: {error}") from error
    trained = {name for name, p in network.named_parameters() if p.requires_grad}
    lacking = sorted(trained.intersection(missing.missing_keys)) + missing.unexpected_keys
    if lacking:
        raise ModelError(
            f"the relation head in {folder} does not fit: {lacking[0]} is missing or unknown"
        )
    merge(network.bert)
    if is_faster():
        halve(network)
    return RelationReader(network.requires_grad_(False).eval(), encoder.tokenizer, labels)
