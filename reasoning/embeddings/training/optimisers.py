"""Updates of touched rows: Adagrad and Adam that cost what a batch looked up, not a whole table.

For a gradient of some rows only these rows and their state change (as `torch.optim.SparseAdam`
has it); for a whole gradient both are the usual methods (Duchi et al., 2011; Kingma and Ba, 2015).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, Protocol

import torch
from torch import Tensor

from reasoning.embeddings.training.lookups import Gradient

__all__ = ["Adagrad", "Adam", "Optimiser", "clipped", "load_optimiser"]


class Optimiser(Protocol):
    """Changes parameters by their gradients."""

    rate: float

    def update(self, gradient: Gradient) -> None:
        """Change the parameter of a gradient, in place."""

    def state(self) -> dict[str, Tensor]:
        """Return what has to be kept to go on later, by name: tensors [n, w] or of one number."""

    def restore(self, state: Mapping[str, Tensor]) -> None:
        """Go on from a state."""


class Adagrad:
    """Steps of `rate` over the root of the sum of squared gradients, number by number."""

    def __init__(self, parameters: Mapping[str, Tensor], rate: float) -> None:
        self.rate = rate
        self._names = {id(parameter): name for name, parameter in parameters.items()}
        self._sums = {name: torch.zeros_like(p) for name, p in parameters.items()}

    @torch.no_grad()
    def update(self, gradient: Gradient) -> None:
        """Change the parameter of a gradient, in place."""
        sums, rows = self._sums[self._names[id(gradient.parameter)]], gradient.rows
        if gradient.ids is None:
            sums.addcmul_(rows, rows)
            gradient.parameter.addcdiv_(rows, sums.sqrt().add_(1e-10), value=-self.rate)
            return
        touched = sums.index_select(0, gradient.ids).addcmul_(rows, rows)
        sums.index_copy_(0, gradient.ids, touched)
        step = rows.div_(touched.sqrt_().add_(1e-10))
        gradient.parameter.index_add_(0, gradient.ids, step, alpha=-self.rate)

    def state(self) -> dict[str, Tensor]:
        """Return the sums of squares [n, w] by parameter."""
        return {f"sums.{name}": sums for name, sums in self._sums.items()}

    def restore(self, state: Mapping[str, Tensor]) -> None:
        """Go on from a state."""
        for name, sums in self._sums.items():
            sums.copy_(state[f"sums.{name}"])


class Adam:
    """Steps by running means of gradients and of their squares (0.9, 0.999)."""

    def __init__(self, parameters: Mapping[str, Tensor], rate: float) -> None:
        self.rate = rate
        self._names = {id(parameter): name for name, parameter in parameters.items()}
        self._means = {name: torch.zeros_like(p) for name, p in parameters.items()}
        self._squares = {name: torch.zeros_like(p) for name, p in parameters.items()}
        self._steps = {name: torch.zeros(1) for name in parameters}

    @torch.no_grad()
    def update(self, gradient: Gradient) -> None:
        """Change the parameter of a gradient, in place."""
        name, rows, ids = self._names[id(gradient.parameter)], gradient.rows, gradient.ids
        self._steps[name] += 1
        steps = float(self._steps[name])
        rate = self.rate * (1 - 0.999**steps) ** 0.5 / (1 - 0.9**steps)
        means, squares = self._means[name], self._squares[name]
        if ids is None:
            means.lerp_(rows, 0.1)
            squares.mul_(0.999).addcmul_(rows, rows, value=0.001)
            gradient.parameter.addcdiv_(means, squares.sqrt().add_(1e-8), value=-rate)
            return
        mean = means.index_select(0, ids).lerp_(rows, 0.1)
        square = squares.index_select(0, ids).mul_(0.999).addcmul_(rows, rows, value=0.001)
        means.index_copy_(0, ids, mean)
        squares.index_copy_(0, ids, square)
        step = mean.div_(square.sqrt_().add_(1e-8))
        gradient.parameter.index_add_(0, ids, step, alpha=-rate)

    def state(self) -> dict[str, Tensor]:
        """Return means and squares [n, w] and the number of steps [1] by parameter."""
        kept = {"means": self._means, "squares": self._squares, "steps": self._steps}
        return {f"{kind}.{name}": t for kind, all_ in kept.items() for name, t in all_.items()}

    def restore(self, state: Mapping[str, Tensor]) -> None:
        """Go on from a state."""
        for name, tensor in self.state().items():
            tensor.copy_(state[name])


def load_optimiser(
    name: Literal["adagrad", "adam"], parameters: Mapping[str, Tensor], rate: float
) -> Optimiser:
    """Return the optimiser of a name for parameters by name."""
    return (Adam if name == "adam" else Adagrad)(parameters, rate)


def clipped(gradients: Iterable[Gradient], most: float) -> list[Gradient]:
    """Return gradients whose common norm is at most `most` (0: unchanged), scaled in place."""
    found = list(gradients)
    if most > 0:
        norm = torch.stack([gradient.rows.norm() for gradient in found]).norm()
        scale = (most / norm.clamp_min(1e-12)).clamp_max(1.0)
        for gradient in found:
            gradient.rows.mul_(scale)
    return found
