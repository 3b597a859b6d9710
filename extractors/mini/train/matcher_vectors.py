"""Frozen word vectors of many sentences at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from extractors.mini.network import Network
from extractors.mini.pieces import Row, lay_out, rows
from kgkit.models.bert import MAX_PIECES
from kgkit.models.encoder import Encoder
from kgkit.models.passes import passes

__all__ = ["word_vectors"]

_PASS = 4096


def word_vectors(
    network: Network, encoder: Encoder, sentences: Sequence[tuple[str, Sequence[tuple[int, int]]]]
) -> list[NDArray[np.float16]]:
    """Return [words, 768] for each sentence, given as text and words: the parser's vectors beside
    the encoder's unit vectors. Sentences that do not fit the encoder get zeros."""
    made = [rows(encoder.tokenizer, text, [cut])[0] for text, cut in sentences]
    found = [np.zeros((len(cut), 768), dtype=np.float16) for _, cut in sentences]
    fit = [i for i, row in enumerate(made) if 0 < row.length <= MAX_PIECES - 2]
    lengths = [row.length for row in made]
    order = sorted(fit, key=lambda i: (lengths[i], i))
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for batch in passes(order, lengths, _PASS):
            for i, vectors in zip(
                batch, _pass(network, encoder, [made[i] for i in batch]), strict=True
            ):
                found[i] = vectors
    return found


def _pass(network: Network, encoder: Encoder, made: Sequence[Row]) -> Iterator[NDArray[np.float16]]:
    layout = lay_out([[row] for row in made])
    parsed = network(layout).float()
    states = encoder.bert(layout.packed).float()
    sums = torch.cat([torch.zeros(1, states.shape[1]), states.cumsum(0)])
    plain = torch.nn.functional.normalize(sums[layout.lasts + 1] - sums[layout.firsts], dim=1)
    both = torch.cat([parsed, plain], dim=1).half()
    for part in torch.split(both, list(layout.sizes)):
        yield part.numpy()
