"""The trained relation head, loaded once a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from threading import Lock

from extractors.mini.adapted import adapted
from extractors.mini.relations.halves import halve, is_faster
from extractors.mini.relations.network import RelationNetwork
from extractors.mini.relations.reader import RelationReader
from extractors.mini.relations.store import FOLDER, RANK, load_relations

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
    tensors, labels = load_relations(folder)
    network, tokenizer = adapted(
        lambda bert: RelationNetwork(bert, len(labels.names)),
        tensors,
        f"the relation head in {folder}",
        rank=RANK,
    )
    if is_faster():
        halve(network)
    return RelationReader(network, tokenizer, labels)
