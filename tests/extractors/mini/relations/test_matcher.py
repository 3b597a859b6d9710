"""The matcher: what it is told of a relation, what it learns, how it is kept."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from extractors.mini.relations.guided import GuidedReader
from extractors.mini.relations.matcher import Matcher
from extractors.mini.relations.matcher_store import load_matcher, save_matcher
from extractors.mini.relations.prompts import Prompt, prompt_vectors, prompts_of
from extractors.mini.train.matcher_data import Stated, Statement
from extractors.mini.train.matcher_evaluate import best_threshold
from extractors.mini.train.matcher_loop import MatcherPlan, cases_of, train_matcher
from kgkit.errors import ModelError
from kgkit.models.encoder import load_encoder
from kgkit.schema import Schema

BOUGHT, SOLD = Prompt("bought", "", ""), Prompt("sold", "person", "")


def made(count: int) -> tuple[list[Stated], list[NDArray[np.float16]]]:
    """Sentences "x bought y" and "x sold y", with a vector for each word that tells its part."""
    chance = np.random.default_rng(0)
    parts = chance.normal(size=(4, 768))
    sentences, vectors = [], []
    for i in range(count):
        relation, other = (BOUGHT, SOLD) if i % 2 else (SOLD, BOUGHT)
        statement = Statement(relation, ((0, 1),), ((2, 3),))
        words = ((0, 1), (2, 6), (7, 8))
        sentences.append(
            Stated("made", f"x {relation.relation[:4]} y", words, (statement,), (other,))
        )
        rows = parts[[0, 1 + i % 2, 3]] + 0.1 * chance.normal(size=(3, 768))
        vectors.append(rows.astype(np.float16))
    return sentences, vectors


def prompts() -> dict[Prompt, NDArray[np.float32]]:
    vectors = prompt_vectors(load_encoder(), [BOUGHT, SOLD])
    return dict(zip((BOUGHT, SOLD), vectors, strict=True))


def test_relations_and_types_are_read_as_words() -> None:
    schema = Schema.parse("(Person)-[PLACE_OF_BIRTH]->(Thing)\nPLACE_OF_BIRTH: where one is born")
    (prompt,) = prompts_of(schema)
    assert prompt == Prompt("place of birth: where one is born", "person", "")
    (row,) = prompt_vectors(load_encoder(), [prompt])
    assert row.shape == (1152,)
    assert not row[768:].any()
    assert prompt_vectors(load_encoder(), []).shape == (0, 1152)


def test_a_vector_does_not_depend_on_the_other_relations() -> None:
    alone = prompt_vectors(load_encoder(), [SOLD])
    both = prompt_vectors(load_encoder(), [BOUGHT, SOLD])
    assert alone[0].tobytes() == both[1].tobytes()


def test_cases_are_what_is_stated_and_as_many_others_as_asked() -> None:
    sentences, _ = made(4)
    found = cases_of(sentences, [0, 2], random.Random(0), MatcherPlan(others=1))
    assert [(case.sentence, case.prompt, case.tags) for case in found] == [
        (0, SOLD, (4, 0, 8)),
        (0, BOUGHT, ()),
        (2, SOLD, (4, 0, 8)),
        (2, BOUGHT, ()),
    ]


def test_silence_of_a_set_that_is_not_complete_counts_little() -> None:
    sentences = [replace(sentence, complete=False) for sentence in made(2)[0]]
    found = cases_of(sentences, [0], random.Random(0), MatcherPlan())
    assert [case.weight for case in found] == [1.0, 0.2]


def test_it_learns_which_relation_stands_between_which_words(tmp_path: Path) -> None:
    sentences, vectors = made(24)
    plan = MatcherPlan(epochs=6, batch=8, others=1, rate=3e-3)
    matcher = train_matcher(sentences, range(20), vectors, prompts(), plan)
    threshold, f1 = best_threshold(matcher, sentences, range(20, 24), vectors, prompts())
    assert f1 == 1.0
    save_matcher(tmp_path, matcher, threshold)
    reader = load_matcher(tmp_path)
    both = np.stack([prompts()[BOUGHT], prompts()[SOLD]])
    for i in (21, 22):
        (match,) = reader.matches(vectors[i].astype(np.float32), both)
        assert (match.prompt, match.subject, match.object) == (1 - i % 2, (0, 1), (2, 3))
        assert threshold <= match.score <= 1.0


def test_nothing_asked_is_nothing_said() -> None:
    torch.manual_seed(0)
    reader = GuidedReader(Matcher().eval(), 0.0)
    words, relations = np.zeros((0, 768), np.float32), np.zeros((2, 1152), np.float32)
    assert reader.matches(words, relations) == []
    assert reader.matches(np.zeros((3, 768), np.float32), relations[:0]) == []


def test_a_damaged_matcher_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="reinstall"):
        load_matcher(tmp_path / "none")
