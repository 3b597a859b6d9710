"""How the reader does on held-out questions, and what its scores mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from extractors.mini.reading.network import ReadingNetwork
from extractors.mini.reading.scan import Scanned, scan
from extractors.mini.reading.store import Labels
from extractors.mini.reading.trust import FEATURES, features, probability
from extractors.mini.train.reading_cases import Example

__all__ = ["Read", "figures", "fitted", "read_examples"]


@dataclass(frozen=True, slots=True)
class Read:
    """What was found for an example: `overlap` is the F1 of its words' places with an answer, 0
    where there is none."""

    example: Example
    scanned: Scanned
    overlap: float


def read_examples(network: ReadingNetwork, examples: Sequence[Example]) -> list[Read]:
    """Return the best span of each example."""
    network.eval()
    reads = []
    for example in examples:
        scanned = scan(network, example.query, example.passage)
        if scanned is not None:
            reads.append(Read(example, scanned, _overlap(example, scanned)))
    return reads


def _overlap(example: Example, scanned: Scanned) -> float:
    begin = scanned.before + scanned.found.first
    end = scanned.before + scanned.found.last
    best = 0.0
    for first, last, _ in example.golds:
        shared = min(last, end) - max(first, begin) + 1
        total = last - first + end - begin + 2
        best = max(best, 2 * max(0, shared) / total)
    return best


def figures(reads: Sequence[Read], labels: Labels) -> dict[str, float]:
    """Return, in percent, exact and f1 by source, the answers refused where there is one
    (`refused`) and the refusals where there is none (`null`)."""
    shown: dict[str, list[float]] = defaultdict(list)
    for read in reads:
        refused = float(_probability(read, labels.there) < labels.threshold)
        if read.example.golds:
            shown[f"f1_{read.example.source}"].append(read.overlap)
            shown[f"exact_{read.example.source}"].append(float(read.overlap == 1.0))
            shown["refused"].append(refused)
        else:
            shown["null"].append(refused)
    return {name: 100.0 * sum(found) / len(found) for name, found in sorted(shown.items())}


def fitted(reads: Sequence[Read], *, null: float = 0.88) -> Labels:
    """Fit the probabilities that a span is right and that the text answers (Platt 1999), and the
    threshold that refuses the share `null` of the questions without an answer."""
    right = _weights(reads, [float(read.overlap >= 0.5) for read in reads])
    there = _weights(reads, [float(bool(read.example.golds)) for read in reads])
    without = sorted(_probability(read, there) for read in reads if not read.example.golds)
    threshold = without[int(null * len(without))] if without else 0.5
    return Labels(right, there, threshold)


def _weights(reads: Sequence[Read], wanted: Sequence[float]) -> tuple[float, ...]:
    """Weights of the features whose logistic function comes closest to what is wanted."""
    inputs = torch.tensor([features(read.scanned.case, read.scanned.found) for read in reads])
    targets = torch.tensor(wanted)
    weights = torch.zeros(len(FEATURES), requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimiser.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(inputs @ weights, targets)
        # A little decay: the held-out questions are few.
        loss = loss + 1e-3 * weights.square().sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    return tuple(round(value, 4) for value in weights.tolist())


def _probability(read: Read, weights: tuple[float, ...]) -> float:
    return probability(features(read.scanned.case, read.scanned.found), weights)
