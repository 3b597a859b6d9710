"""Fitting the ranking on cases whose answer one input gives away."""

from __future__ import annotations

import numpy as np

from extractors.mini.train.coref_cases import Case, feature_names
from extractors.mini.train.coref_fit import Table, fitted


def table(cases: int) -> Table:
    """Return cases of two choices and a third person, the first input being 1 for the answer."""
    chance = np.random.default_rng(0)
    answers = [int(n) for n in chance.integers(0, 3, cases)]
    rows = []
    for answer in answers:
        made = chance.random((3, 4)).astype(np.float32)
        made[:, 0] = 0.0
        made[answer, 0] = 1.0
        rows.append(made)
    return Table.of(rows, answers)


def test_the_telling_input_is_learnt_and_a_seed_gives_the_same_weights() -> None:
    learnt = table(600)
    ranker = fitted(learnt, networks=1)
    unseen = table(60)
    logs = np.stack([ranker.rank(unseen.rows[3 * n : 3 * n + 3], 2)[[1, 2, 0]] for n in range(60)])
    assert (logs.argmax(axis=1) == unseen.answers).mean() > 0.95
    assert fitted(learnt, networks=1).hidden.tobytes() == ranker.hidden.tobytes()


def test_cases_are_taken_whole() -> None:
    part = table(9).take(np.array([2, 5]))
    assert part.starts.tolist() == [0, 3, 6]


def test_rare_features_are_left_out() -> None:
    head = np.zeros(2)
    cases = [Case(({"a": 1.0, "b": 1.0},), head, 0), Case(({"a": 1.0},), head, 1)]
    assert feature_names(cases, least=2) == ("a",)
