"""spaCy's pipelines: a blank one with rules, and parses that the test writes."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

from extractors.adapters.spacy_pipeline import SpacyExtractor
from extractors.base import Extraction, Extractor
from extractors.chunks import split
from kgkit.errors import InputError, ModelError
from kgkit.facts import Document

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of spaCy's own packages about each other
    spacy: Any = pytest.importorskip("spacy")

PATTERNS = [
    {"label": "PERSON", "pattern": "Marie Curie"},
    {"label": "GPE", "pattern": "Warsaw"},
    {"label": "ORG", "pattern": "the Sorbonne"},
    {"label": "DATE", "pattern": "1867"},
]
TEXT = "Marie Curie left Warsaw.\n\nMarie Curie was born in 1867."


@pytest.fixture(scope="module")
def pipeline() -> Any:
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(PATTERNS)
    return nlp


def extract(extractor: Extractor, text: str = TEXT) -> Extraction:
    document = Document("a.txt", text)
    return extractor.extract(document, split(document, max_chars=30))


def test_entities_are_mentions_and_dates_are_not(pipeline: Any) -> None:
    found = extract(SpacyExtractor(pipeline))
    assert [(m.start, m.text, m.entity.type) for m in found.mentions] == [
        (0, "Marie Curie", "Person"),
        (17, "Warsaw", "Location"),
        (26, "Marie Curie", "Person"),
    ]
    assert found.facts == ()


def test_a_users_relations_are_facts(pipeline: Any) -> None:
    def pairs(doc: Any) -> list[tuple[Any, str, Any]]:
        first, *others = doc.ents
        return [(first, "born in" if e.label_ == "DATE" else "left", e) for e in others]

    extractor = SpacyExtractor(pipeline, relations=pairs)
    assert {str(fact) for fact in extract(extractor).facts} == {
        "(Marie Curie)-[LEFT]->(Warsaw)",
        "(Marie Curie)-[BORN_IN]->(1867)",
    }
    strict = SpacyExtractor(pipeline, relations=pairs, schema="(Person)-[LEFT]->(Location)")
    assert [fact.relation for fact in extract(strict).facts] == ["LEFT"]


class Parsed:
    """A pipeline whose parses are written by hand: (word, head, dependency, lemma)."""

    meta = {"lang": "en", "name": "hand", "version": "1"}  # noqa: RUF012

    def __init__(self, parses: dict[str, list[tuple[str, int, str, str]]], pipeline: Any) -> None:
        self.parses = parses
        self.pipeline = pipeline

    def __call__(self, text: str) -> Any:
        rows = self.parses[text]
        doc = spacy.tokens.Doc(
            self.pipeline.vocab,
            words=[row[0] for row in rows],
            spaces=[row[0] not in ("Scott",) and i + 2 < len(rows) for i, row in enumerate(rows)],
            heads=[row[1] for row in rows],
            deps=[row[2] for row in rows],
            lemmas=[row[3] for row in rows],
        )
        return self.pipeline.get_pipe("entity_ruler")(doc)


PARSES = {
    "Marie Curie left Warsaw.": [
        ("Marie", 1, "compound", "Marie"),
        ("Curie", 2, "nsubj", "Curie"),
        ("left", 2, "ROOT", "leave"),
        ("Warsaw", 2, "dobj", "Warsaw"),
        (".", 2, "punct", "."),
    ],
    "Marie Curie worked at the Sorbonne.": [
        ("Marie", 1, "compound", "Marie"),
        ("Curie", 2, "nsubj", "Curie"),
        ("worked", 2, "ROOT", "work"),
        ("at", 2, "prep", "at"),
        ("the", 5, "det", "the"),
        ("Sorbonne", 3, "pobj", "Sorbonne"),
        (".", 2, "punct", "."),
    ],
    "Marie Curie was born in Warsaw.": [
        ("Marie", 1, "compound", "Marie"),
        ("Curie", 3, "nsubj:pass", "Curie"),
        ("was", 3, "aux:pass", "be"),
        ("born", 3, "ROOT", "bear"),
        ("in", 5, "case", "in"),
        ("Warsaw", 3, "obl", "Warsaw"),
        (".", 3, "punct", "."),
    ],
    "Marie Curie never left Warsaw.": [
        ("Marie", 1, "compound", "Marie"),
        ("Curie", 3, "nsubj", "Curie"),
        ("never", 3, "neg", "never"),
        ("left", 3, "ROOT", "leave"),
        ("Warsaw", 3, "dobj", "Warsaw"),
        (".", 3, "punct", "."),
    ],
}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Marie Curie left Warsaw.", ["(Marie Curie)-[LEAVE]->(Warsaw)"]),
        ("Marie Curie worked at the Sorbonne.", ["(Marie Curie)-[WORK_AT]->(the Sorbonne)"]),
        ("Marie Curie was born in Warsaw.", ["(Marie Curie)-[BORN_IN]->(Warsaw)"]),
        ("Marie Curie never left Warsaw.", []),
    ],
)
def test_verbs_relate_entities(text: str, facts: list[str], pipeline: Any) -> None:
    extractor = SpacyExtractor(Parsed(PARSES, pipeline))
    assert extractor.version == "1-en_hand-1-parse"
    document = Document("a.txt", text)
    found = extractor.extract(document, split(document))
    assert [str(fact) for fact in found.facts] == facts
    assert all(fact.evidence[0].extractor == "spacy/1/en_hand-1" for fact in found.facts)  # type: ignore[union-attr]


def test_a_pipeline_that_is_not_installed() -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        SpacyExtractor("xx_no_such_pipeline")
    with pytest.raises(InputError, match="needs a pipeline"):
        SpacyExtractor()
