"""Every scorer: one score however it is asked, formulas as published, ways back."""

from __future__ import annotations

from functools import partial

import pytest
import torch

from kgkit.errors import InputError
from reasoning.embeddings.scorers import (
    RESCAL,
    ComplEx,
    DistMult,
    RotatE,
    Scorer,
    ScorerFactory,
    TransE,
    TuckER,
    load_scorer,
    scorer_names,
)

DIM = 8
FACTORIES: dict[str, ScorerFactory] = {
    "complex": ComplEx,
    "distmult": DistMult,
    "rescal": RESCAL,
    "rotate": RotatE,
    "transe": TransE,
    "transe-2": partial(TransE, norm=2),
    "tucker": TuckER,
}
EACH = pytest.mark.parametrize("name", sorted(FACTORIES))


def parts(name: str, count: int = 5) -> tuple[Scorer, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return a scorer and drawn heads, relations and tails."""
    scorer = load_scorer(FACTORIES[name], DIM)
    generator = torch.Generator().manual_seed(0)
    scorer.initial(3, 3, generator)
    heads, tails = (torch.randn(count, DIM, generator=generator) for _ in range(2))
    return scorer, heads, torch.randn(count, scorer.relation_width, generator=generator), tails


@EACH
def test_single_shared_and_own_candidates_agree(name: str) -> None:
    scorer, heads, relations, tails = parts(name)
    queries = scorer.query(heads, relations)
    shared = scorer.against(queries, tails)
    own = scorer.against(queries, tails.expand(5, 5, DIM))
    torch.testing.assert_close(shared, own, rtol=1e-4, atol=1e-4)
    torch.testing.assert_close(
        shared.diagonal(), scorer.single(queries, tails), rtol=1e-4, atol=1e-4
    )


@EACH
def test_the_way_back_scores_the_same(name: str) -> None:
    scorer, heads, relations, tails = parts(name)
    if name == "tucker":
        with pytest.raises(InputError, match="reciprocal"):
            scorer.inverse(relations)
        return
    there = scorer.single(scorer.query(heads, relations), tails)
    back = scorer.single(scorer.query(tails, scorer.inverse(relations)), heads)
    torch.testing.assert_close(there, back, rtol=1e-4, atol=1e-4)


@EACH
def test_first_vectors_have_the_right_shape_and_come_from_the_seed(name: str) -> None:
    scorer = load_scorer(FACTORIES[name], DIM)
    first = scorer.initial(4, 3, torch.Generator().manual_seed(7))
    again = scorer.initial(4, 3, torch.Generator().manual_seed(7))
    assert first[0].shape == (4, scorer.width)
    assert first[1].shape == (3, scorer.relation_width)
    assert all(torch.equal(a, b) for a, b in zip(first, again, strict=True))


@EACH
def test_gradients_are_finite_where_head_and_tail_are_equal(name: str) -> None:
    scorer, heads, relations, _ = parts(name)
    heads = heads.requires_grad_()
    same = heads.detach().clone().requires_grad_()
    queries = scorer.query(heads, torch.zeros_like(relations))
    (scorer.against(queries, same).sum() + scorer.moduli(heads * 0).sum()).backward()  # type: ignore[no-untyped-call]
    assert heads.grad is not None
    assert bool(torch.isfinite(heads.grad).all())


def test_formulas_are_those_of_the_papers() -> None:
    scorer, heads, relations, tails = parts("complex")
    h, r, t = (torch.complex(*part.chunk(2, dim=-1)) for part in (heads, relations, tails))
    expected = (h * r * t.conj()).real.sum(-1)
    torch.testing.assert_close(scorer.single(scorer.query(heads, relations), tails), expected)
    scorer, heads, angles, tails = parts("rotate")
    h, t = (torch.complex(*part.chunk(2, dim=-1)) for part in (heads, tails))
    expected = -(h * torch.polar(torch.ones_like(angles), angles) - t).abs().sum(-1)
    torch.testing.assert_close(scorer.single(scorer.query(heads, angles), tails), expected)
    scorer, heads, steps, tails = parts("transe-2")
    expected = -(heads + steps - tails).norm(dim=-1)
    torch.testing.assert_close(scorer.single(scorer.query(heads, steps), tails), expected)
    tucker = TuckER(DIM)
    scorer, heads, mixes, tails = parts("tucker")
    assert isinstance(scorer, TuckER)
    expected = torch.einsum("vij,bv,bi,bj->b", scorer.core, mixes, heads, tails)
    torch.testing.assert_close(scorer.single(scorer.query(heads, mixes), tails), expected)
    assert tucker.relation_width == 8


def test_names_and_bad_input() -> None:
    assert set(scorer_names()) >= {"complex", "distmult", "rescal", "rotate", "transe", "tucker"}
    assert load_scorer("rotate", 6).relation_width == 3
    with pytest.raises(InputError, match="no scorer is named 'rotatee'"):
        load_scorer("rotatee", 8)
    with pytest.raises(InputError, match="odd"):
        load_scorer("complex", 7)
    with pytest.raises(InputError, match="dim=32"):
        load_scorer("transe", 0)
    with pytest.raises(InputError, match="is no scorer"):
        load_scorer(3, 8)  # type: ignore[arg-type]
