"""Small graphs written by hand, with a retrieval and an encoder that only count words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from extractors.sentences import sentences
from kgkit.evidence import TextEvidence
from kgkit.facts import (
    Chunk,
    Document,
    Entity,
    Fact,
    Literal,
    Mention,
    Modality,
    Polarity,
    Qualifier,
)
from reasoning.answers import Answer, MemoryView, ask
from reasoning.answers.words import roots
from reasoning.retrieval import Hit, ScoredSentence

_DIM = 64


class CountingEncoder:
    """Each root of a text adds one to the place that its letters choose."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), _DIM), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for root in roots(text):
                row[sum(map(ord, root)) % _DIM] += 1.0
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        unit: NDArray[np.float32] = rows / np.maximum(norms, np.float32(1e-9))
        return unit


@dataclass
class Small:
    """A graph that grows document by document."""

    documents: list[Document] = field(default_factory=list)
    chunks: list[Chunk] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)

    def add(self, title: str, text: str, *entities: Entity) -> Document:
        """Add a document of one chunk; every entity is mentioned wherever its name stands."""
        document = Document(f"{title.lower().replace(' ', '-')}.txt", text, title)
        chunk = Chunk(document.id, 0, 0, len(text), text, tuple(sentences(text)))
        self.documents.append(document)
        self.chunks.append(chunk)
        for entity in entities:
            start = text.find(entity.name)
            while start >= 0:
                end = start + len(entity.name)
                self.mentions.append(
                    Mention(document.id, chunk.id, start, end, entity.name, entity)
                )
                start = text.find(entity.name, end)
        return document

    def fact(
        self,
        document: Document,
        clause: str,
        head: Entity,
        relation: str,
        tail: Entity | Literal,
        *,
        polarity: Polarity = Polarity.POSITIVE,
        modality: Modality = Modality.ASSERTED,
        qualifiers: tuple[Qualifier, ...] = (),
    ) -> Fact:
        """Add a fact whose evidence is the clause of the document."""
        chunk = next(c for c in self.chunks if c.document_id == document.id)
        start = document.text.index(clause)
        evidence = TextEvidence(document.id, chunk.id, start, start + len(clause), "hand")
        fact = Fact(
            head,
            relation,
            tail,
            qualifiers,
            polarity,
            modality,
            relation.lower().replace("_", " "),
            (evidence,),
        )
        self.facts.append(fact)
        return fact

    @property
    def view(self) -> MemoryView:
        """The graph as answering sees it."""
        return MemoryView(self.documents, self.chunks, self.mentions, self.facts)

    def retrieve(self, question: str, k: int) -> list[Hit]:
        """Return the chunks that share words with the question."""
        wanted = roots(question)
        hits = []
        for chunk, document in zip(self.chunks, self.documents, strict=True):
            scored = []
            for start, end in chunk.sentences:
                said = roots(f"{document.title} {document.text[start:end]}")
                scored.append(ScoredSentence(start, end, len(wanted & said) / (len(wanted) or 1)))
            best = max(s.score for s in scored)
            if best > 0:
                hits.append(Hit(chunk.id, document.id, best, tuple(scored)))
        return sorted(hits, key=lambda hit: (-hit.score, hit.chunk_id))[:k]

    def ask(self, question: str) -> Answer:
        """Ask the graph."""
        return ask(question, facts=self.view, retrieve=self.retrieve, encoder=CountingEncoder())


def person(name: str) -> Entity:
    """Return a person of this name."""
    return Entity.named(name, "Person")


def place(name: str) -> Entity:
    """Return a place of this name."""
    return Entity.named(name, "Location")


def thing(name: str) -> Entity:
    """Return something else of this name."""
    return Entity.named(name, "Misc")
