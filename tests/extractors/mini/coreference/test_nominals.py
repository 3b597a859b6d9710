"""Bare definite nouns mean what was said to be one."""

from __future__ import annotations

from extractors.mini.coreference.nominals import nominals
from extractors.mini.syntax import Sentence, Span
from tests.extractors.mini.coreference.parsed import sentence

TOLD = sentence(
    "Alien/PROPN/3/nsubj",
    "is/AUX/3/cop",
    "a/DET/3/det",
    "film/NOUN/-1/root",
    spans=((0, 1, "Misc"),),
)
ASKED = sentence("The/DET/1/det", "film/NOUN/2/nsubj", "won/VERB/-1/root")


def links(*sentences: Sentence) -> list[tuple[int, int, int, Span]]:
    """Return (sentence, token, sentence of the name, span)."""
    return [(i, j, *mention) for i, j, mention, _ in nominals(sentences)]


def test_the_one_film_is_meant() -> None:
    assert links(TOLD, ASKED) == [(1, 1, 0, TOLD.spans[0])]


def test_two_films_are_no_answer() -> None:
    other = sentence(
        "Brazil/PROPN/3/nsubj",
        "is/AUX/3/cop",
        "a/DET/3/det",
        "film/NOUN/-1/root",
        spans=((0, 1, "Misc"),),
    )
    assert links(TOLD, other, ASKED) == []


def test_the_last_word_of_a_name_is_what_it_is_called() -> None:
    named = sentence(
        "Ada/PROPN/1/compound", "College/PROPN/-1/root", spans=((0, 2, "Organization"),)
    )
    asked = sentence("The/DET/1/det", "college/NOUN/2/nsubj", "grew/VERB/-1/root")
    assert links(named, asked) == [(1, 1, 0, named.spans[0])]


def test_nouns_that_are_not_bare_or_too_far_mean_nothing() -> None:
    other = sentence("The/DET/2/det", "new/ADJ/2/amod", "film/NOUN/3/nsubj", "won/VERB/-1/root")
    assert links(TOLD, other) == []
    assert links(ASKED, TOLD) == []
    far = [sentence("Yes/INTJ/-1/root")] * 4
    assert links(TOLD, *far, ASKED) == []
