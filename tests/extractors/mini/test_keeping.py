from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractors.base import Extraction
from extractors.mini.keeping import SchemaExtractor
from extractors.mini.opening import open_mini
from kgkit.errors import InputError
from kgkit.evidence import TextEvidence
from kgkit.facts import Chunk, Document, Entity, Fact, Literal, Mention
from kgkit.schema import Schema

SCOTT = Entity.named("Ridley Scott", "Person")
ALIEN = Entity.named("Alien", "Misc")
OSLO = Entity.named("Oslo", "Location")
DOCUMENT = Document("a.txt", "Alien")
SAID = (TextEvidence(DOCUMENT.id, "c", 0, 5, "mini"),)
AGAIN = (TextEvidence(DOCUMENT.id, "c", 0, 4, "mini-relations"),)


class Said:
    """An extractor that finds what it was given."""

    name = "said"
    version = "7"

    def __init__(self, *facts: Fact) -> None:
        self.facts = facts

    def extract(self, document: Document, chunks: Sequence[Chunk]) -> Extraction:
        return self.extract_again(document, chunks, "")

    def extract_again(self, document: Document, chunks: Sequence[Chunk], notes: str) -> Extraction:
        return Extraction((Mention(DOCUMENT.id, "c", 0, 5, "Alien", ALIEN),), self.facts, notes)


def kept(schema: str, *facts: Fact) -> list[str]:
    found = SchemaExtractor(Said(*facts), Schema.parse(schema)).extract(DOCUMENT, [])
    return sorted(map(str, found.facts))


def test_words_that_say_the_same_are_the_relation_of_the_schema() -> None:
    facts = (
        Fact(SCOTT, "DIRECT", ALIEN, evidence=SAID),
        Fact(ALIEN, "DIRECTOR", SCOTT, evidence=AGAIN),
        Fact(SCOTT, "ADMIRE", ALIEN, evidence=SAID),
    )
    assert kept("(Person)-[DIRECTED]->(Film)", *facts) == ["(Ridley Scott)-[DIRECTED]->(Alien)"]
    turned = kept("(Film)-[WAS_DIRECTED_BY]->(Person)", *facts)
    assert turned == ["(Alien)-[WAS_DIRECTED_BY]->(Ridley Scott)"]


def test_a_fact_that_was_found_twice_rests_on_both() -> None:
    one = Fact(SCOTT, "DIRECT", ALIEN, evidence=SAID)
    other = Fact(ALIEN, "DIRECTED_BY", SCOTT, evidence=AGAIN)
    schema = Schema.parse("(Person)-[DIRECTED]->(Film)")
    found = SchemaExtractor(Said(one, other), schema).extract(DOCUMENT, [])
    assert [fact.evidence for fact in found.facts] == [(*SAID, *AGAIN)]


def test_vague_types_become_those_of_the_schema() -> None:
    schema = Schema.parse("(Person)-[DIRECTED]->(Film)")
    said = Said(Fact(SCOTT, "DIRECT", ALIEN, evidence=SAID))
    found = SchemaExtractor(said, schema).extract(DOCUMENT, [])
    tail = found.facts[0].tail
    assert isinstance(tail, Entity)
    assert (tail.type, tail.id) == ("Film", ALIEN.id)
    assert found.mentions[0].entity == tail


def test_ends_that_cannot_meet_are_left_out() -> None:
    born = Fact(SCOTT, "BORN_IN", OSLO, evidence=SAID)
    assert kept("(Person)-[PLACE_OF_BIRTH]->(City)", born)
    assert not kept("(Person)-[BORN_IN]->(Person)", born)
    assert not kept("(City)-[BORN_IN]->(City)", born)
    assert not kept("(Person)-[BORN_IN]->(date)", born)


def test_times_are_one_relation_whatever_the_preposition() -> None:
    year = Fact(SCOTT, "BORN_IN", Literal(1937, "gYear"), evidence=SAID)
    day = Fact(SCOTT, "BORN_ON", Literal("1937-11-30", "date"), evidence=SAID)
    assert len(kept("(Person)-[DATE_OF_BIRTH]->(date)", year, day)) == 2
    assert not kept("(Person)-[DATE_OF_BIRTH]->(integer)", year)


def test_the_version_says_the_schema() -> None:
    versions = {
        SchemaExtractor(Said(), Schema.parse(text)).version
        for text in ("(A)-[KNEW]->(B)", "(A)-[MET]->(B)")
    }
    assert len(versions) == 2
    assert all(version.startswith("7-") for version in versions)
    assert open_mini(schema=Schema.parse("(A)-[KNEW]->(B)")).name == open_mini().name


def test_a_schema_needs_a_pattern() -> None:
    with pytest.raises(InputError, match="no pattern"):
        open_mini(schema=Schema.parse(""))
