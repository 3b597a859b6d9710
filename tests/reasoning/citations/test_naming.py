"""Where a sentence names an end: by name, alias, mention, people, value, or as its subject."""

from __future__ import annotations

import pytest

from kgkit.facts import Entity, Literal
from reasoning.citations.naming import spots_of
from tests.reasoning.citations.stories import day, mention, person, place, story, thing, year


def _words(end: Entity | Literal, text: str, title: str = "") -> list[str]:
    document = story(text, title)
    return [text[s.start : s.end] for s in spots_of(end, document, (0, len(text)))]


@pytest.mark.parametrize(
    ("end", "text", "found"),
    [
        (person("Ada Brook"), "Dr. Ada Brook sailed.", ["Ada Brook"]),
        (person("Ada Brook"), "ADA BROOK sailed.", ["ADA BROOK"]),
        (person("Adá Brook"), "Ada Brook sailed.", ["Ada Brook"]),
        (person("Ada Brook"), "Ada Brooks sailed.", []),
        (Entity("x", "The Slow Tide (film)", "Misc"), "Slow Tide sold well.", ["Slow Tide"]),
        (Entity("x", "Lumen Works", "Organization", ("Lumen",)), "Lumen sold it.", ["Lumen"]),
        (place("France"), "A French painter came.", ["French"]),
        (thing("Norland"), "A Norlandish painter came.", []),
        (day(1890, 5, 3), "She came on May 3, 1890.", ["May 3, 1890"]),
        (day(1890, 5, 3), "She came in May 1890.", []),
        (year(1890), "She came on 3 May 1890.", ["3 May 1890"]),
        (Literal(1_200_000, "integer"), "It has 1.2 million people.", ["1.2 million"]),
        (Literal(3400, "integer"), "It has 3,400 people.", ["3,400"]),
        (Literal(3400, "integer"), "It has 3,401 people.", []),
    ],
)
def test_words_that_name_it(end: Entity | Literal, text: str, found: list[str]) -> None:
    assert _words(end, text) == found


def test_a_family_name_counts_where_the_whole_name_stands() -> None:
    assert _words(person("Ada Brook"), "Brook sailed.", title="Ada Brook") == ["Brook"]
    assert _words(person("Ada Brook"), "Brook sailed.", title="Cara Brook") == []


def test_what_the_document_is_about_may_be_a_noun() -> None:
    assert _words(thing("Xenia"), "The comet is bright.", title="Xenia") == ["The comet"]
    assert _words(thing("Xenia"), "The comet is bright.", title="Umbra") == []


def test_a_mention_counts_and_a_longer_name_of_the_other_does_not() -> None:
    document = story("She sailed with Ben Stone.")
    ada = person("Ada Brook")
    she = mention(document, "She", ada)
    spots = spots_of(ada, document, (0, len(document.text)), [she])
    assert [(spot.start, spot.end, spot.how) for spot in spots] == [(0, 3, "mention")]
