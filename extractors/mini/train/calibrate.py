"""Making probabilities honest after training (temperature scaling, Guo et al. 2017)."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from extractors.mini.network import Network
from extractors.mini.train.batches import assemble, steps, whole
from extractors.mini.train.data import UNKNOWN, Example
from extractors.mini.train.losses import pronoun_scores

__all__ = ["calibrate"]

#: The last layer of each head whose probabilities are shown to others.
_LAYERS = {"pronouns": "pronouns.score", "spans": "spans.scores"}


def calibrate(
    network: Network, tensors: dict[str, Tensor], held_out: dict[str, list[Example]]
) -> dict[str, float]:
    """Divide the scores of spans and pronouns by the temperature that fits the held-out examples
    best, in `tensors`, which the network must hold; return the temperatures."""
    network.eval()
    fitted = {}
    for name, layer in _LAYERS.items():
        scores, answers = _scores(network, held_out[name], name)
        fitted[name] = _temperature(scores, answers)
        for part in ("weight", "bias"):
            tensors[f"{layer}.{part}"] = tensors[f"{layer}.{part}"] / fitted[name]
    network.train()
    return fitted


def _scores(network: Network, examples: Sequence[Example], name: str) -> tuple[Tensor, Tensor]:
    scores, answers = [], []
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for step in steps(whole(examples, 250), 4096):
            batch = assemble(step)
            words = network(batch.layout)
            if name == "pronouns":
                scores.append(pronoun_scores(network, batch, words).float())
                answers.append(batch.answers)
            else:
                known = batch.spans != UNKNOWN
                scores.append(network.spans(words[known])[0].float())
                answers.append(batch.spans[known])
    return torch.cat(scores), torch.cat(answers)


def _temperature(scores: Tensor, answers: Tensor) -> float:
    # One number on a coarse grid, 0.5 to 16: nothing can diverge.
    grid = [round(0.5 * 1.05**i, 3) for i in range(72)]
    costs = [float(F.cross_entropy(scores / value, answers)) for value in grid]
    return grid[costs.index(min(costs))]
