"""What every sampler promises: shapes, no known answer, exact chances, the same draws again."""

from __future__ import annotations

import functools

import pytest
import torch

from kgkit.errors import InputError
from reasoning.embeddings.negatives import (
    Draw,
    Negatives,
    NegativesFactory,
    load_negatives,
    negatives_names,
)
from reasoning.embeddings.negatives.lemon import Lemon
from reasoning.embeddings.negatives.mixture import mixture
from reasoning.embeddings.negatives.schedules import rising
from reasoning.embeddings.negatives.typed import Typed
from reasoning.embeddings.triples import Triples, number, reciprocal

COUNT = 8


@functools.cache
def graph() -> Triples:
    rows = [(f"e{n}", f"r{n % 2}", f"e{(3 * n + 1) % 17}") for n in range(17)]
    return number(rows + [("e1", "r1", f"e{n}") for n in range(5)])


def queries(triples: Triples) -> torch.Tensor:
    return torch.cat([triples.train, reciprocal(triples.train, len(triples.relations))])


def vectors() -> torch.Tensor:
    return torch.randn(17, 6, generator=torch.Generator().manual_seed(3))


FACTORIES: dict[str, str | NegativesFactory] = {
    **{name: name for name in negatives_names() if name != "lemon"},
    "lemon": Lemon(vectors=vectors(), near=4),
    "lemon, own": Lemon(vectors=vectors(), near=4, own=True, share=rising(0.1, 0.9)),
    "lemon, clusters": Lemon(vectors=vectors(), near=4, mode="clusters", own=True),
    "lemon, both": Lemon(vectors=vectors(), near=4, own=True, around="both"),
    "mixture": mixture(("typed", 0.5), ("uniform", 0.5)),
    "shared mixture": mixture(("in-batch", 0.5), ("uniform", 0.5)),
}


@pytest.fixture(params=sorted(FACTORIES))
def sampler(request: pytest.FixtureRequest) -> Negatives:
    return load_negatives(FACTORIES[request.param], graph(), COUNT)


def drawn(sampler: Negatives, seed: int = 0) -> tuple[torch.Tensor, Draw]:
    batch = queries(graph())[::3]
    return batch, sampler.draw(batch, torch.Generator().manual_seed(seed))


def test_shapes_and_filter(sampler: Negatives) -> None:
    for progress in (0.0, 0.5, 0.9):
        sampler.refresh(vectors(), progress)
        batch, draw = drawn(sampler)
        ids = draw.ids.expand(draw.usable.shape)
        assert draw.usable.shape == (len(batch), ids.shape[1])
        assert draw.log_probability.shape == draw.ids.shape
        assert bool(torch.isfinite(draw.log_probability).all())
        assert 0 <= int(draw.ids.min()) <= int(draw.ids.max()) < 17
        known = graph().known()
        heads, relations, tails = batch.unbind(1)
        wrong = known.contains(heads[:, None], relations[:, None], ids) | (ids == tails[:, None])
        assert torch.equal(draw.usable, ~wrong)
        sampler.observe(batch, draw, torch.zeros(draw.usable.shape))
    assert sampler.rejected.drawn > 0
    assert 0 < sampler.rejected.share < 100


def test_the_same_seed_draws_the_same(sampler: Negatives) -> None:
    first, second, other = (drawn(sampler, seed)[1] for seed in (1, 1, 2))
    assert torch.equal(first.ids, second.ids)
    assert not torch.equal(first.ids, other.ids)


@pytest.mark.parametrize(
    "name", ["lemon", "lemon, own", "lemon, both", "lemon, clusters", "typed", "uniform"]
)
def test_chances_are_those_of_the_draws(name: str) -> None:
    sampler = load_negatives(FACTORIES[name], graph(), 20_000)
    sampler.refresh(vectors(), 0.5)
    draw = sampler.draw(queries(graph())[:2], torch.Generator().manual_seed(5))
    ids = draw.ids if draw.is_shared else draw.ids[0]
    chances = draw.log_probability if draw.is_shared else draw.log_probability[0]
    counted = torch.bincount(ids, minlength=17) / len(ids)
    assert torch.allclose(counted[ids], chances.exp(), atol=0.012)
    # The mean of 1 / q over draws is the number of entities: no entity has a chance of 0.
    assert float((-chances).exp().mean()) == pytest.approx(17, rel=0.05)


def test_typed_draws_what_fits_the_relation() -> None:
    triples = number([("a", "likes", "b"), ("a", "likes", "c"), ("b", "eats", "x")])
    draw = Typed.over(triples, 200, share=1.0).draw(
        triples.train[:1], torch.Generator().manual_seed(0)
    )
    assert {triples.entities[i] for i in draw.ids.flatten().tolist()} <= {"b", "c", "x"}
    fit = Typed.over(triples, 20, share=1.0, allowed={"likes": (frozenset("A"), frozenset("B"))})
    assert fit.lists is not None


def test_bernoulli_weighs_the_sides() -> None:
    triples = number([("a", "r", "b"), ("a", "r", "c"), ("a", "r", "d")])
    draw = load_negatives("bernoulli", triples, 4).draw(
        queries(triples), torch.Generator().manual_seed(0)
    )
    assert draw.weights is not None
    assert draw.weights.tolist() == [0.5] * 3 + [1.5] * 3


def test_the_cache_remembers_what_scored_high() -> None:
    triples = graph()
    sampler = load_negatives("nscaching", triples, 8)
    batch = triples.train[:4]
    generator = torch.Generator().manual_seed(0)
    for _ in range(20):
        draw = sampler.draw(batch, generator)
        sampler.observe(batch, draw, 50.0 * draw.ids)
    held = sampler.draw(batch, generator).ids[:, :4].float().mean()
    assert float(held) > 12


@pytest.mark.parametrize("name", ["uniform", "eans", "typed", "in-batch"])
def test_a_graph_of_one_entity_has_no_negatives(name: str) -> None:
    triples = number([("a", "r", "a")])
    with pytest.raises(InputError, match="two entities"):
        load_negatives(name, triples, 4)


def test_unknown_names_are_an_error_that_lists_the_known() -> None:
    with pytest.raises(InputError, match="uniform"):
        load_negatives("lemmon", graph(), 4)
    with pytest.raises(InputError, match="name, an instance"):
        load_negatives(3, graph(), 4)  # type: ignore[arg-type]
