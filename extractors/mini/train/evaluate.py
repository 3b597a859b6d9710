"""Scores on held-out parts during training, from gold words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from extractors.mini.network import Network, padded
from extractors.mini.spans import decode
from extractors.mini.train.batches import Batch, assemble, steps, whole
from extractors.mini.train.data import Example
from extractors.mini.train.losses import pronoun_scores
from extractors.mini.trees import best_tree

__all__ = ["evaluate"]


def evaluate(network: Network, held_out: Mapping[str, Sequence[Example]]) -> dict[str, float]:
    """Return percentages: upos, xpos, lemmas, uas, las, span_f1, pronoun_f1."""
    network.eval()
    totals = dict.fromkeys(("words", "upos", "xpos", "lemmas", "uas", "las"), 0)
    spans, pronouns = np.zeros(3), np.zeros(3)
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for step in steps(whole(held_out["trees"], 250), 4096):
            for key, value in _syntax(network, assemble(step)).items():
                totals[key] += value
        for step in steps(whole(held_out["spans"], 250), 4096):
            spans += _spans(network, assemble(step))
        for step in steps(whole(held_out["pronouns"], 480), 4096):
            pronouns += _pronouns(network, assemble(step))
    network.train()
    scores = {key: 100.0 * n / totals["words"] for key, n in totals.items() if key != "words"}
    return scores | {"span_f1": _f1(spans), "pronoun_f1": _f1(pronouns)}


def _f1(counts: NDArray[np.float64]) -> float:
    right, found, gold = map(float, counts)
    return 100.0 * 2.0 * right / max(1.0, found + gold)


def _syntax(network: Network, batch: Batch) -> dict[str, int]:
    words, sizes = network(batch.layout), batch.layout.sizes
    upos, xpos, lemmas = (scores.argmax(-1) for scores in network.tags(words))
    scores = network.arcs.arcs(padded(words, sizes)).float().numpy()
    heads = torch.tensor(
        [head for i, n in enumerate(sizes) for head in best_tree(scores[i, :n, : n + 1])]
    )
    starts = torch.repeat_interleave(torch.tensor([0, *sizes]).cumsum(0)[:-1], torch.tensor(sizes))
    governors = torch.where(heads[:, None] < 0, network.arcs.root, words[starts + heads.clamp(0)])
    deprels = network.arcs.labels(words, governors).argmax(-1)
    attached = heads == batch.heads
    return {
        "words": len(heads),
        "upos": int((upos == batch.upos).sum()),
        "xpos": int((xpos == batch.xpos).sum()),
        "lemmas": int((lemmas == batch.lemmas).sum()),
        "uas": int(attached.sum()),
        "las": int((attached & (deprels == batch.deprels)).sum()),
    }


def _spans(network: Network, batch: Batch) -> tuple[int, int, int]:
    (scores,) = network.spans(network(batch.layout))
    sizes = batch.layout.sizes
    found = decode(scores.float().numpy(), sizes)
    certain = 50.0 * torch.nn.functional.one_hot(batch.spans, scores.shape[1]).float()
    gold = decode(certain.numpy(), sizes)
    ours = {(i, *span[:3]) for i, spans in enumerate(found) for span in spans}
    theirs = {(i, *span[:3]) for i, spans in enumerate(gold) for span in spans}
    return len(ours & theirs), len(ours), len(theirs)


def _pronouns(network: Network, batch: Batch) -> tuple[int, int, int]:
    scores = pronoun_scores(network, batch, network(batch.layout))
    said = scores.argmax(-1)
    right = (said == batch.answers) & (said > 0)
    return int(right.sum()), int((said > 0).sum()), int((batch.answers > 0).sum())
