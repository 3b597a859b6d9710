"""Sentences as the matcher gets them: their pieces, and what the parser takes for names."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from extractors.mini.network import Inventory, Network
from extractors.mini.pieces import lay_out, rows
from extractors.mini.relations.guided import Asking
from extractors.mini.relations.matcher_layout import marks_of
from extractors.mini.spans import decode
from kgkit.models.encoder import load_encoder
from kgkit.models.passes import passes

__all__ = ["askings"]

_PASS = 4096


def askings(
    network: Network, labels: Inventory, sentences: Sequence[tuple[str, Sequence[tuple[int, int]]]]
) -> list[Asking]:
    """Return sentences, given as text and words, with the names that the parser finds in each
    when it reads it alone."""
    tokenizer = load_encoder().tokenizer
    made = [rows(tokenizer, text, [cut])[0] for text, cut in sentences]
    found: list[tuple[int, ...]] = [(0,) * len(cut) for _, cut in sentences]
    lengths = [row.length for row in made]
    order = sorted((i for i in range(len(made)) if lengths[i]), key=lambda i: (lengths[i], i))
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for batch in passes(order, lengths, _PASS):
            layout = lay_out([[made[i]] for i in batch])
            scores = network.spans(network(layout))[0].float().numpy()
            for i, spans in zip(batch, decode(scores, layout.sizes), strict=True):
                found[i] = marks_of(
                    len(made[i].pieces), [(a, b, labels.spans[kind]) for a, b, kind, _ in spans]
                )
    return [Asking(row, marks) for row, marks in zip(made, found, strict=True)]
