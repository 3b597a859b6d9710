"""Which mentions mean one person, and what tells "he" from "she"."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractors.mini.coreference.gender import gender_of
from extractors.mini.coreference.people import people_of
from extractors.mini.syntax import Sentence, Span
from tests.extractors.mini.coreference.parsed import sentence


def people(*names: str) -> list[list[str]]:
    """Return the names grouped by person, one sentence for each."""
    sentences = [sentence(*(f"{w}/PROPN/-1/root" for w in name.split())) for name in names]
    spans = [(i, Span(0, len(s.tokens), "Person", 0.9)) for i, s in enumerate(sentences)]
    return [[names[i] for i, _ in p.mentions] for p in people_of(sentences, spans)]


def test_parts_of_a_name_mean_its_bearer() -> None:
    assert people("Marie Curie", "Curie", "Marie") == [["Marie Curie", "Curie", "Marie"]]
    assert people("John F. Kennedy", "Mr. Kennedy", "John Fitzgerald Kennedy") == [
        ["John F. Kennedy", "Mr. Kennedy", "John Fitzgerald Kennedy"]
    ]


def test_relatives_are_two_people_and_a_bare_name_is_the_nearer_one() -> None:
    assert people("Marie Curie", "Pierre Curie", "Curie") == [
        ["Marie Curie"],
        ["Pierre Curie", "Curie"],
    ]


@given(st.lists(st.sampled_from(["Ada", "Ada Bell", "Bell", "Cy Bell", "A. Bell"]), max_size=8))
def test_each_mention_belongs_to_one_person(names: list[str]) -> None:
    found = people(*names)
    assert sorted(name for group in found for name in group) == sorted(names)


def gender(parsed: Sentence, first: int, last: int) -> float:
    """Return the gender of the person of a span."""
    (person,) = people_of([parsed], [(0, Span(first, last, "Person", 0.9))])
    return gender_of([parsed], person)


def test_titles_and_nouns_outweigh_given_names() -> None:
    assert gender(sentence("Mary/PROPN/-1/root"), 0, 1) == 1.0
    assert gender(sentence("Paul/PROPN/-1/root"), 0, 1) == -1.0
    assert gender(sentence("Quux/PROPN/-1/root"), 0, 1) == 0.0
    titled = sentence("Mrs./PROPN/1/compound", "Paul/PROPN/-1/root")
    assert gender(titled, 1, 2) == 1.0
    told = sentence("Robin/PROPN/3/nsubj", "was/AUX/3/cop", "an/DET/3/det", "actress/NOUN/-1/root")
    assert gender(told, 0, 1) == 1.0
