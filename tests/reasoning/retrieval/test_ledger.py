"""The index of a ledger: its chunks, its mentions, and the vectors that lie beside it."""

from __future__ import annotations

from functools import partial

from extractors.chunks import split
from kgkit.facts import Entity, Mention
from reasoning.retrieval import encode_chunks, index_ledger, retrieve
from stores.ledger import Ledger
from stores.sync import follow
from stores.vectors import VectorIndex, VectorProjection
from tests.reasoning.retrieval.town import TOWN, WordEncoder


def filled() -> Ledger:
    ledger = Ledger.open(":memory:")
    run = ledger.add_run("test", "1", {}, 0)
    for document in TOWN:
        (chunk,) = split(document)
        founder = Entity.named("Ada Maria Berg", "Person")
        mentions = [Mention(document.id, chunk.id, 0, 8, "Ada Berg", founder)]
        ledger.add_document(document, [chunk], mentions if document.uri == "lab" else [], [], run)
    return ledger


def test_a_ledger_is_indexed_with_its_mentions() -> None:
    encoder = WordEncoder()
    with filled() as ledger:
        vectors = VectorIndex(dim=encoder.dim)
        follow(ledger, VectorProjection(vectors, partial(encode_chunks, encoder)))
        index = index_ledger(ledger, vectors)
        vectors.close()
    assert len(index.passages) == len(TOWN)
    assert len(index.spans) == len(index.sentence_rows) == 2 * len(TOWN)
    assert "ada maria berg" in index.names.numbers
    (hit,) = retrieve(index, "Who founded the Nordlys laboratory?", encoder=encoder, k=1)
    assert hit.document_id == TOWN[0].id


def test_chunks_without_vectors_are_left_out() -> None:
    with filled() as ledger:
        index = index_ledger(ledger, VectorIndex(dim=WordEncoder.dim))
    assert index.passages == ()
    assert retrieve(index, "Anything?", encoder=WordEncoder()) == []
