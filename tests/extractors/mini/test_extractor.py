"""The built-in extractor from text to facts, through the trained parser."""

from __future__ import annotations

import pytest

from extractors.base import Extraction, Extractor
from extractors.mini.extractor import MiniExtractor
from kgkit.evidence import TextEvidence
from kgkit.facts import Chunk, Document, Fact, Literal


def extract(text: str, title: str = "", *, bounds: tuple[tuple[int, int], ...] = ()) -> Extraction:
    document = Document("notes/a.txt", text, title)
    chunk = Chunk(document.id, 0, 0, len(text), text, bounds or ((0, len(text)),))
    return MiniExtractor().extract(document, [chunk])


def told(text: str, title: str = "") -> set[str]:
    return {str(fact) for fact in extract(text, title).facts}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "Marie Curie was born in Warsaw in 1867 and died in 1934.",
            {
                "(Marie Curie)-[BORN_IN]->(Warsaw)",
                "(Marie Curie)-[BORN_ON]->(1867)",
                "(Marie Curie)-[DIE_ON]->(1934)",
            },
        ),
        (
            "Alien is a 1979 science fiction film directed by Ridley Scott.",
            {
                "(Ridley Scott)-[DIRECT]->(Alien)",
                "(Alien)-[INSTANCE_OF]->(science fiction film)",
            },
        ),
        (
            "Warsaw, which lies on the Vistula, is the capital of Poland.",
            {"(Warsaw)-[CAPITAL_OF]->(Poland)", "(Warsaw)-[LIE_ON]->(Vistula)"},
        ),
        ("Poland's capital is Warsaw.", {"(Warsaw)-[CAPITAL_OF]->(Poland)"}),
        ("The population of Warsaw is 1.8 million.", {"(Warsaw)-[POPULATION]->(1800000)"}),
        (
            "Pierre Curie did not visit Berlin.",
            {"not (Pierre Curie)-[VISIT]->(Berlin)"},
        ),
        (
            "The Curies may have moved to London.",
            {"maybe (Curies)-[MOVE_TO]->(London)"},
        ),
        ("Apple CEO Tim Cook was happy.", {"(Tim Cook)-[CEO_OF]->(Apple)"}),
        (
            "Sigourney Weaver, who played Ellen Ripley in Alien, lives in New York.",
            {
                "(Sigourney Weaver)-[PLAY]->(Ellen Ripley)",
                "(Sigourney Weaver)-[LIVE_IN]->(New York)",
            },
        ),
        (
            "Lise Meitner (7 November 1878 - 27 October 1968) was a physicist.",
            {
                "(Lise Meitner)-[BORN_ON]->(1878-11-07)",
                "(Lise Meitner)-[DIE_ON]->(1968-10-27)",
                "(Lise Meitner)-[INSTANCE_OF]->(physicist)",
            },
        ),
        (
            "Ridley Scott, the director of Alien, was born in South Shields.",
            {
                "(Ridley Scott)-[DIRECTOR_OF]->(Alien)",
                "(Ridley Scott)-[BORN_IN]->(South Shields)",
            },
        ),
        (
            "Frida Kahlo married Diego Rivera in 1929.",
            {"(Frida Kahlo)-[MARRY]->(Diego Rivera)"},
        ),
    ],
)
def test_sentences(text: str, facts: set[str]) -> None:
    assert facts <= told(text)


@pytest.mark.parametrize(
    ("text", "value", "datatype", "unit"),
    [
        ("Siemens employed about 300 people.", 300, "integer", "people"),
        ("Marie Curie paid 3 million dollars.", 3_000_000, "integer", "USD"),
        ("Marie Curie bought 5 kilograms of pitchblende.", 5, "integer", "kg"),
    ],
)
def test_values_are_typed(text: str, value: object, datatype: str, unit: str | None) -> None:
    found = [f.tail for f in extract(text).facts if isinstance(f.tail, Literal)]
    assert [(tail.value, tail.datatype, tail.unit) for tail in found] == [(value, datatype, unit)]


def test_names_and_pronouns_of_a_document_mean_one_entity() -> None:
    text = "Marie Curie studied in Paris. She visited London. Curie died in France."
    ends = [text.index(". ") + 1, text.rindex(". ") + 1, len(text)]
    starts = [0, ends[0] + 1, ends[1] + 1]
    found = extract(text, bounds=tuple(zip(starts, ends, strict=True)))
    people = [(m.text, m.entity.name) for m in found.mentions if m.entity.type == "Person"]
    assert people == [
        ("Marie Curie", "Marie Curie"),
        ("She", "Marie Curie"),
        ("Curie", "Marie Curie"),
    ]
    assert {"(Marie Curie)-[VISIT]->(London)", "(Marie Curie)-[DIE_IN]->(France)"} <= {
        str(fact) for fact in found.facts
    }


def test_the_title_is_what_the_text_is_about() -> None:
    text = "Alien is a film directed by Ridley Scott."
    assert "(Ridley Scott)-[DIRECT]->(Alien (film))" in told(text, "Alien (film)")


def test_evidence_is_the_clause() -> None:
    text = "It rained. Marie Curie was born in Warsaw, and it rained again."
    found = extract(text, bounds=((0, 10), (11, len(text))))
    (fact,) = (f for f in found.facts if f.relation == "BORN_IN")
    (evidence,) = fact.evidence
    assert isinstance(evidence, TextEvidence)
    assert text[evidence.start : evidence.end] == "Marie Curie was born in Warsaw"
    assert (evidence.extractor, evidence.chunk_id != "") == ("mini/1", True)
    assert 0.0 < evidence.score <= 1.0


def test_the_same_document_gives_the_same_result() -> None:
    text = "Ada Lovelace worked with Charles Babbage in London."
    assert extract(text) == extract(text)


def test_nothing_to_read() -> None:
    document = Document("empty.txt", "")
    extractor: Extractor = MiniExtractor()
    assert extractor.extract(document, []) == Extraction()
    assert (extractor.name, extractor.version) == ("mini", "3")


def test_a_fact_that_two_sentences_state_has_both_as_evidence() -> None:
    text = "Rome lies in Italy. Rome lies in Italy."
    found = extract(text, bounds=((0, 19), (20, 39)))
    facts: list[Fact] = [fact for fact in found.facts if fact.relation == "LOCATED_IN"]
    # The two sentences, and what the relation head reads off both.
    assert [len(fact.evidence) for fact in facts] == [3]
