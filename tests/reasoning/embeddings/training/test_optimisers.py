"""Updates: as torch has them for whole gradients, the same rows and no others for a few."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from reasoning.embeddings.training.lookups import Gradient
from reasoning.embeddings.training.optimisers import Optimiser, clipped, load_optimiser


def made(name: str, weight: Tensor) -> Optimiser:
    return load_optimiser(name, {"weight": weight}, 0.1)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["adagrad", "adam"])
def test_whole_gradients_as_in_torch(name: str) -> None:
    generator = torch.Generator().manual_seed(0)
    weight = torch.randn(4, 3, generator=generator)
    theirs = torch.nn.Parameter(weight.clone())
    kind = torch.optim.Adam if name == "adam" else torch.optim.Adagrad
    reference = kind([theirs], lr=0.1)
    own = made(name, weight)
    for _ in range(5):
        gradient = torch.randn(4, 3, generator=generator)
        theirs.grad = gradient.clone()
        reference.step()
        own.update(Gradient(weight, gradient))
    torch.testing.assert_close(weight, theirs.detach(), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("name", ["adagrad", "adam"])
def test_rows_change_as_they_would_in_a_whole_gradient(name: str) -> None:
    weight = torch.ones(5, 3)
    whole = weight.clone()
    ids, rows = torch.tensor([3, 1]), torch.tensor([[1.0, 2.0, 3.0], [0.5, 0.0, -1.0]])
    dense = torch.zeros(5, 3).index_copy_(0, ids, rows)
    made(name, weight).update(Gradient(weight, rows.clone(), ids))
    made(name, whole).update(Gradient(whole, dense))
    torch.testing.assert_close(weight, whole)
    assert bool((weight[[0, 2, 4]] == 1).all())


@pytest.mark.parametrize("name", ["adagrad", "adam"])
def test_a_state_goes_on(name: str) -> None:
    one, gradient = torch.ones(3, 2), torch.tensor([[1.0, 2.0], [0.0, 1.0], [3.0, 0.0]])
    first = made(name, one)
    first.update(Gradient(one, gradient.clone()))
    other = one.clone()
    second = made(name, other)
    second.restore({key: value.clone() for key, value in first.state().items()})
    for weight, optimiser in ((one, first), (other, second)):
        optimiser.update(Gradient(weight, gradient.clone()))
    assert torch.equal(one, other)


def test_clipping_bounds_the_common_norm() -> None:
    weight = torch.zeros(2, 2)
    gradients = [Gradient(weight, torch.full((2, 2), 3.0)), Gradient(weight, torch.ones(1, 2))]
    found = clipped(gradients, 1.0)
    total = sum(float(gradient.rows.square().sum()) for gradient in found)
    assert total == pytest.approx(1.0, rel=1e-4)
    assert clipped(found, 0.0) == found
