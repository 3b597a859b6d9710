"""The report: unseen entities count, test facts stay out of validation, categories and sides."""

from __future__ import annotations

import dataclasses

import torch
from torch import Tensor

from reasoning.embeddings.evaluation import evaluate, valid_mrr
from reasoning.embeddings.evaluation.categories import NAMES, categories
from reasoning.embeddings.evaluation.metrics import interval, macro_mrr
from reasoning.embeddings.evaluation.ranks import Ranks
from reasoning.embeddings.triples import Triples, number


class Ordered:
    """Ranks entities by their number, the same for every query."""

    def __init__(self, count: int) -> None:
        self.count = count

    def tails(self, heads: Tensor, relations: Tensor) -> Tensor:
        return -torch.arange(self.count).float().expand(len(heads), -1)


def graph() -> Triples:
    train = [("a", "r", "b"), ("a", "r", "c"), ("b", "s", "c"), ("a", "r", "b")]
    return number(train, [("b", "r", "c")], [("a", "r", "d"), ("c", "s", "b")])


def test_unseen_entities_are_counted_and_kept() -> None:
    triples = graph()
    found = evaluate(Ordered(4), triples)
    assert found.unseen_triples == 1
    assert (found.both.queries, found.seen.queries) == (4, 2)
    # (a, r, ?) is d, after a alone: b and c are known; (?, s, b) is c, after a and b.
    assert found.ranks.realistic.tolist() == [[2.0, 1.0], [2.0, 3.0]]
    assert found.mrr == round((1 / 2 + 1 + 1 / 2 + 1 / 3) / 4, 4)
    assert (found.tail.mrr, found.head.mrr) == (0.5, 0.6667)
    assert set(found.by_relation) == {"r", "s"}
    assert found.as_dict()["unseen_triples"] == 1


def test_validation_does_not_know_the_test_facts() -> None:
    triples = graph()
    without = dataclasses.replace(triples, test=triples.test[:0])
    assert valid_mrr(Ordered(4), triples) == valid_mrr(Ordered(4), without)
    assert valid_mrr(Ordered(4), triples, limit=1) == valid_mrr(Ordered(4), triples)


def test_categories_count_partners() -> None:
    train = torch.tensor([[0, 0, 1], [0, 0, 2], [0, 1, 1], [2, 1, 1], [0, 1, 1]])
    assert [NAMES[n] for n in categories(train, 3).tolist()] == ["1-N", "N-1", "1-1"]


def test_macro_mrr_counts_each_query_once() -> None:
    ranks = torch.tensor([[1, 1], [1, 2], [2, 4]])
    triples = torch.tensor([[0, 0, 1], [0, 0, 2], [1, 0, 3]])
    found = macro_mrr(Ranks(ranks, ranks, ranks), triples)
    assert found == round((1 + 0.5 + 1 + 0.5 + 0.25) / 5, 4)


def test_the_interval_holds_the_mean_and_is_the_same_again() -> None:
    ranks = torch.arange(1, 41).reshape(20, 2)
    every = Ranks(ranks, ranks, ranks)
    low, high = interval(every, rounds=200)
    assert low < float((1 / ranks.double()).mean()) < high
    assert interval(every, rounds=200) == (low, high)
