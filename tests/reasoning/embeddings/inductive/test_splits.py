"""Dropping entities: the parts are the whole graph, and tests never touch training."""

from __future__ import annotations

import pytest
import torch

from kgkit.errors import InputError
from reasoning.embeddings.inductive import drop_entities
from reasoning.embeddings.triples import Triples, number


def graph(seed: int = 0) -> Triples:
    generator = torch.Generator().manual_seed(seed)
    rows = torch.randint(40, (300, 2), generator=generator).tolist()
    facts = [(f"e{h:02}", f"r{n % 3}", f"e{t:02}") for n, (h, t) in enumerate(rows)]
    return number(facts[:200], facts[200:250], facts[250:])


@pytest.mark.parametrize("seed", range(6))
def test_what_the_split_promises(seed: int) -> None:
    whole = graph(seed)
    split = drop_entities(whole, share=0.2, least=60, seed=seed)
    parts = [split.train, split.valid, split.test]
    joined = torch.unique(torch.cat(parts), dim=0)
    assert len(joined) == sum(map(len, parts))
    everything = torch.cat([whole.train, whole.valid, whole.test])
    assert torch.equal(joined, torch.unique(everything, dim=0))
    ends = [set(part[:, [0, 2]].flatten().tolist()) for part in parts]
    held = ends[1] - ends[0]
    tested = ends[2] - ends[0] - held  # validation may not touch them
    assert held
    assert tested
    assert all({head, tail} & held for head, _, tail in split.valid.tolist())
    assert all({head, tail} & tested for head, _, tail in split.test.tolist())
    before = set(everything[:, [0, 2]].flatten().tolist())
    assert ends[0] | held | tested == before
    assert int(torch.bincount(split.train[:, 1], minlength=3).min()) >= 60
    again = drop_entities(whole, share=0.2, least=60, seed=seed)
    assert torch.equal(again.test, split.test)


def test_a_graph_that_cannot_be_split_says_so() -> None:
    with pytest.raises(InputError, match="least"):
        drop_entities(number([("a", "r", "b"), ("b", "r", "c")]), least=1)
    with pytest.raises(InputError, match="cannot be dropped"):
        drop_entities(graph(), share=1.5)
