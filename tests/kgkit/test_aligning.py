"""Alignment of a ledger: recomputed from the live records, overruled by people."""

from __future__ import annotations

import pytest

from kgkit.aligning import BY, accept, align, proposals, reject
from kgkit.errors import InputError
from kgkit.evidence import TextEvidence
from kgkit.facts import Chunk, Document, Entity, Fact, Literal, Mention
from stores.ledger import Ledger


def add(ledger: Ledger, uri: str, name: str, born: int | None = None) -> str:
    """Add a document on one person and return the key of the person."""
    text = f"{name} wrote here."
    document = Document(uri, text)
    chunk = Chunk(document.id, 0, 0, len(text), text, ((0, len(text)),))
    entity = Entity.named(name, "Person")
    mention = Mention(document.id, chunk.id, 0, len(name), name, entity)
    said = TextEvidence(document.id, chunk.id, 0, len(text), "test")
    facts = (
        []
        if born is None
        else [Fact(entity, "BORN_IN", Literal(born, "gYear")).with_evidence(said)]
    )
    run = ledger.add_run("test", "1", {}, 0)
    ledger.add_document(document, [chunk], [mention], facts, run)
    return entity.id


def names(ledger: Ledger) -> list[str]:
    return sorted(entity.name for entity in ledger.entities())


def test_names_are_merged_and_namesakes_split() -> None:
    with Ledger.open(":memory:") as ledger:
        add(ledger, "a", "Ida R. Vale")
        add(ledger, "b", "Ida Rose Vale")
        add(ledger, "c", "Tom Hale", 1802)
        add(ledger, "d", "Tom Hale", 1901)
        report = align(ledger)
        assert (report.merges, report.splits, report.changed) == (1, 1, True)
        assert names(ledger) == ["Ida Rose Vale", "Tom Hale", "Tom Hale"]
        assert {d.who for d in ledger.decisions()} == {BY}


def test_a_second_run_changes_nothing() -> None:
    with Ledger.open(":memory:") as ledger:
        add(ledger, "a", "Ida R. Vale")
        add(ledger, "b", "Ida Rose Vale")
        first = align(ledger)
        export = list(ledger.export())
        again = align(ledger)
        assert not again.changed
        assert (again.merges, again.splits, again.pending) == (first.merges, 0, first.pending)
        assert list(ledger.export()) == export


def test_the_same_live_records_give_the_same_graph_whatever_the_history() -> None:
    with Ledger.open(":memory:") as ledger, Ledger.open(":memory:") as other:
        for into in (ledger, other):
            add(into, "a", "Ida R. Vale")
            add(into, "b", "Ida Vale")
        add(other, "c", "Ida Quill Vale", 1950)
        add(other, "d", "Ida Vale", 1801)
        align(other)
        for uri in "cd":
            for id in other.document_ids(uri):
                other.remove_document(id)
        align(other)
        align(ledger)
        assert list(ledger.export()) == list(other.export())


def test_a_person_overrules() -> None:
    with Ledger.open(":memory:") as ledger:
        left, right = sorted([add(ledger, "a", "Ida R. Vale"), add(ledger, "b", "Ida Rose Vale")])
        align(ledger)
        reject(ledger, left, right, who="Bob")
        assert len(names(ledger)) == 2
        assert align(ledger).merges == 0
        assert [str(one.state) for one in proposals(ledger)] == ["rejected"]
        with pytest.raises(InputError, match="name of a person"):
            reject(ledger, left, right, who=BY)


def test_what_a_person_accepts_outlives_a_run() -> None:
    with Ledger.open(":memory:") as ledger:
        left, right = add(ledger, "a", "Ida Vale", 1800), add(ledger, "b", "I. Vale", 1900)
        accept(ledger, left, right, who="Bob")
        align(ledger)
        assert len(names(ledger)) == 1
        assert [d.who for d in ledger.decisions("merge")] == ["Bob"]


def test_accepting_a_merge_of_alignment_makes_it_the_persons() -> None:
    with Ledger.open(":memory:") as ledger:
        left, right = add(ledger, "a", "Ida R. Vale"), add(ledger, "b", "Ida Rose Vale")
        align(ledger)
        accept(ledger, left, right, who="Bob")
        assert [d.who for d in ledger.decisions("merge")] == ["Bob"]
        assert align(ledger).merges == 0
        assert len(names(ledger)) == 1
