"""Probabilities: fitted on what was held back, true on what was not seen."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from extractors.calibration import reliability
from kgkit.errors import ModelError
from reasoning.embeddings.calibrating import Calibrator, fit_calibrator
from reasoning.embeddings.calibrating.calibrator import odds_of
from reasoning.embeddings.calibrating.fitting import cases_of
from reasoning.embeddings.calibrating.shares import best_tails, log_shares
from reasoning.embeddings.known import KnownFacts

E, R = 60, 2


class Sure:
    """Scores [2R, E, E] that are three times as sharp as the truth allows."""

    def __init__(self, scores: Tensor) -> None:
        self.scores = scores

    def tails(self, heads: Tensor, relations: Tensor) -> Tensor:
        """Return scores [b, E]."""
        return self.scores[relations, heads]


def world(seed: int) -> tuple[Sure, KnownFacts, Tensor, Tensor]:
    """Return a model, what is known, and two drawn halves of what is true besides."""
    generator = torch.Generator().manual_seed(seed)
    beliefs = 2.5 * torch.randn(R, E, E, generator=generator)
    tails = torch.multinomial(beliefs.softmax(2).flatten(0, 1), 1, generator=generator)
    facts = torch.stack(
        [torch.arange(E).repeat(R), torch.arange(R).repeat_interleave(E), tails[:, 0]], dim=1
    )
    facts = facts[torch.randperm(len(facts), generator=generator)]
    model = Sure(3 * torch.cat([beliefs, beliefs.transpose(1, 2)]))
    return model, KnownFacts.of(facts[:0], E, R), facts[: E * R // 2], facts[E * R // 2 :]


def test_overconfidence_is_mended() -> None:
    before, after = [], []
    for seed in range(5):
        model, known, held, new = world(seed)
        cases = cases_of(model, known, new)
        mine = cases.queries[:, 1] < R
        odds, relations = cases.odds[mine], cases.queries[mine, 1]
        right = cases.right[mine].tolist()
        fitted = fit_calibrator(model, known, held)
        plain = Calibrator(offsets=(0.0,) * 2 * R)
        before.append(reliability(plain.apply(odds, relations).tolist(), right).ece)
        after.append(reliability(fitted.apply(odds, relations).tolist(), right).ece)
        assert fitted.facts == len(held)
    assert sum(after) < 0.7 * sum(before)


def test_nothing_held_back_leaves_the_share() -> None:
    model, known, held, _ = world(0)
    fitted = fit_calibrator(model, known, held[:0])
    assert fitted == Calibrator(offsets=(0.0,) * 4)
    shares = torch.tensor([0.25, 0.9])
    found = fitted.apply(odds_of(shares.log()), torch.tensor([0, 3]))
    assert found.tolist() == pytest.approx([0.25, 0.9], abs=1e-4)


def test_one_fact_changes_little() -> None:
    model, known, held, _ = world(0)
    fitted = fit_calibrator(model, known, held[:1])
    assert all(abs(slope - 1) < 1 for slope in fitted.slopes)
    assert fit_calibrator(model, known, held[:1]) == fitted


def test_another_model_is_refused() -> None:
    with pytest.raises(ModelError, match="relation 5 has no offset among 4"):
        Calibrator(offsets=(0.0,) * 4).apply(torch.zeros(1), torch.tensor([5]))


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.floats(-30, 30, width=32), min_size=4, max_size=4),
    st.sets(st.integers(0, 3), max_size=4),
)
def test_shares_of_what_is_free_add_up_to_one(scores: list[float], held: set[int]) -> None:
    triples = torch.tensor([(0, 0, tail) for tail in sorted(held)]).reshape(-1, 3)
    known = KnownFacts.of(triples.long(), 4, 1)
    model = Sure(torch.tensor(scores).expand(2, 4, 4))
    queries = torch.tensor([[0, 0, tail] for tail in range(4)])
    logs = log_shares(model, known, queries)[1]
    free = [tail for tail in range(4) if tail not in held]
    assert not torch.isnan(logs).any()
    assert (logs <= 1e-5).all()
    if free:
        assert logs[free].exp().sum().item() == pytest.approx(1.0, abs=1e-4)
    best = best_tails(model, known, queries[:1, :2], 4)
    assert best.known[0].sum() == len(held)
    assert not best.known[0, : len(free)].any()  # what is known comes last


def test_batch_mates_change_nothing() -> None:
    model, known, _, new = world(1)
    queries = torch.cat([new] * 3)
    alone = torch.cat([log_shares(model, known, row[None])[1] for row in queries[:10]])
    assert torch.equal(alone, log_shares(model, known, queries)[1][:10])
