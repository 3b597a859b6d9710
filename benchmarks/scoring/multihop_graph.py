"""The graph that multi-hop questions are asked: one that is there, or one that is thrown away."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import kgkit
from kgkit.errors import InputError
from kgkit.facts import Document
from kgkit.graph import KnowledgeGraph

__all__ = ["opened"]


@contextmanager
def opened(
    documents: Sequence[Document], graph: Path | None = None
) -> Iterator[tuple[KnowledgeGraph, float]]:
    """Yield the graph of these documents and the seconds that building it took, 0 for one given.

    Raises `InputError` when the graph given was built from other documents.
    """
    if graph is None:
        with tempfile.TemporaryDirectory() as folder, kgkit.open(Path(folder) / "bench.kg") as kg:
            began = time.perf_counter()
            kg.build(*documents)
            yield kg, time.perf_counter() - began
        return
    with kgkit.open(graph, read_only=True) as kg:
        missing = {document.id for document in documents} - {d.id for d in kg.ledger.documents()}
        if missing or kg.stats()["documents"] != len(documents):
            raise InputError(
                f"{graph} holds {kg.stats()['documents']} documents and lacks {len(missing)} of "
                f"the corpus' {len(documents)}; give the corpus that it was built from"
            )
        yield kg, 0.0
