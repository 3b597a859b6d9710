"""Prompts from labels and descriptions."""

from __future__ import annotations

import pytest

from extractors.harvest.prompt import Prompt
from extractors.harvest.wording.descriptions import description_prompts
from extractors.harvest.wording.grammar import article, participle, present, singular, verb_of
from extractors.harvest.wording.labels import label_prompts

LABELS = {
    "place of birth": "{0} was born in {1}.",
    "country of citizenship": "{0} is a citizen of {1}.",
    "member of": "{0} is a member of {1}.",
    "named after": "{0} was named after {1}.",
    "owned by": "{1} owns {0}.",
    "shares border with": "{0} shares a border with {1}.",
    "applies to jurisdiction": "{0} applies to {1}.",
    "has part": "{1} is a part of {0}.",
    "developer": "{0} was developed by {1}.",
    "employer": "{0} is employed by {1}.",
    "author": "{1} wrote {0}.",
    "native language": "The native language of {0} is {1}.",
    "languages spoken, written or signed": "{0} speaks {1}.",
    "position held": "{0} held the position of {1}.",
    "position played on team / speciality": "{0} plays as a {1}.",
    "original language of film or TV show": "The original language of {0} is {1}.",
    "twinned administrative body": "{0} is twinned with {1}.",
    "diplomatic relation": "{0} has diplomatic relations with {1}.",
    "discoverer or inventor": "{0} was invented by {1}.",
    "instance of": "{0} is an instance of {1}.",
    "legal term in": "{0} is a legal term in {1}.",
    "BORN_IN": "{0} was born in {1}.",
    "DIRECTED": "{0} directed {1}.",
    "headquartersLocation": "{0} is based in {1}.",
    "residence": "{0}'s residence is {1}.",
    "causes": "{0} causes {1}.",
}
DESCRIPTIONS = {
    "continent of which the subject is a part": "{0} is a part of {1}.",
    "organisation or person that developed the item": "{1} developed {0}.",
    "musical instrument that a person plays": "{0} plays the {1}.",
    "organization or club to which the subject belongs. Not for groups": "{0} belongs to {1}.",
    "the item (an office) has power over the value (a state)": "{0} has power over {1}.",
}


@pytest.mark.parametrize("label", LABELS)
def test_a_label_becomes_sentences(label: str) -> None:
    made = label_prompts(label)
    assert LABELS[label] in made
    assert len(set(made)) == len(made)
    assert {Prompt.parse(text).arity for text in made} == {2}


@pytest.mark.parametrize("label", ["", " ", "of", "x", "P36", "ß", "a / b", "(?)"])
def test_odd_labels_do_not_break(label: str) -> None:
    for text in label_prompts(label):
        Prompt.parse(text)


@pytest.mark.parametrize("description", DESCRIPTIONS)
def test_a_description_tells_a_sentence(description: str) -> None:
    assert DESCRIPTIONS[description] in description_prompts(description)


def test_most_descriptions_tell_none() -> None:
    assert description_prompts("language designated as official") == []
    assert description_prompts("") == []


def test_small_words() -> None:
    assert [article(word) for word in ("member", "owner", "Actor")] == ["a", "an", "an"]
    assert [present(verb) for verb in ("be", "own", "carry", "play")] == [
        "is", "owns", "carries", "plays",
    ]  # fmt: skip
    assert singular("countries") == "country"
    assert [verb_of(word) for word in ("borders", "genus", "has", "cities")] == [
        "border", "", "have", "",
    ]  # fmt: skip
    assert [participle(word) for word in ("producer", "member", "inventor")] == [
        "produced", "", "invented",
    ]  # fmt: skip
