"""The relations of the library: enough of them, each well made."""

from __future__ import annotations

import re

import pytest

from extractors.harvest.library import relation, relation_of_property, relations
from extractors.harvest.library.reading import GROUPS
from extractors.harvest.relation import Relation
from extractors.harvest.wording.choosing import usable
from kgkit.errors import InputError

EVERY = relations()


def test_there_are_enough_of_every_group() -> None:
    assert len(EVERY) >= 60
    assert all(len(relations(group)) >= 9 for group in GROUPS)
    names = [found.name for found in EVERY]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("found", EVERY, ids=lambda found: found.name)
def test_a_relation_is_well_made(found: Relation) -> None:
    assert 3 <= len(found.prompts) + len(found.inverse_prompts) <= 8
    assert len(set(found.seeds)) == len(found.seeds) >= 5
    assert found.description
    assert found.head_type
    assert found.tail_type
    texts = [p.text for p in (*found.prompts, *found.inverse_prompts, *found.negative_prompts)]
    assert len(set(texts)) == len(texts)
    assert all(prompt.order == (0, 1) for prompt in found.prompts)
    assert all(prompt.order == (1, 0) for prompt in found.inverse_prompts)
    assert all(usable(prompt, found.seeds) for prompt in found.prompts)
    assert all(re.search(r"\b(not|never|cannot|no|same)\b", p.text) for p in found.negative_prompts)


@pytest.mark.parametrize("found", EVERY, ids=lambda found: found.name)
def test_seeds_fit_the_hints(found: Relation) -> None:
    heads = [seed[0] for seed in found.seeds]
    if found.functional:
        assert len(set(heads)) == len(heads)
    assert all(head != tail for head, tail in found.seeds)


def test_a_relation_is_found_by_name_and_property() -> None:
    assert relation("Capital_Of") is relation("P1376")
    assert relation_of_property("P36") is relation("capital")
    assert relation_of_property("") is None
    assert relation_of_property("P999999") is None


def test_an_unknown_name_says_what_is_like_it() -> None:
    with pytest.raises(InputError, match="'capital of'"):
        relation("capitol of")
    with pytest.raises(InputError, match="common_sense"):
        relations("animals")
