"""Ways to rank the chunks of a graph for a question: ours, parts of ours, and others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from benchmarks.scoring.multihop_passages import Ranking
from benchmarks.scoring.multihop_peer import PhraseWalk, Triple
from kgkit.evidence import TextEvidence
from kgkit.facts import Entity
from kgkit.graph import KnowledgeGraph
from reasoning.retrieval import VOICES, retrieve

__all__ = ["VOICES", "bm25", "dense", "facts_of", "ours", "peer", "triples_of"]

#: A long passage is several chunks: so many are asked for that ten passages are among them.
_CHUNKS = 40


def ours(kg: KnowledgeGraph, without: Collection[str] = ()) -> Ranking:
    """Return the graph's own retrieval, one or more of its voices left out."""
    index, encoder = kg.projections.retrieval, kg.projections.encoder

    def rank(question: str) -> list[str]:
        hits = retrieve(index, question, encoder=encoder, k=_CHUNKS, without=without)
        return [hit.chunk_id for hit in hits]

    return rank


def dense(kg: KnowledgeGraph) -> Ranking:
    """Return the ranking by the cosine of question and chunk."""
    index, encoder = kg.projections.retrieval, kg.projections.encoder

    def rank(question: str) -> list[str]:
        fit = index.passage_vectors @ encoder.encode([question])[0]
        return [index.passages[at].chunk_id for at in np.argsort(-fit, kind="stable")[:_CHUNKS]]

    return rank


def bm25(kg: KnowledgeGraph) -> Ranking:
    """Return the ranking by the graph's word index."""
    lexical = kg.projections.lexical
    return lambda question: [id for id, _ in lexical.search(question, _CHUNKS)]


def peer(kg: KnowledgeGraph, triples: Iterable[Triple]) -> Ranking:
    """Return the peer's walk over these triples and the graph's chunks."""
    index, encoder = kg.projections.retrieval, kg.projections.encoder
    walk = PhraseWalk(triples, index.passage_vectors, encoder.encode)

    def rank(question: str) -> list[str]:
        found = walk.rank(encoder.encode([question])[0], _CHUNKS)
        return [index.passages[at].chunk_id for at in found]

    return rank


def facts_of(kg: KnowledgeGraph) -> Iterator[Triple]:
    """Yield the graph's facts as triples of words, each with the chunks that say it."""
    number = {p.chunk_id: at for at, p in enumerate(kg.projections.retrieval.passages)}
    for fact in kg.facts():
        chunks = {e.chunk_id for e in fact.evidence if isinstance(e, TextEvidence)}
        tail = fact.tail.name if isinstance(fact.tail, Entity) else str(fact.tail.value)
        places = sorted(number[id] for id in chunks if id in number)
        yield Triple(fact.head.name, fact.relation.replace("_", " "), tail, tuple(places))


def triples_of(rows: Sequence[Mapping[str, Any]], kg: KnowledgeGraph) -> Iterator[Triple]:
    """Yield the triples of passages that were read by something else; odd ones are left out."""
    address = {document.id: document.uri for document in kg.ledger.documents()}
    places: dict[str, list[int]] = defaultdict(list)
    for at, passage in enumerate(kg.projections.retrieval.passages):
        places[address[passage.document_id]].append(at)
    for row in rows:
        for triple in row["triples"]:
            if len(triple) == 3 and str(row["id"]) in places:
                head, relation, tail = map(str, triple)
                yield Triple(head, relation, tail, tuple(places[str(row["id"])]))
