"""The matcher: what it is asked in training, what it learns, how it is kept."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from extractors.mini.lora import adapt
from extractors.mini.pieces import rows
from extractors.mini.relations.guided import Asking, GuidedReader, Match, Weights
from extractors.mini.relations.matcher import Matcher
from extractors.mini.relations.matcher_layout import marks_of
from extractors.mini.relations.matcher_store import load_matcher, save_matcher
from extractors.mini.relations.prompts import Prompt
from extractors.mini.train.matcher_cases import Sets, case_of, worded
from extractors.mini.train.matcher_data import Relation, Stated, Statement
from extractors.mini.train.matcher_evaluate import (
    Candidate,
    best_f1,
    fitted,
)
from extractors.mini.train.matcher_loop import MatcherPlan, train_matcher
from kgkit.errors import ModelError
from kgkit.models.bert import Bert
from kgkit.models.encoder import load_encoder

BOUGHT, SOLD = Relation("P1", "bought"), Relation("P2", "sold", "person", "house")
TEXTS = ("Ada bought Oslo.", "Eva sold Bath.")
WORDS = ((0, 3), (4, 10), (11, 15), (15, 16)), ((0, 3), (4, 8), (9, 13), (13, 14))


def sets(count: int = 2, *, complete: bool = True) -> Sets:
    """Sentences "Ada bought Oslo." and "Eva sold Bath." in turn."""
    tokenizer = load_encoder().tokenizer
    sentences, askings = [], []
    for i in range(count):
        text, words = TEXTS[i % 2], WORDS[i % 2]
        relation, other = (SOLD, BOUGHT) if i % 2 else (BOUGHT, SOLD)
        statement = Statement(relation, (0, 1), (2, 3))
        names = ((0, 1), (2, 3)) if complete else ()
        sentences.append(
            Stated("made", text, words, (statement,), (other,), complete=complete, names=names)
        )
        marks = marks_of(4, [(0, 1, "Person"), (2, 3, "Location")])
        askings.append(Asking(rows(tokenizer, text, [words])[0], marks))
    return Sets(sentences, askings, [BOUGHT, SOLD], {}, tokenizer)


def matcher() -> Matcher:
    torch.manual_seed(0)
    bert = Bert()
    bert.load_state_dict(load_encoder().bert.state_dict())
    made = Matcher(bert.requires_grad_(False))
    adapt(made.bert, rank=32)
    return made


def test_a_sentence_is_asked_what_it_states_and_what_it_does_not() -> None:
    case = case_of(0, sets(), random.Random(0))
    told = {answer.prompt.relation: answer for answer in case.answers}
    assert set(told) == {"bought", "sold"}
    assert (told["bought"].subjects, told["bought"].objects) == (((0, 1),), ((2, 3),))
    assert (told["bought"].stated, told["sold"].stated) == (True, False)
    held = [(p.subject, p.object) for a in case.answers for p in a.pairs if p.holds]
    assert held == [((0, 1), (2, 3))]


def test_silence_of_a_set_that_is_not_complete_counts_little() -> None:
    case = case_of(0, sets(complete=False), random.Random(0))
    assert {a.prompt.relation: a.weight for a in case.answers} == {"bought": 1.0, "sold": 0.2}


def test_a_relation_said_the_other_way_round_changes_its_ends() -> None:
    director = Relation("P57", "director", "film", "human")
    drawn = [worded(director, {}, random.Random(i)) for i in range(60)]
    turned = {prompt.relation for prompt, turned in drawn if turned}
    assert "directed" in turned
    assert "director" in {prompt.relation for prompt, turned in drawn if not turned}
    heads = {p.head for p, turned in drawn if turned} & {
        p.head for p, turned in drawn if not turned
    }
    assert heads <= {""}


def test_it_learns_and_is_kept_and_says_the_same_again(tmp_path: Path) -> None:
    made, known = matcher(), sets(24)
    plan = MatcherPlan(epochs=10, batch=24, encoder_rate=1e-3, head_rate=3e-3)
    mean = train_matcher(made, known, range(24), plan)
    trained = {name: p.detach() for name, p in made.named_parameters() if p.requires_grad}
    assert set(mean) == set(trained)
    save_matcher(tmp_path, trained, Weights())
    reader = load_matcher(tmp_path)
    prompts = [Prompt("bought", "", ""), Prompt("sold", "person", "house")]
    asked = known.askings[:2]
    found = reader.matches(asked, prompts, [[0, 1], [0, 1]], 0.0)
    assert found == reader.matches(asked, prompts, [[0, 1], [0, 1]], 0.0)
    for i, each in enumerate(found):
        best = max(each, key=lambda match: match.score)
        assert best == Match(i, (0, 1), (2, 3), best.score)


def test_nothing_asked_is_nothing_said() -> None:
    reader = GuidedReader(matcher().eval(), load_encoder().tokenizer, Weights())
    assert reader.matches([], [], [], 0.0) == []
    assert reader.matches(sets().askings, [Prompt("bought", "", "")], [[], []], 0.0) == [[], []]


def test_scores_become_probabilities_and_the_threshold_parts_them() -> None:
    found = [Candidate(i, (i % 10 - 5.0, 0.0, 0.0), i % 10 > 4 or i == 0) for i in range(100)]
    weights = fitted(found)
    assert weights.slopes[0] > 0
    assert weights.score((4.0, 0.0, 0.0)) > 0.9 > 0.1 > weights.score((-5.0, 0.0, 0.0))
    least, f1 = best_f1(found, 51, weights)
    assert f1 > 0.98
    assert 0.1 < least < 0.9


def test_a_damaged_matcher_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="reinstall"):
        load_matcher(tmp_path / "none")
    save_matcher(tmp_path, {"whole.bias": torch.zeros(1)}, replace(Weights(), threshold=0.4))
    with pytest.raises(ModelError, match="is missing or unknown"):
        load_matcher(tmp_path)
    save_file({"whole.bias": torch.zeros(3)}, tmp_path / "heads.safetensors")
    with pytest.raises(ModelError, match="does not fit"):
        load_matcher(tmp_path)
