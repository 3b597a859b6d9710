"""A little language to write documents in: clauses of subject, relation and object."""

from __future__ import annotations

from typing import NamedTuple

from kgkit.evidence import TextEvidence
from kgkit.facts import Chunk, Document, Entity, Fact, Literal, Mention, Qualifier
from stores.ledger import Ledger

#: A clause: subject, relation, object; an object that is a number becomes a literal.
Clause = tuple[str, str, str]


class Parts(NamedTuple):
    """What `Ledger.add_document` takes, without the run."""

    document: Document
    chunks: list[Chunk]
    mentions: list[Mention]
    facts: list[Fact]


def read(uri: str, *clauses: Clause, title: str = "") -> Parts:
    """Return a document of one sentence a clause, two sentences a chunk."""
    texts = [f"{subject} {relation} {object}." for subject, relation, object in clauses]
    document = Document(uri, " ".join(texts), title, metadata={"lang": "en"})
    parts = Parts(document, [], [], [])
    starts = [sum(len(text) + 1 for text in texts[:i]) for i in range(len(texts))]
    spans = [(start, start + len(text)) for start, text in zip(starts, texts, strict=True)]
    for first in range(0, len(spans), 2):
        own = tuple(spans[first : first + 2])
        start, end = own[0][0], own[-1][1]
        text = document.text[start:end]
        parts.chunks.append(Chunk(document.id, first // 2, start, end, text, own))
    for number, (clause, span) in enumerate(zip(clauses, spans, strict=True)):
        _read_clause(parts, clause, span, parts.chunks[number // 2].id)
    return parts


def _read_clause(parts: Parts, clause: Clause, span: tuple[int, int], chunk_id: str) -> None:
    subject, relation, object = clause
    start, end = span
    at = (parts.document.id, chunk_id)
    head = Entity.named(subject, "Person")
    parts.mentions.append(Mention(*at, start, start + len(subject), subject, head, 0.987654))
    tail: Entity | Literal
    qualifiers: tuple[Qualifier, ...] = ()
    if object.isdigit():
        tail = Literal(int(object), "gYear", text=f"in {object}")
    else:
        tail = Entity.named(object, "Thing")
        found = end - 1 - len(object)
        parts.mentions.append(Mention(*at, found, end - 1, object, tail))
        qualifiers = (Qualifier("with", tail), Qualifier("time", Literal(1903, "gYear")))
    evidence = TextEvidence(*at, start, end, "test", 0.81234567)
    fact = Fact(head, relation.upper(), tail, qualifiers, predicate=relation, evidence=(evidence,))
    parts.facts.append(fact)


def write_some(ledger: Ledger, first: int) -> None:
    """Add nine documents from this number on, and replace every third twice."""
    run = ledger.add_run("test", "1", {}, 0)
    for number in range(first, first + 9):
        clauses = [("Ada", "met", f"Bob {number % 7}"), (f"Bob {number % 5}", "born", "1903")]
        ledger.add_document(*read(f"{number}.txt", *clauses), run)
        if number % 3 == 0:
            ledger.add_document(*read(f"{number}.txt", *clauses[:1]), run)
            ledger.add_document(*read(f"{number}.txt", *clauses), run)
