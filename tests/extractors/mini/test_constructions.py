"""What small constructions say: measures, peoples and trades, lives in brackets, lists in turn."""

from __future__ import annotations

import pytest

from extractors.mini.extractor import MiniExtractor
from kgkit.facts import Chunk, Document, Entity, Literal

_MINI = MiniExtractor(relations=False)


def told(text: str) -> set[str]:
    document = Document("notes/a.txt", text)
    chunk = Chunk(document.id, 0, 0, len(text), text, ((0, len(text)),))
    return {
        f"{fact.head.name} {fact.relation} {shown(fact.tail)}"
        for fact in _MINI.extract(document, [chunk]).facts
    }


def shown(tail: Entity | Literal) -> str:
    if isinstance(tail, Entity):
        return tail.name
    return f"{tail.value} {tail.unit}" if tail.unit else str(tail.value)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "The Titanic was 269 metres long and weighed 46,328 tons.",
            {"Titanic LENGTH 269 m", "Titanic MASS 46328 ton"},
        ),
        ("Lake Baikal is 1,642 metres deep.", {"Lake Baikal DEPTH 1642 m"}),
        ("John Smith is aged 30.", {"John Smith AGE 30"}),
        ("Tim Cook, 62, is the CEO of Apple.", {"Tim Cook AGE 62"}),
        ("Mount Everest has a height of 8,849 metres.", {"Mount Everest HEIGHT 8849 m"}),
        ("Alien cost 11 million dollars to make.", {"Alien COST 11000000 USD"}),
        ("Sirius is 8.6 light years from Earth.", {"Sirius DISTANCE_FROM Earth"}),
        (
            "The French physicist Marie Curie discovered radium.",
            {"Marie Curie COUNTRY France", "Marie Curie OCCUPATION physicist"},
        ),
        (
            "British-American director Christopher Nolan made Inception.",
            {
                "Christopher Nolan COUNTRY United Kingdom",
                "Christopher Nolan COUNTRY United States",
                "Christopher Nolan OCCUPATION director",
            },
        ),
        (
            "The German company Siemens makes trains.",
            {"Siemens COUNTRY Germany", "Siemens MAKE trains"},
        ),
        ("The Polish city of Warsaw lies on the Vistula.", {"Warsaw LIE_ON Vistula"}),
        (
            "Paul Gauguin, born 7 June 1848 in Paris, died in 1903, was a painter.",
            {"Paul Gauguin BORN_IN Paris", "Paul Gauguin DIE_IN 1903"},
        ),
        (
            "Paris and Berlin are the capitals of France and Germany, respectively.",
            {"Paris CAPITAL_OF France", "Berlin CAPITAL_OF Germany"},
        ),
        (
            "Larry Page, Sergey Brin and Scott Hassan founded Google.",
            {f"{name} FOUND Google" for name in ("Larry Page", "Sergey Brin", "Scott Hassan")},
        ),
        ("Nigeria's government declared war.", {"Nigeria's government DECLARE war"}),
    ],
)
def test_what_is_said(text: str, facts: set[str]) -> None:
    assert facts <= told(text)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("John Smith is an English teacher.", "COUNTRY"),
        ("John Smith is the brother of Mary Smith.", "OCCUPATION"),
        ("Alien is a film directed by Ridley Scott and starring Sigourney Weaver.", "DIRECT Sig"),
        (
            "Paris and Berlin are the capitals of France and Germany, respectively.",
            "Paris CAPITAL_OF Germany",
        ),
        ("Mount Everest has a height of 8,849 metres.", "HAVE"),
        ("Poland and the Republic of Palau, the Marshall Islands and Fiji agreed.", "LOCATED_IN"),
    ],
)
def test_what_is_not_said(text: str, absent: str) -> None:
    assert not any(absent in fact for fact in told(text))
