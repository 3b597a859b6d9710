"""Filling slots: what is asked, what is kept, and that it follows the documents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.base import Extraction
from kgkit.errors import InputError, ReadOnlyError
from kgkit.evidence import PersonEvidence, TextEvidence
from kgkit.facts import Chunk, Document, Entity, Fact, Mention, Polarity
from kgkit.filling import fill, unfill
from kgkit.filling_report import FillReport
from kgkit.schema import Schema
from stores.ledger import Ledger

BORN = Schema.parse("(Person)-[BORN_IN]->(City)")
PEOPLE = ("Ida Vale", "Tom Hale", "Ann Moor")
CITIES = ("Aarhus", "Oslo", "Turku")


@dataclass(frozen=True)
class Answer:
    """A span."""

    start: int
    end: int
    score: float


class Reader:
    """Answers "which city was X born in" with the city of "X ... born in CITY"; counts its work."""

    name = "reader"
    version = "1"

    def __init__(self, score: float = 0.8) -> None:
        self.score = score
        self.asked: list[tuple[str, str]] = []

    def read_all(self, questions: Sequence[tuple[str, str]]) -> list[Answer | None]:
        """Return an answer where the text has one."""
        return [self._read(*each) for each in questions]

    def _read(self, question: str, text: str) -> Answer | None:
        self.asked.append((question, text))
        name = question.removeprefix("Which city was ").removesuffix(" born in?")
        found = re.search(rf"{name} was (?:perhaps |not )?born in (\w+)", text)
        if found is None:
            return None
        score = 0.6 if "perhaps" in found[0] else self.score
        return Answer(*found.span(1), score)


def extraction(document: Document) -> tuple[list[Chunk], Extraction]:
    """Return one chunk a document, and the mentions of the people and cities in it."""
    text = document.text
    spans = [(m.start(), m.end()) for m in re.finditer(r"[^.]+\.", text)]
    chunk = Chunk(document.id, 0, 0, len(text), text, tuple(spans))
    mentions = []
    for name in (*PEOPLE, *CITIES, "She"):
        for found in re.finditer(name, text):
            entity = Entity.named(name, "Person" if name in PEOPLE else "Location")
            kind = "name"
            if name == "She":
                entity, kind = Entity.named(PEOPLE[0], "Person"), "pronoun"
            at = (document.id, chunk.id, found.start(), found.end())
            mentions.append(Mention(*at, found[0], entity, kind=kind))
    return [chunk], Extraction(tuple(mentions))


def add(ledger: Ledger, uri: str, text: str) -> str:
    document = Document(uri, text)
    chunks, found = extraction(document)
    run = ledger.add_run("test", "1", {}, 0)
    ledger.add_document(document, chunks, found.mentions, found.facts, run)
    return document.id


def told(report: FillReport) -> list[str]:
    return sorted(map(str, report.facts))


def test_a_missing_value_is_read_off_the_text() -> None:
    with Ledger.open(":memory:") as ledger:
        text = "Ida Vale sang. She was born in Aarhus. Tom Hale was late."
        add(ledger, "a", text)
        report = fill(ledger, BORN, Reader())
        assert told(report) == ["(Ida Vale)-[BORN_IN]->(Aarhus)"]
        assert (report.asked, report.filled, report.empty, report.changed) == (2, 1, 1, True)
        (fact,) = ledger.facts()
        (piece,) = fact.evidence
        assert isinstance(piece, TextEvidence)
        assert (piece.extractor, piece.score, fact.confidence) == ("reader/1", 0.8, 0.8)
        assert text[piece.start : piece.end].strip() == "She was born in Aarhus."
        assert fact.tail == Entity.named("Aarhus", "Location")
        assert list(ledger.problems()) == []


def test_a_value_that_is_there_is_never_overwritten() -> None:
    with Ledger.open(":memory:") as ledger:
        add(ledger, "a", "Ida Vale was born in Aarhus.")
        ida, oslo = Entity.named("Ida Vale", "Person"), Entity.named("Oslo", "Location")
        ledger.add_facts([Fact(ida, "BORN_IN", oslo, evidence=(PersonEvidence("Bob"),))])
        report = fill(ledger, BORN, Reader())
        assert (report.asked, report.facts, report.changed) == (0, (), False)


def test_the_threshold_and_a_dry_run_leave_the_graph_alone() -> None:
    with Ledger.open(":memory:") as ledger:
        add(ledger, "a", "Ida Vale was born in Aarhus.")
        before = list(ledger.export())
        assert fill(ledger, BORN, Reader(), threshold=0.81).filled == 0
        dry = fill(ledger, BORN, Reader(), dry_run=True)
        assert (dry.filled, dry.changed) == (1, False)
        assert list(ledger.export()) == before
        assert str(dry).startswith("1 of 1 slots would be filled")


def test_a_second_fill_reads_only_what_is_new() -> None:
    with Ledger.open(":memory:") as ledger:
        add(ledger, "a", "Ida Vale was born in Aarhus.")
        fill(ledger, BORN, Reader())
        export = list(ledger.export())
        reader = Reader()
        again = fill(ledger, BORN, reader)
        assert reader.asked == []
        assert (again.filled, again.changed) == (1, False)
        assert list(ledger.export()) == export
        add(ledger, "b", "Tom Hale was born in Oslo.")
        assert told(fill(ledger, BORN, reader)) == [
            "(Ida Vale)-[BORN_IN]->(Aarhus)",
            "(Tom Hale)-[BORN_IN]->(Oslo)",
        ]
        assert len(reader.asked) == 1


def test_a_fact_goes_with_its_document_and_is_asked_for_again() -> None:
    with Ledger.open(":memory:") as ledger:
        first = add(ledger, "a", "Ida Vale was born in Aarhus.")
        add(ledger, "b", "Ida Vale was perhaps born in Oslo.")
        assert told(fill(ledger, BORN, Reader())) == ["(Ida Vale)-[BORN_IN]->(Aarhus)"]
        ledger.remove_document(first)
        assert list(ledger.facts()) == []
        assert told(fill(ledger, BORN, Reader())) == ["(Ida Vale)-[BORN_IN]->(Oslo)"]


def test_a_better_answer_takes_the_place_of_an_earlier_one() -> None:
    with Ledger.open(":memory:") as ledger:
        add(ledger, "b", "Ida Vale was perhaps born in Oslo.")
        fill(ledger, BORN, Reader())
        add(ledger, "a", "Ida Vale was born in Aarhus.")
        fill(ledger, BORN, Reader())
        assert [str(fact) for fact in ledger.facts()] == ["(Ida Vale)-[BORN_IN]->(Aarhus)"]


def test_it_is_withdrawn_as_a_whole() -> None:
    with Ledger.open(":memory:") as ledger:
        add(ledger, "a", "Ida Vale was born in Aarhus. Tom Hale was born in Oslo.")
        before = list(ledger.export())
        (first, _) = fill(ledger, BORN, Reader()).facts
        ledger.add_facts([first.with_evidence(PersonEvidence("Bob"))])
        assert unfill(ledger, Schema.parse("(Person)-[DIED_IN]->(City)")) == 0
        assert unfill(ledger, BORN) == 2
        assert [str(fact) for fact in ledger.facts()] == [str(first)]
        ledger.remove_facts([first.id])
        assert list(ledger.export()) == before


def test_what_a_person_rejected_is_not_filled_in_again() -> None:
    with Ledger.open(":memory:") as ledger:
        add(ledger, "a", "Ida Vale was born in Aarhus.")
        add(ledger, "b", "Ida Vale was perhaps born in Oslo.")
        (fact,) = fill(ledger, BORN, Reader()).facts
        ledger.reject_fact(fact.id)
        assert told(fill(ledger, BORN, Reader())) == ["(Ida Vale)-[BORN_IN]->(Oslo)"]


def test_what_the_passage_denies_is_not_filled_in() -> None:
    with Ledger.open(":memory:") as ledger:
        id = add(ledger, "a", "Ida Vale was not born in Aarhus.")
        (chunk,) = ledger.chunks()
        ida, city = Entity.named("Ida Vale", "Person"), Entity.named("Aarhus", "Location")
        said = TextEvidence(id, chunk.id, 0, 10, "mini/1", 0.9)

        ledger.add_facts([Fact(ida, "BEAR", city, polarity=Polarity.NEGATIVE, evidence=(said,))])
        assert fill(ledger, BORN, Reader()).facts == ()


def test_a_fact_stays_with_its_own_name_when_a_merge_is_withdrawn() -> None:
    with Ledger.open(":memory:") as ledger:
        add(ledger, "a", "Ida Vale was born in Aarhus. Ann Moor came.")
        ids = [Entity.named(name, "Person").id for name in ("Ida Vale", "Ann Moor")]
        ledger.merge(ids[0], ids[1])
        report = fill(ledger, BORN, Reader(), about=["Ida Vale"])
        again = fill(ledger, BORN, Reader(), about=["Ida Vale"])
        assert report.asked == again.asked == 1
        assert not again.changed


def test_one_entity_can_be_asked_about() -> None:
    with Ledger.open(":memory:") as ledger:
        add(ledger, "a", "Ida Vale was born in Aarhus. Tom Hale was born in Oslo.")
        report = fill(ledger, BORN, Reader(), about=["ida vale"])
        assert told(report) == ["(Ida Vale)-[BORN_IN]->(Aarhus)"]
        both = fill(ledger, BORN, Reader(), about=["Tom Hale"])
        assert told(both) == ["(Tom Hale)-[BORN_IN]->(Oslo)"]
        assert ledger.counts()["facts"] == 2
        with pytest.raises(InputError, match="no entity is named 'Nobody'"):
            fill(ledger, BORN, Reader(), about=["Nobody"])


@pytest.mark.parametrize("threshold", [-0.1, 1.5, float("nan")])
def test_a_threshold_is_a_probability(threshold: float) -> None:
    with Ledger.open(":memory:") as ledger, pytest.raises(InputError, match="no probability"):
        fill(ledger, BORN, Reader(), threshold=threshold)


def test_a_schema_needs_a_pattern_and_a_ledger_to_write_to(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "l.db") as ledger:
        add(ledger, "a", "Ida Vale was born in Aarhus.")
        with pytest.raises(InputError, match="has no pattern"):
            fill(ledger, Schema(()), Reader())
    with Ledger.open(tmp_path / "l.db", read_only=True) as ledger:
        assert fill(ledger, BORN, Reader(), dry_run=True).filled == 1
        with pytest.raises(ReadOnlyError):
            fill(ledger, BORN, Reader())


TEXTS = st.lists(
    st.builds(
        lambda person, maybe, city: f"{person} was {maybe}born in {city}.",
        st.sampled_from(PEOPLE),
        st.sampled_from(["", "perhaps ", "never "]),
        st.sampled_from(CITIES),
    ),
    min_size=1,
    max_size=3,
).map(" ".join)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.sampled_from("abcd"), TEXTS),
        st.tuples(st.just("remove"), st.sampled_from("abcd"), st.just("")),
        st.tuples(st.just("fill"), st.just(""), st.just("")),
    ),
    max_size=8,
)


@settings(max_examples=10, deadline=None)
@given(STEPS)
def test_the_same_live_records_give_the_same_graph_whatever_the_history(
    steps: list[tuple[str, str, str]],
) -> None:
    live: dict[str, str] = {}
    with Ledger.open(":memory:") as ledger, Ledger.open(":memory:") as fresh:
        for verb, uri, text in steps:
            if verb == "add":
                add(ledger, uri, text)
                live[uri] = text
            elif verb == "remove":
                for id in ledger.document_ids(uri):
                    ledger.remove_document(id)
                live.pop(uri, None)
            else:
                fill(ledger, BORN, Reader())
        for uri, text in live.items():
            add(fresh, uri, text)
        fill(ledger, BORN, Reader())
        fill(fresh, BORN, Reader())
        assert list(ledger.export()) == list(fresh.export())
        assert list(ledger.problems()) == []
        unfill(ledger)
        assert ledger.counts()["facts"] == 0
