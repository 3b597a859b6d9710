"""GLiNER and GLiNER2, by stand-ins with the signatures that the packages document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from extractors.adapters.gliner import GlinerExtractor
from extractors.adapters.gliner2 import Gliner2Extractor
from extractors.base import Extraction, Extractor
from extractors.chunks import split
from kgkit.errors import InputError, MissingExtra, ModelError
from kgkit.evidence import TextEvidence
from kgkit.facts import Document, Entity, Literal

SCHEMA = """
(Person)-[DIRECTED]->(Film)
(Film)-[RELEASED_IN]->(gYear)
Film: a motion picture
DIRECTED: led the making of, e.g. Bo directed Rain. (Bo -> Rain)
"""
TEXT = "In 1979, Ridley Scott directed Alien. Scott liked it."
NAMES = {"Ridley Scott": "Person", "Scott": "Person", "Alien": "Film"}


def place(text: str, words: str) -> dict[str, Any]:
    start = text.rindex(words)
    return {"text": words, "start": start, "end": start + len(words)}


class Names:
    """Finds the names above, as GLiNER does."""

    def __init__(self) -> None:
        self.asked: list[tuple[list[str], float]] = []

    def predict_entities(
        self, text: str, labels: Sequence[str], flat_ner: bool = True, threshold: float = 0.5
    ) -> list[dict[str, Any]]:
        self.asked.append((list(labels), threshold))
        found = [
            {**place(text, words), "label": label, "score": 0.93}
            for words, label in NAMES.items()
            if label in labels and words in text
        ]
        if "year" in labels and "1979" in text:
            found.append({**place(text, "1979"), "label": "year", "score": 0.8})
        return found


class RelEx(Names):
    """Finds relations too, as GLiNER's RelEx models do."""

    def predict_relations(
        self, text: str, labels: Sequence[str], relations: Sequence[str], threshold: float = 0.5
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        entities = self.predict_entities(text, labels, threshold=threshold)
        ends = {e["text"]: {**e, "type": e["label"]} for e in entities}
        pairs = [
            ("Ridley Scott", "directed", "Alien"),
            ("Alien", "released in", "1979"),
            ("Alien", "directed", "Ridley Scott"),
            ("Alien", "unasked", "1979"),
        ]
        links = [
            {"head": ends[head], "tail": ends[tail], "relation": relation, "score": 0.7}
            for head, relation, tail in pairs
        ]
        return entities, links


class Two:
    """Finds the same, as GLiNER2 does."""

    def __init__(self) -> None:
        self.asked: list[Mapping[str, Mapping[str, str]]] = []

    def extract_entities(
        self, text: str, entity_types: Mapping[str, Mapping[str, str]], threshold: float = 0.5,
        include_confidence: bool = False, include_spans: bool = False,
    ) -> dict[str, Any]:  # fmt: skip
        assert include_confidence
        assert include_spans
        self.asked.append(entity_types)
        found: dict[str, list[dict[str, Any]]] = {label: [] for label in entity_types}
        for words, label in NAMES.items():
            if label in found:
                found[label].append({**place(text, words), "confidence": 0.9})
        return {"entities": found}

    def extract_relations(
        self, text: str, relation_types: Mapping[str, Mapping[str, str]], threshold: float = 0.5,
        include_confidence: bool = False, include_spans: bool = False,
    ) -> dict[str, Any]:  # fmt: skip
        self.asked.append(relation_types)

        def pair(head: str, tail: str, score: float) -> dict[str, Any]:
            ends = {"head": place(text, head), "tail": place(text, tail)}
            return {side: {**end, "confidence": score} for side, end in ends.items()}

        return {
            "relation_extraction": {
                "directed: led the making of": [pair("Ridley Scott", "Alien", 0.7)],
                "directed": [],
                "released in": [pair("Alien", "1979", 0.6)],
            }
        }


def extract(extractor: Extractor, text: str = TEXT) -> Extraction:
    document = Document("a.txt", text)
    return extractor.extract(document, split(document))


def test_names_are_mentions() -> None:
    model = Names()
    found = extract(GlinerExtractor(model, labels=["Person"], threshold=0.3))
    assert [(m.text, m.entity.name, m.score) for m in found.mentions] == [
        ("Ridley Scott", "Ridley Scott", 0.93),
        ("Scott", "Ridley Scott", 0.93),
    ]
    assert found.facts == ()
    assert model.asked == [(["Person"], 0.3)]


@pytest.mark.parametrize(
    "extractor",
    [GlinerExtractor(RelEx(), schema=SCHEMA), Gliner2Extractor(Two(), schema=SCHEMA)],
    ids=["gliner", "gliner2"],
)
def test_relations_are_facts_that_fit_the_schema(extractor: Extractor) -> None:
    facts = {fact.relation: fact for fact in extract(extractor).facts}
    assert set(facts) == {"DIRECTED", "RELEASED_IN"}
    directed, released = facts["DIRECTED"], facts["RELEASED_IN"]
    assert (directed.head, directed.tail) == (
        Entity.named("Ridley Scott", "Person"),
        Entity.named("Alien", "Film"),
    )
    assert isinstance(released.tail, Literal)
    assert (released.tail.value, released.tail.datatype) == (1979, "gYear")
    (evidence,) = directed.evidence
    assert isinstance(evidence, TextEvidence)
    assert TEXT[evidence.start : evidence.end] == "In 1979, Ridley Scott directed Alien."
    assert (evidence.extractor, evidence.score) == (
        f"{extractor.name}/1/{'RelEx' if extractor.name == 'gliner' else 'Two'}",
        0.7,
    )


def test_a_model_without_relations_finds_names_alone() -> None:
    found = extract(GlinerExtractor(Names(), schema=SCHEMA))
    assert found.facts == ()
    assert {m.entity.type for m in found.mentions} == {"Person", "Film"}


def test_labels_are_shown_in_words_with_their_meaning() -> None:
    model = Two()
    extract(Gliner2Extractor(model, schema=SCHEMA))
    assert model.asked == [
        {"Film": {"description": "a motion picture"}, "Person": {}},
        {"directed": {"description": "led the making of"}, "released in": {}},
    ]


@pytest.mark.parametrize("span", [(-3, 4), (5, 5), (9, 400), (2, 3)])
def test_spans_that_are_none_are_left_out(span: tuple[int, int]) -> None:
    class Wild(Names):
        def predict_entities(self, text: str, labels: Sequence[str], flat_ner: bool = True,
                             threshold: float = 0.5) -> list[dict[str, Any]]:  # fmt: skip
            return [{"start": span[0], "end": span[1], "label": "Person", "score": 7.0}]

    assert extract(GlinerExtractor(Wild()), "A , b").mentions == ()


@pytest.mark.parametrize("kind", [GlinerExtractor, Gliner2Extractor])
def test_bad_models(kind: type[GlinerExtractor], monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="needs a model"):
        kind()
    with pytest.raises(InputError, match="threshold=2"):
        kind(Names(), threshold=2)
    with pytest.raises(InputError, match="non-commercial"):
        kind("urchade/gliner_base")
    monkeypatch.setattr("extractors.adapters.loading.import_module", _absent)
    with pytest.raises(MissingExtra, match="pip install"):
        kind("some/model")


def _absent(name: str) -> None:
    raise ImportError(name)


def test_a_model_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    class Package:
        class GLiNER:
            @staticmethod
            def from_pretrained(model: str) -> None:
                raise OSError(f"no such file: {model}")

    monkeypatch.setattr("extractors.adapters.loading.import_module", lambda name: Package)
    with pytest.raises(ModelError, match="cannot be loaded: no such file"):
        GlinerExtractor("some/model")


def test_the_version_follows_what_is_asked() -> None:
    versions = {
        GlinerExtractor(Names()).version,
        GlinerExtractor(Names(), labels=["City"]).version,
        GlinerExtractor(Names(), schema=SCHEMA).version,
        GlinerExtractor(Names(), threshold=0.1).version,
    }
    assert len(versions) == 4
