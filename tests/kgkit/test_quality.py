"""The quality report says what a ledger holds and what looks wrong in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from extractors.chunks import split
from extractors.worlds import SINGLE_VALUED, World
from kgkit.evidence import ImportEvidence, PersonEvidence, TextEvidence
from kgkit.facts import Document, Entity, Fact, Literal, Modality, Polarity
from kgkit.quality import assess
from kgkit.report import BuildReport, InputStatus, QualityReport
from kgkit.schema import Schema
from stores.ledger import Ledger

ADA, BOB = Entity.named("Ada", "Person"), Entity.named("Bob", "Person")
BORN_1815 = Literal(1815, "gYear")


@dataclass(frozen=True)
class Row:
    """A rejected row."""

    kind: str


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with Ledger.open(":memory:") as ledger:
        yield ledger


def add(ledger: Ledger, document: Document, *facts: Fact, score: float = 0.9) -> None:
    """Add a document that is one chunk, and is evidence of the facts."""
    run = ledger.add_run("test", "1", {}, 0)
    chunks = split(document)
    said = TextEvidence(document.id, chunks[0].id, 0, len(document.text), "test/1", score)
    ledger.add_document(document, chunks, [], [f.with_evidence(said) for f in facts], run)


def test_an_empty_ledger_has_a_report(ledger: Ledger) -> None:
    report = assess(ledger)
    assert str(report) == "0 facts in 0 documents; 0 should be right"
    assert (report.conflicts, report.bands, report.rejected) == ((), (), {})


def test_facts_are_counted_by_source_band_and_polarity(ledger: Ledger) -> None:
    met = Fact(ADA, "MET", BOB, predicate="met")
    saw = replace(met, relation="SAW", predicate="saw", modality=Modality.HEDGED)
    add(ledger, Document("a.txt", "Ada met Bob."), met)
    add(ledger, Document("b.txt", "Ada saw Bob?"), saw, score=0.4)
    ledger.add_facts([met.with_evidence(ImportEvidence("x.csv", "1"))])
    denied = replace(met, relation="KNEW", polarity=Polarity.NEGATIVE)
    ledger.add_facts([denied.with_evidence(PersonEvidence("me"))])
    report = assess(ledger)
    assert report.counts == {"documents": 2, "chunks": 2, "facts": 3, "denied": 1, "hedged": 1}
    assert report.extractors == {"test/1": 2, "import": 1, "person": 1}
    assert [(b.low, b.high, b.facts) for b in report.bands] == [(0.0, 0.5, 1), (0.95, 1.0, 2)]
    assert report.expected == pytest.approx(2.4)


def test_predicates_that_the_schema_lacks_are_unaligned(ledger: Ledger) -> None:
    add(
        ledger,
        Document("a.txt", "Ada met Bob and saw Bob."),
        Fact(ADA, "MET", BOB, predicate="met"),
        Fact(ADA, "SAW", BOB, predicate="saw"),
        Fact(BOB, "SAW", ADA, predicate="saw"),
    )
    assert assess(ledger).unaligned == (("saw", 2), ("met", 1))
    report = assess(ledger, schema=Schema.parse("(Person)-[SAW]->(Person)"))
    assert report.unaligned == (("met", 1),)
    assert report.totals["unaligned"] == 1


def test_chunks_with_nothing_found_are_named(ledger: Ledger) -> None:
    add(ledger, Document("a.txt", "Ada met Bob."), Fact(ADA, "MET", BOB))
    add(ledger, Document("b.txt", "It rained."))
    report = assess(ledger)
    (chunk,) = report.empty_chunks
    assert (chunk.document_uri, chunk.start, chunk.text) == ("b.txt", 0, "It rained.")


@pytest.mark.parametrize(
    ("other", "clash"),
    [
        (Fact(ADA, "BORN_ON", Literal("1815-12", "gYearMonth")), False),
        (Fact(ADA, "BORN_IN", Literal(1816, "gYear")), True),
        (Fact(ADA, "DIE_IN", Literal(1852, "gYear")), False),
        (Fact(BOB, "BORN_IN", Literal(1816, "gYear")), False),
        (Fact(ADA, "BORN_IN", Entity.named("London")), False),
        (Fact(ADA, "BORN_IN", Literal(1816, "gYear"), polarity=Polarity.NEGATIVE), False),
    ],
)
def test_two_times_of_birth_are_a_conflict(ledger: Ledger, other: Fact, clash: bool) -> None:
    add(ledger, Document("a.txt", "Ada was born in 1815."), Fact(ADA, "BORN_IN", BORN_1815))
    add(ledger, Document("b.txt", "Another says otherwise."), other, score=0.5)
    report = assess(ledger)
    assert bool(report.conflicts) is clash
    if clash:
        (conflict,) = report.conflicts
        assert (conflict.head, conflict.about) == ("Ada", "birth")
        assert [value for value, *_ in conflict.values] == ["1815", "1816"]


def test_a_conflict_names_each_value_once(ledger: Ledger) -> None:
    same = Fact(ADA, "DATE_OF_BIRTH", BORN_1815)
    add(ledger, Document("a.txt", "Ada, 1815."), Fact(ADA, "BORN_IN", BORN_1815))
    add(ledger, Document("b.txt", "Ada, born 1815."), same, score=0.3)
    assert assess(ledger).conflicts == ()
    other = Fact(ADA, "BORN_IN", Literal(1816, "gYear"))
    add(ledger, Document("c.txt", "Ada, 1816."), other, score=0.5)
    (conflict,) = assess(ledger).conflicts
    assert [value[:2] for value in conflict.values] == [("1815", 0.9), ("1816", 0.5)]


def test_relations_named_as_single_valued_conflict_too(ledger: Ledger) -> None:
    rome, paris = Entity.named("Rome", "Location"), Entity.named("Paris", "Location")
    add(ledger, Document("a.txt", "x y"), Fact(ADA, "SEAT", rome), Fact(ADA, "SEAT", paris))
    assert assess(ledger).conflicts == ()
    (conflict,) = assess(ledger, single_valued=["SEAT"]).conflicts
    assert {value for value, *_ in conflict.values} == {"Rome", "Paris"}


def test_the_contradictions_of_a_world_are_found(ledger: Ledger) -> None:
    world = World.make(4, people=30, contradictions=0.2)
    run = ledger.add_run("world", "1", {}, 4)
    for document in world.documents:
        found = world.told_in(document)
        ledger.add_document(document, split(document), found.mentions, found.facts, run)
    report = assess(ledger, single_valued=SINGLE_VALUED, top=100)
    pairs = {frozenset(id for *_, id in conflict.values) for conflict in report.conflicts}
    assert pairs == {frozenset(pair) for pair in world.conflicts}


def test_rejected_rows_are_counted_by_reason(ledger: Ledger) -> None:
    fact = Fact(ADA, "MET", BOB)
    add(ledger, Document("a.txt", "Ada met Bob."), fact)
    ledger.reject_fact(fact.id)
    report = assess(ledger, rejections=[Row("not found"), Row("empty"), Row("not found")])
    assert report.rejected == {"not found": 2, "by a person": 1, "empty": 1}


def test_the_report_reads_well_in_every_form(ledger: Ledger) -> None:
    add(
        ledger,
        Document("<a>.txt", "Ada was born in 1815 or 1816."),
        Fact(ADA, "BORN_IN", BORN_1815, predicate="born in"),
        Fact(ADA, "BORN_IN", Literal(1816, "gYear"), predicate="born in"),
    )
    add(ledger, Document("<b>.txt", "It rained."))
    report = assess(ledger)
    assert str(report).splitlines() == [
        "2 facts in 2 documents; 2 should be right",
        "  source       test/1 2",
        "  confidence   0.9-0.95: 2",
        "  empty chunks 1: <b>.txt at 0",
        "  unaligned    1: born in (2)",
        f"  conflicts    1: birth of Ada: {' or '.join(v + ' (0.90)' for v in values(report))}",
    ]
    assert "<b>" not in report._repr_html_()
    assert json.loads(json.dumps(report.to_dict()))["conflicts"][0]["head"] == "Ada"
    build = BuildReport((InputStatus("a", "built", 1, 1, 2),), quality=report)
    assert "quality" in build.to_dict()
    assert "should be right" in build._repr_html_()


def values(report: QualityReport) -> list[str]:
    """Return the values of the first conflict."""
    return [value for value, *_ in report.conflicts[0].values]
