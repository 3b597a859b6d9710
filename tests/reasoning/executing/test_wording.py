"""What the wording of a text tells by itself: brackets of biographies, relatives, countries."""

from __future__ import annotations

import time

import pytest

from reasoning.executing.countries import country_in, country_of
from reasoning.executing.kin import kin_fit
from reasoning.executing.lifespans import place_in_lifespan
from reasoning.executing.lineage import relatives_in


@pytest.mark.parametrize(
    ("text", "birth", "death"),
    [
        (
            "Ada Brook (2 May 1901, Valeport, Norway – 3 June 1980, Lisbon) wrote.",
            "Valeport",
            "Lisbon",
        ),
        ("Ada Brook (born 2 May 1901 in Valeport) wrote.", "Valeport", ""),
        ("Ada Brook (2 May 1901 – 3 June 1980) wrote.", "", ""),
        ("Ada Brook (a writer) lived.", "", ""),
    ],
)
def test_places_of_a_lifespan(text: str, birth: str, death: str) -> None:
    for event, place in (("birth", birth), ("death", death)):
        span = place_in_lifespan(text, event)
        assert (text[slice(*span)] if span else "") == place


@pytest.mark.parametrize(
    ("text", "relation", "name"),
    [
        ("She was a daughter of King Olaf IV and his wife Ingrid Holm.", "father", "King Olaf IV"),
        ("She was a daughter of King Olaf IV and his wife Ingrid Holm.", "mother", "Ingrid Holm"),
        ("In 1931 she married the Danish painter Carl Stone in Lisbon.", "spouse", "Carl Stone"),
        ("His father, the judge Paul Berg, died early.", "father", "Paul Berg"),
        ("Her brother Ben Brook sailed.", "sibling", "Ben Brook"),
        ("Her brother Ben Brook sailed.", "director", ""),
    ],
)
def test_relatives(text: str, relation: str, name: str) -> None:
    found = [text[start:end] for start, end, _ in relatives_in(text, relation)]
    assert (found[0] if found else "") == name


def test_hostile_texts_are_read_in_time() -> None:
    began = time.process_time()
    for text in ("son of " + "a, " * 3000, "daughter " + "of " * 3000, "married " + "Aa " * 3000):
        list(relatives_in(text, "father"))
        list(relatives_in(text, "spouse"))
    assert time.process_time() - began < 5


def test_relatives_of_the_other_sex_are_unlikely() -> None:
    assert kin_fit("mother", "King Olaf") < kin_fit("mother", "Ingrid Holm") == 1.0
    assert kin_fit("director", "King Olaf") == 1.0


def test_countries() -> None:
    text = "Valeport is a 1931 Norwegian film."
    span = country_in(text)
    assert span is not None
    assert text[slice(*span)] == "Norwegian"
    assert country_of("Norwegian") == country_of("the fjords of Norway") == "Norway"
    assert country_of("Austin, Texas") == "United States"
    assert country_of("Valeport") == ""
