"""A ledger's life in steps: documents come, change and go, people decide and take it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from kgkit.evidence import ImportEvidence, PersonEvidence
from kgkit.facts import Entity, Fact, Literal, Modality, Polarity, Qualifier
from stores.ledger import Ledger
from tests.stores.ledger.worlds import Clause, read

ADA = Entity.named("Ada", "Person")
ADA_K = Entity.named("Ada King", "Person")
BOB = Entity.named("Bob", "Thing")
CHARLES = Entity("https://example.org/charles", "Charles", "Person", ("Charlie", "C."))
ENGINE = Entity.named("Engine", "work of art")
SURE = (PersonEvidence("Ada"), ImportEvidence("people.csv", "7", 0.5))


def said(head: Entity, relation: str, tail: Entity | Literal, **other: Any) -> Fact:
    """Return a fact that two sources vouch for."""
    return Fact(head, relation, tail, evidence=SURE, **other)


EDGE = said(CHARLES, "BUILT", ENGINE, predicate="built with care")
DATED = said(
    CHARLES,
    "MET",
    ADA,
    qualifiers=(
        Qualifier("time", Literal(date(1833, 6, 5), "date")),
        Qualifier("time", Literal(date(1834, 1, 1), "date")),
        Qualifier("id", Literal(7, "integer")),
    ),
)
WITNESSED = said(CHARLES, "SHOWED", ENGINE, qualifiers=(Qualifier("to", ADA), Qualifier("to", BOB)))
POSED = said(
    CHARLES,
    "HAS_HEIGHT",
    Literal(1.75, "decimal", unit="m"),
    qualifiers=(Qualifier("time", Literal(1833, "gYear")),),
)
VALUES = (
    said(CHARLES, "BORN", Literal(date(1791, 12, 26), "date")),
    said(CHARLES, "AGE", Literal(41, "integer")),
    said(CHARLES, "AGE", Literal(42, "integer")),
    said(CHARLES, "AGE", Literal("young", "string")),
    said(CHARLES, "RICH", Literal(False, "boolean")),
    said(CHARLES, "WROTE_AT", Literal(datetime(1833, 1, 1, 12, tzinfo=UTC), "dateTime")),
    said(CHARLES, "COUNTED", Literal(2**80, "integer")),
    said(CHARLES, "MASS", Literal(70.5, "decimal", unit="kg")),
    said(CHARLES, "MASS", Literal(155.0, "decimal", unit="lb")),
)
DENIED = said(CHARLES, "BUILT", BOB, polarity=Polarity.NEGATIVE)
HEDGED = said(CHARLES, "AGE", Literal(43, "integer"), modality=Modality.HEDGED)
FACTS = (EDGE, DATED, WITNESSED, POSED, *VALUES, DENIED, HEDGED)

#: A step of a ledger's life.
Step = Callable[[Ledger], object]


def write(uri: str, *clauses: Clause, title: str = "") -> Step:
    """Return the step that adds a document, or puts it in the place of its older version."""

    def step(ledger: Ledger) -> None:
        run = ledger.add_run("test", "1", {}, 0)
        ledger.add_document(*read(uri, *clauses, title=title), run)

    return step


def remove(uri: str) -> Step:
    """Return the step that erases a document."""
    return lambda ledger: [ledger.remove_document(id) for id in ledger.document_ids(uri)]


STEPS: tuple[Step, ...] = (
    write("a.txt", ("Ada", "met", "Bob"), ("Ada", "born", "1815"), ("Bob", "saw", "Ada")),
    write("b.txt", ("Ada", "met", "Bob"), ("Ada King", "wrote", "Notes"), ("Ada", "born", "1816")),
    lambda ledger: ledger.add_facts(FACTS),
    lambda ledger: ledger.merge(ADA.id, ADA_K.id),
    write("c.txt", ("Ada King", "met", "Charles"), ("Ada", "wrote", "Notes"), title="Of Ada"),
    write("b.txt", ("Ada", "left", "Bob")),
    lambda ledger: ledger.unmerge((ADA.id, ADA_K.id)),
    lambda ledger: ledger.remove_facts([EDGE.id, VALUES[1].id, POSED.id]),
    remove("a.txt"),
    lambda ledger: ledger.merge(CHARLES.id, ADA.id),
    remove("c.txt"),
    lambda ledger: ledger.remove_facts(fact.id for fact in list(ledger.facts())),
    remove("b.txt"),
)
