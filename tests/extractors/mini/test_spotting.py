"""The names in a sentence."""

from __future__ import annotations

from extractors.mini.spotting import name_of, with_acronyms, with_title
from extractors.mini.syntax import Sentence, Span, Token


def sentence(text: str, *spans: Span) -> Sentence:
    tokens: list[Token] = []
    place = 0
    for i, word in enumerate(text.split()):
        place = text.index(word, place)
        tag = "POS" if word == "'s" else "NNP"
        tokens.append(Token(place, place + len(word), word, word, "PROPN", tag, i - 1, "flat"))
        place += len(word)
    return Sentence(0, len(text), tuple(tokens), spans)


def test_articles_and_genitives_are_no_part_of_a_name() -> None:
    text = "the World Bank 's money"
    span = Span(0, 4, "Organization", 0.9)
    assert name_of(text, sentence(text, span), span).text == "World Bank"


def test_an_acronym_in_brackets_gets_a_span() -> None:
    text = "World Health Organization ( WHO ) met"
    marked = with_acronyms(sentence(text, Span(0, 3, "Organization", 0.9)))
    assert marked.spans[1] == Span(4, 5, "Organization", 0.9)
    assert name_of(text, marked, marked.spans[1]).before == "World Health Organization"


def test_brackets_that_abbreviate_nothing_stay_as_they_are() -> None:
    text = "World Health Organization ( UK ) met"
    given = sentence(text, Span(0, 3, "Organization", 0.9))
    assert with_acronyms(given) is given


def test_the_title_is_one_name() -> None:
    text = "Blade Runner 2049 won"
    marked = with_title(sentence(text, Span(0, 2, "Misc", 0.7)), text, "Blade Runner 2049")
    assert marked.spans == (Span(0, 3, "Misc", 0.7),)
    assert with_title(marked, text, "Blade Runner 2049") is marked
    assert with_title(marked, text, "Dune") is marked


def test_dates_after_another_name_in_brackets_make_it_an_alias() -> None:
    text = "Mark Twain ( Samuel Clemens , 1835 - 1910 ) wrote"
    spans = Span(0, 2, "Person", 0.9), Span(3, 5, "Person", 0.9), Span(6, 7, "Time", 0.9)
    assert name_of(text, sentence(text, *spans), spans[1]).before == "Mark Twain"
