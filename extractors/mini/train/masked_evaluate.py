"""How well held-out sentences are filled in: loss of all masks, and names found at the first
guess."""

from __future__ import annotations

import random
from collections.abc import Sequence

import torch
from torch.nn import functional as F

from extractors.mini.masked.network import MaskedNetwork
from extractors.mini.train.masked_cases import MaskedCase, Passage, case_of
from extractors.mini.train.masked_start import masked_states

__all__ = ["held_out_cases", "masked_figures"]

_ROOM = 32
_BATCH = 32


def held_out_cases(passages: Sequence[Passage], count: int) -> list[MaskedCase]:
    """Return up to `count` masked sentences of fixed draws, sorted by length."""
    chance = random.Random("held out")
    found = [case_of(passage, _ROOM, chance) for passage in passages[:count]]
    return sorted((case for case in found if case is not None), key=lambda case: len(case.pieces))


def masked_figures(network: MaskedNetwork, cases: Sequence[MaskedCase]) -> dict[str, float]:
    """Return "loss" (nats a mask), "accuracy" and "names" (percent of all masks, and of those in
    names and numbers, whose piece is the first guess)."""
    loss, right, named_right, count, named_count = 0.0, 0, 0, 0, 0
    for begin in range(0, len(cases), _BATCH):
        batch = cases[begin : begin + _BATCH]
        with torch.inference_mode():
            states, targets = masked_states(network, batch)
            scores = network.scores(states)
            loss += float(F.cross_entropy(scores, targets, reduction="sum"))
            hits = scores.argmax(1) == targets
        named = torch.tensor([named for case in batch for named in case.named])
        right, count = right + int(hits.sum()), count + len(targets)
        named_right += int((hits & named).sum())
        named_count += int(named.sum())
    return {
        "loss": round(loss / max(1, count), 4),
        "accuracy": round(100 * right / max(1, count), 1),
        "names": round(100 * named_right / max(1, named_count), 1),
    }
