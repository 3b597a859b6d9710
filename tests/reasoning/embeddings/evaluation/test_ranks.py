"""Ranks agree with a ranking written as plain loops, ties and filter included."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from kgkit.errors import InputError, ModelError
from reasoning.embeddings.evaluation import measure, rank
from reasoning.embeddings.known import KnownFacts


class Fixed:
    """Scores every (head, relation, tail) as a table says."""

    def __init__(self, table: Tensor) -> None:
        self.table = table

    def tails(self, heads: Tensor, relations: Tensor) -> Tensor:
        return self.table[relations, heads]


def plain(table: Tensor, triples: Tensor, known: set[tuple[int, int, int]]) -> list[list[float]]:
    """Return the realistic ranks by loops."""
    count, relations = table.shape[1], table.shape[0] // 2
    rows = []
    for h, r, t in triples.tolist():
        sides = []
        for head, name, tail in [(h, r, t), (t, r + relations, h)]:
            better = ties = 0
            for other in range(count):
                fact = (head, r, other) if name == r else (other, r, head)
                if other == tail or fact in known:
                    continue
                better += bool(table[name, head, other] > table[name, head, tail])
                ties += bool(table[name, head, other] == table[name, head, tail])
            sides.append(1 + better + ties / 2)
        rows.append(sides)
    return rows


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 7), st.integers(1, 3))
def test_ranks_are_those_of_plain_loops(seed: int, entities: int, relations: int) -> None:
    generator = torch.Generator().manual_seed(seed)
    shape = (2 * relations, entities, entities)
    table = torch.randint(3, shape, generator=generator).float()
    ends = torch.randint(entities, (9, 2), generator=generator)
    names = torch.randint(relations, (9,), generator=generator)
    triples = torch.stack([ends[:, 0], names, ends[:, 1]], 1)
    known = KnownFacts.of(triples, entities, relations)
    found = rank(Fixed(table), triples[:4], known)
    facts = {(h, r, t) for h, r, t in triples.tolist()}
    assert found.realistic.tolist() == plain(table, triples[:4], facts)
    assert bool((found.pessimistic <= found.candidates).all())
    again = rank(Fixed(table), triples[:4], known, chunk=1)
    assert torch.equal(again.realistic, found.realistic)


def test_equal_scores_are_chance_not_a_hit() -> None:
    triples = torch.tensor([[0, 0, 1]])
    nothing = KnownFacts.of(triples[:0], 11, 1)
    found = measure(rank(Fixed(torch.zeros(2, 11, 11)), triples, nothing))
    assert (found.mr, found.amr, found.amri, found.hits_1) == (6.0, 1.0, 0.0, 0.0)
    assert found.tie_gap == pytest.approx(1 - 1 / 11, abs=1e-4)


def test_one_entity_is_ranked_first_and_tells_nothing() -> None:
    triples = torch.tensor([[0, 0, 0]])
    found = measure(rank(Fixed(torch.zeros(2, 1, 1)), triples, KnownFacts.of(triples, 1, 1)))
    assert (found.mrr, found.amr, found.amri) == (1.0, 1.0, 0.0)


def test_scores_that_are_no_numbers_are_an_error() -> None:
    triples = torch.tensor([[0, 0, 1]])
    table = torch.full((2, 3, 3), torch.nan)
    with pytest.raises(ModelError, match="learning rate"):
        rank(Fixed(table), triples, KnownFacts.of(triples, 3, 1))


def test_nothing_to_rank_is_an_error() -> None:
    nothing = torch.empty(0, 3, dtype=torch.int64)
    with pytest.raises(InputError, match="no triples to rank"):
        rank(Fixed(torch.zeros(2, 2, 2)), nothing, KnownFacts.of(nothing, 2, 1))
