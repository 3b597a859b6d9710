"""Losses: published formulas, estimates that agree with what they estimate, masks that hold."""

from __future__ import annotations

import math

import pytest
import torch
from torch.nn.functional import cross_entropy, logsigmoid

from kgkit.errors import InputError
from reasoning.embeddings.losses import (
    BinaryCrossEntropy,
    Margin,
    SelfAdversarial,
    Softmax,
    load_loss,
    loss_names,
)
from reasoning.embeddings.losses.masking import masked_logsumexp
from reasoning.embeddings.negatives.base import Draw

GENERATOR = torch.Generator().manual_seed(0)
SCORES = torch.randn(4, 6, generator=GENERATOR)
ROWS, TAILS = torch.arange(4), torch.tensor([0, 5, 2, 2])
NAMES = ("bce", "filtered-softmax", "infonce", "margin", "self-adversarial", "softmax")


def drawn(usable: torch.Tensor) -> Draw:
    return Draw(torch.arange(6), usable, torch.full((6,), -math.log(6)))


def test_softmax_is_cross_entropy() -> None:
    found = Softmax().full(SCORES, ROWS, TAILS)
    torch.testing.assert_close(found, cross_entropy(SCORES, TAILS, reduction="none"))
    smooth = Softmax(smoothing=0.1).full(SCORES, ROWS, TAILS)
    expected = cross_entropy(SCORES, TAILS, reduction="none", label_smoothing=0.1)
    torch.testing.assert_close(smooth, expected)


def test_all_entities_drawn_once_give_the_full_softmax() -> None:
    usable = torch.ones(4, 6, dtype=torch.bool)
    usable[ROWS, TAILS] = False
    found = Softmax().sampled(SCORES[ROWS, TAILS], SCORES, drawn(usable))
    torch.testing.assert_close(found, Softmax().full(SCORES, ROWS, TAILS))


def test_the_corrected_softmax_does_not_mind_who_draws() -> None:
    """Candidates drawn unevenly estimate the same sum over all entities."""
    chances = torch.tensor([0.4, 0.3, 0.1, 0.1, 0.05, 0.05])
    ids = torch.multinomial(chances, 200_000, replacement=True, generator=GENERATOR)
    usable = (ids != 0).expand(1, -1)
    draw = Draw(ids, usable, chances.log()[ids])
    found = Softmax().sampled(SCORES[:1, 0], SCORES[:1, ids], draw)
    torch.testing.assert_close(
        found, Softmax().full(SCORES[:1], ROWS[:1], TAILS[:1]), rtol=0.02, atol=0.02
    )


def test_filtered_softmax_leaves_other_answers_out() -> None:
    rows, tails = torch.tensor([0, 0]), torch.tensor([1, 3])
    found = Softmax(filtered=True).full(SCORES[:1], rows, tails)
    for position, hidden in ((0, 3), (1, 1)):
        kept = SCORES[:1].clone()
        kept[0, hidden] = -math.inf
        torch.testing.assert_close(
            found[position], cross_entropy(kept, tails[position : position + 1])
        )


def test_binary_cross_entropy_counts_every_label_once() -> None:
    rows, tails = torch.tensor([0, 0, 1]), torch.tensor([1, 3, 2])
    labels = torch.zeros(2, 6)
    labels[rows, tails] = 1.0
    smooth = labels * 0.9 + 0.1 / 6
    expected = torch.nn.functional.binary_cross_entropy_with_logits(
        SCORES[:2], smooth, reduction="sum"
    )
    found = BinaryCrossEntropy(smoothing=0.1).full(SCORES[:2], rows, tails).sum()
    torch.testing.assert_close(found, expected)


def test_self_adversarial_follows_the_paper() -> None:
    usable = torch.ones(4, 6, dtype=torch.bool)
    right = -torch.rand(4, generator=GENERATOR)
    weights = torch.softmax(0.5 * SCORES, dim=1)
    expected = -logsigmoid(2 + right) - (weights * logsigmoid(-2 - SCORES)).sum(1)
    found = SelfAdversarial(margin=2.0, temperature=0.5).sampled(right, SCORES, drawn(usable))
    torch.testing.assert_close(found, expected / 2)


@pytest.mark.parametrize("name", NAMES)
def test_unusable_candidates_count_for_nothing(name: str) -> None:
    usable = torch.rand(4, 6, generator=GENERATOR) > 0.4
    usable[0] = False
    other = torch.where(usable, SCORES, SCORES + 5.0)
    loss, right = load_loss(name), torch.zeros(4)
    found = loss.sampled(right, SCORES, drawn(usable))
    torch.testing.assert_close(found, loss.sampled(right, other, drawn(usable)))
    assert bool(torch.isfinite(found).all())


def test_the_one_pass_sum_has_the_right_derivative() -> None:
    scores = SCORES.double().requires_grad_()
    usable = torch.rand(4, 6, generator=GENERATOR) > 0.3
    shifts = torch.randn(6, generator=GENERATOR).double()
    assert torch.autograd.gradcheck(lambda s: masked_logsumexp(s, shifts, usable), (scores,))


def test_names_options_and_bad_input() -> None:
    assert loss_names() == NAMES
    assert load_loss("margin", {"margin": 2.0}) == Margin(2.0)
    with pytest.raises(InputError, match="no loss is named"):
        load_loss("hinge")
    with pytest.raises(InputError, match="does not take"):
        load_loss("margin", {"smoothing": 0.1})
    for loss in (Margin(), SelfAdversarial()):
        with pytest.raises(InputError, match="negatives"):
            loss.full(SCORES, ROWS, TAILS)
