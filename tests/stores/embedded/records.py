"""A small world of records about Marie Curie, and the content of a graph for comparing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from kgkit.evidence import PersonEvidence, TextEvidence
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
from stores.embedded import EmbeddedGraph
from stores.ledger import Batch

CURIE = Entity.named("Marie Curie", "Person", ("Curie",))
PIERRE = Entity.named("Pierre Curie", "Person")
WARSAW = Entity.named("Warsaw", "Location")
STOCKHOLM = Entity.named("Stockholm", "Location")
NOBEL = Entity.named("Nobel Prize", "award of honour")

PAPER = Document(
    "curie.txt", "Marie Curie was born in Warsaw. Curie married Pierre Curie.", "Curie"
)
CHUNK = Chunk(PAPER.id, 0, 0, len(PAPER.text), PAPER.text, ((0, 31), (32, 59)))
MENTIONS = (
    Mention(PAPER.id, CHUNK.id, 0, 11, "Marie Curie", CURIE),
    Mention(PAPER.id, CHUNK.id, 24, 30, "Warsaw", WARSAW),
    Mention(PAPER.id, CHUNK.id, 32, 37, "Curie", CURIE),
)
SAID = TextEvidence(PAPER.id, CHUNK.id, 0, 31, "test", 0.9)
BIRTH = date(1867, 11, 7)

BORN = Fact(
    CURIE,
    "BORN_IN",
    WARSAW,
    (Qualifier("time", Literal(BIRTH, "date")),),
    predicate="was born in",
    evidence=(SAID,),
)
BIRTH_DATE = Fact(CURIE, "BIRTH_DATE", Literal(BIRTH, "date"), evidence=(SAID,))
MARRIED = Fact(CURIE, "MARRIED", PIERRE, evidence=(SAID,))
WON = Fact(CURIE, "WON", NOBEL, (Qualifier("place", STOCKHOLM),), evidence=(SAID,))
DENIED = Fact(CURIE, "BORN_IN", STOCKHOLM, polarity=Polarity.NEGATIVE, evidence=(SAID,))
HEDGED = Fact(PIERRE, "BORN_IN", WARSAW, modality=Modality.HEDGED, evidence=(SAID,))
FACTS = (BORN, BIRTH_DATE, MARRIED, WON, DENIED, HEDGED)


def batch(
    facts: Iterable[Fact] = (),
    *,
    upto: int = 1,
    texts: bool = False,
    entities: Iterable[Entity] = (),
    gone: Sequence[tuple[str, str]] = (),
) -> Batch:
    """Return a batch with these facts and all that they name; `texts` adds the document."""
    facts = tuple(facts)
    named = {entity.id: entity for fact in facts for entity in _ends(fact)}
    named |= {m.entity.id: m.entity for m in MENTIONS if texts}
    named |= {entity.id: entity for entity in entities}
    return Batch(
        upto,
        (PAPER,) if texts else (),
        (CHUNK,) if texts else (),
        MENTIONS if texts else (),
        tuple(named[id] for id in sorted(named)),
        tuple(sorted(facts, key=lambda fact: fact.id)),
        tuple(sorted(gone)),
    )


def world(upto: int = 1) -> Batch:
    """Return the whole small world as one batch."""
    return batch(FACTS, upto=upto, texts=True)


def literal(value: Any, head: Entity = CURIE, relation: str = "HEIGHT", unit: str = "") -> Fact:
    """Return a fact with a literal tail that a person vouches for."""
    tail = Literal(value, type(value).__name__, unit=unit or None)
    return Fact(head, relation, tail, evidence=(PersonEvidence("Ada"),))


def seen_again(fact: Fact) -> Fact:
    """Return the fact with one more piece of evidence."""
    return replace(fact, evidence=(*fact.evidence, PersonEvidence("Ada", score=0.5)))


def content(graph: EmbeddedGraph) -> tuple[list[Any], list[Any]]:
    """Return the nodes and the relationships of a graph in an order of their own."""
    nodes = graph.query("MATCH (n) RETURN n")
    edges = graph.query("MATCH ()-[r]->() RETURN r")
    return (
        sorted(repr((row["n"].labels, sorted(row["n"].properties.items()))) for row in nodes),
        sorted(
            (row["r"].start, row["r"].type, row["r"].end, repr(sorted(row["r"].properties.items())))
            for row in edges
        ),
    )


def _ends(fact: Fact) -> list[Entity]:
    values = (fact.head, fact.tail, *(q.value for q in fact.qualifiers))
    return [value for value in values if isinstance(value, Entity)]
