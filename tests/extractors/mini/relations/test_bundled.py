"""The trained relation head and matcher, through the extractors that use them."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.base import Extraction
from extractors.chunks import split
from extractors.mini.extractor import MiniExtractor
from extractors.mini.guided import GuidedExtractor
from extractors.mini.relations.load import load_relation_reader
from extractors.mini.relations.matcher_store import load_matcher
from extractors.mini.relations.names import relation_names, triple_of
from kgkit.errors import ModelError
from kgkit.evidence import TextEvidence
from kgkit.facts import Document, Entity
from kgkit.schema import Schema

TEXT = (
    "Erik Larsen (born 4 May 1950) is a Norwegian politician for the Labour Party. "
    "Lowell Station is a railway station in Lowell, Massachusetts. It was opened in 1895."
)
DOCUMENT = Document("a.txt", TEXT)


@pytest.fixture(scope="module")
def found() -> Extraction:
    return MiniExtractor(relations=True).extract(DOCUMENT, split(DOCUMENT))


def test_relations_between_entities_are_facts(found: Extraction) -> None:
    assert {
        "(Erik Larsen)-[BORN_ON]->(1950-05-04)",
        "(Erik Larsen)-[MEMBER_OF]->(Labour Party)",
        "(Lowell Station)-[LOCATED_IN]->(Massachusetts)",
    } <= set(map(str, found.facts))


def test_each_rests_on_sentences_of_one_chunk(found: Extraction) -> None:
    related = [
        evidence
        for fact in found.facts
        for evidence in fact.evidence
        if isinstance(evidence, TextEvidence) and evidence.extractor == "mini-relations/1"
    ]
    starts = {start for chunk in split(DOCUMENT) for start, _ in chunk.sentences}
    assert related
    assert {evidence.start for evidence in related} <= starts
    assert all(0.0 < evidence.score < 1.0 for evidence in related)


def test_no_fact_comes_twice_and_both_ends_are_mentioned(found: Extraction) -> None:
    assert len({fact.id for fact in found.facts}) == len(found.facts)
    mentioned = {mention.entity.id for mention in found.mentions}
    (born,) = [fact for fact in found.facts if fact.relation == "BORN_ON"]
    assert born.head.id in mentioned
    kinds = {piece.extractor for piece in born.evidence if isinstance(piece, TextEvidence)}
    assert kinds == {"mini/1", "mini-relations/1"}


def test_without_the_relation_head_clauses_are_what_they_were(found: Extraction) -> None:
    plain = MiniExtractor(relations=False).extract(DOCUMENT, split(DOCUMENT))
    assert plain.mentions == found.mentions
    names = relation_names()
    known = frozenset(map(triple_of, found.facts))
    stated = {names.restated(fact, known).id for fact in plain.facts}
    assert stated < {fact.id for fact in found.facts}


def test_the_same_document_gives_the_same_facts(found: Extraction) -> None:
    assert MiniExtractor(relations=True).extract(DOCUMENT, split(DOCUMENT)) == found


def test_a_schema_that_was_never_seen_is_read_by_its_names() -> None:
    schema = Schema.parse("(Film)-[CAST_MEMBER]->(Person)\n(Film)-[DIRECTOR]->(Person)")
    document = Document("b.txt", "Alien is a 1979 horror film directed by Ridley Scott.")
    found = GuidedExtractor(schema).extract(document, split(document))
    assert "(Alien)-[DIRECTOR]->(Ridley Scott)" in set(map(str, found.facts))
    assert {fact.relation for fact in found.facts} <= set(schema.relations)
    ends = {e.id for f in found.facts for e in (f.head, f.tail) if isinstance(e, Entity)}
    assert ends <= {mention.entity.id for mention in found.mentions}


def test_missing_adapters_are_said_in_one_sentence(tmp_path: Path) -> None:
    for load in (load_relation_reader, load_matcher):
        with pytest.raises(ModelError, match="reinstall"):
            load(tmp_path / "none")
