"""Thresholds: best on what they were learnt from, one a relation, honest about ties."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from kgkit.errors import InputError
from reasoning.embeddings.evaluation import learn_thresholds


def test_each_relation_has_its_threshold() -> None:
    scores = torch.tensor([1.0, 2.0, 11.0, 12.0, 5.0])
    relations = torch.tensor([0, 0, 1, 1, 2])
    truth = torch.tensor([False, True, False, True, True])
    found = learn_thresholds(scores, relations, truth, count=4)
    assert found.values[:2].tolist() == [1.5, 11.5]
    assert found.values[2] == found.values[3]
    verdicts = found.judge(scores, relations, truth)
    assert verdicts.accuracy == 100.0
    assert verdicts.f1 == 100.0


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=2, max_size=12))
def test_no_other_cut_is_better(rows: list[tuple[int, bool]]) -> None:
    scores = torch.tensor([float(score) for score, _ in rows])
    truth = torch.tensor([true for _, true in rows])
    relations = torch.zeros(len(rows), dtype=torch.int64)
    if bool(truth.all()) or not bool(truth.any()):
        with pytest.raises(InputError, match="true and false"):
            learn_thresholds(scores, relations, truth)
        return
    found = learn_thresholds(scores, relations, truth)
    mine = int((found.classify(scores, relations) == truth).sum())
    cuts = [-0.5, 0.5, 1.5, 2.5, 3.5]
    assert mine == max(int(((scores >= cut) == truth).sum()) for cut in cuts)
