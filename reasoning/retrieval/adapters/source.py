"""What an adapter needs of a graph, and what it passes on: passages with their place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from reasoning.retrieval.retrieve import Hit
from stores.ledger import Ledger

__all__ = ["Retrieving", "ShownPassage", "passages"]


class Retrieving(Protocol):
    """A graph that retrieves: `kgkit.KnowledgeGraph`."""

    @property
    def ledger(self) -> Ledger:
        """Where texts and addresses are kept."""

    @property
    def retrieve(self) -> Callable[..., list[Hit]]:
        """What finds chunks: called with a question, how many, and options."""


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A chunk with its text, its score, and where it is: address, title, offsets, way."""

    chunk_id: str
    text: str
    score: float
    metadata: Mapping[str, Any]


def passages(
    graph: Retrieving, question: str, k: int, options: Mapping[str, Any]
) -> Iterator[ShownPassage]:
    """Yield what a graph retrieves, best first; `options` are those of its `retrieve`.

    `metadata` holds uri, title, document_id, start and end in document characters, what is noted
    about the document, and, where a walk led there, `via` (the name) and `via_chunk_id`.
    """
    hits = graph.retrieve(question, k, **options)
    chunks = {chunk.id: chunk for chunk in graph.ledger.chunks(ids=[h.chunk_id for h in hits])}
    owners = {hit.document_id for hit in hits}
    documents = {document.id: document for document in graph.ledger.documents(ids=sorted(owners))}
    for hit in hits:
        if hit.chunk_id not in chunks:
            continue  # removed since
        chunk, document = chunks[hit.chunk_id], documents[hit.document_id]
        place = {"start": chunk.start, "end": chunk.end, "document_id": document.id}
        way = {"via": hit.via.name, "via_chunk_id": hit.via.chunk_id} if hit.via else {}
        named = {"uri": document.uri, "title": document.title}
        metadata = {**document.metadata, **named, **place, **way}
        yield ShownPassage(chunk.id, chunk.text, hit.score, metadata)
