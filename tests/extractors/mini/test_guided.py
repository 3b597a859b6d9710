"""Extraction for a schema: matches become facts, mentions and evidence."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
import torch

from extractors.base import Extraction, Extractor
from extractors.mini.guided import GuidedExtractor
from extractors.mini.relations.guided import Asking, GuidedReader, Match, Weights
from extractors.mini.relations.matcher import Matcher
from extractors.mini.relations.prompts import Prompt
from kgkit.errors import InputError
from kgkit.evidence import TextEvidence
from kgkit.facts import Chunk, Document, Entity, Literal
from kgkit.models.bert import Bert
from kgkit.models.encoder import load_encoder
from kgkit.schema import Schema

TEXT = "Alien was directed by Ridley Scott in 1979."
#: Alien | was directed by | Ridley Scott | in | 1979
ALIEN, SCOTT, YEAR = (0, 1), (4, 6), (7, 8)
SCHEMA = Schema.parse("(Film)-[DIRECTOR]->(Person)\n(Film)-[RELEASED]->(date)")


class Told(GuidedReader):
    """Says of each sentence what it is told to."""

    def __init__(self, *matches: Match) -> None:
        with torch.device("meta"):
            matcher = Matcher(Bert())
        super().__init__(matcher, load_encoder().tokenizer, Weights(threshold=0.5))
        self.found = list(matches)

    def matches(
        self,
        sentences: Sequence[Asking],
        prompts: Sequence[Prompt],
        wanted: Sequence[Sequence[int]],
        least: float,
    ) -> list[list[Match]]:
        assert [prompt.relation for prompt in prompts] == ["director", "released"]
        self.wanted = [list(numbers) for numbers in wanted]
        return [[match for match in self.found if match.score >= least] for _ in sentences]


def extract(*matches: Match) -> Extraction:
    document = Document("a.txt", TEXT)
    chunk = Chunk(document.id, 0, 0, len(TEXT), TEXT, ((0, len(TEXT)),))
    extractor: Extractor = GuidedExtractor(SCHEMA, matcher=Told(*matches))
    return extractor.extract(document, [chunk])


def test_a_match_is_a_fact_of_the_schema_with_its_sentence_as_evidence() -> None:
    (fact,) = extract(Match(0, ALIEN, SCOTT, 0.9)).facts
    assert str(fact) == "(Alien)-[DIRECTOR]->(Ridley Scott)"
    assert (fact.head.type, fact.confidence) == ("Film", 0.9)
    assert isinstance(fact.tail, Entity)
    assert fact.tail.type == "Person"
    (evidence,) = fact.evidence
    assert isinstance(evidence, TextEvidence)
    assert TEXT[evidence.start : evidence.end] == TEXT
    assert evidence.extractor == "mini-guided/2"


def test_the_schema_says_what_is_a_literal() -> None:
    (fact,) = extract(Match(1, ALIEN, YEAR, 0.8)).facts
    assert isinstance(fact.tail, Literal)
    assert (fact.tail.value, fact.tail.datatype) == (1979, "gYear")


def test_every_end_that_is_an_entity_is_mentioned() -> None:
    found = extract(Match(0, ALIEN, SCOTT, 0.9), Match(0, (1, 3), SCOTT, 0.6))
    mentioned = {mention.entity.id for mention in found.mentions}
    ends = [end for fact in found.facts for end in (fact.head, fact.tail)]
    assert {end.id for end in ends if isinstance(end, Entity)} <= mentioned
    assert all(TEXT[m.start : m.end] == m.text for m in found.mentions)


def test_the_surest_is_told_first() -> None:
    extractor = GuidedExtractor(
        SCHEMA, matcher=Told(Match(1, ALIEN, YEAR, 0.6), Match(0, ALIEN, SCOTT, 0.9))
    )
    assert [told.pattern.relation for told in extractor.told(TEXT)] == ["DIRECTOR", "RELEASED"]


def test_a_schema_without_patterns_is_refused() -> None:
    with pytest.raises(InputError, match="no pattern"):
        GuidedExtractor(Schema(()))


def test_ends_of_a_type_that_cannot_be_are_no_fact() -> None:
    schema = Schema.parse("(Film)-[DIRECTOR]->(City)\n(Film)-[RELEASED]->(date)")
    document = Document("a.txt", TEXT)
    chunk = Chunk(document.id, 0, 0, len(TEXT), TEXT, ((0, len(TEXT)),))
    guided = GuidedExtractor(schema, matcher=Told(Match(0, ALIEN, SCOTT, 0.9)))
    assert not guided.extract(document, [chunk]).facts


def test_what_the_text_denies_is_not_said() -> None:
    text = "Alien was not directed by Ridley Scott in 1979."
    document = Document("a.txt", text)
    chunk = Chunk(document.id, 0, 0, len(text), text, ((0, len(text)),))
    guided = GuidedExtractor(SCHEMA, matcher=Told(Match(0, ALIEN, (5, 7), 0.9)))
    assert not guided.extract(document, [chunk]).facts


def test_a_sentence_is_asked_only_what_it_has_names_and_values_for() -> None:
    told = Told()
    guided = GuidedExtractor(SCHEMA, matcher=told)
    guided.told(TEXT)
    assert told.wanted == [[0, 1]]
    guided.told("It was cold in 1979.")
    assert told.wanted == [[]]
    guided.told("Alien was filmed in Shepperton in 1979.")
    assert told.wanted == [[1]]
