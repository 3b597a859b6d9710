"""Vectors of texts: by the bundled encoder or any other, kept on disk by what they were made of.

The kept file's name is a hash of the encoder's name and of all texts: other texts or another
encoder never meet the wrong vectors, and deleting the folder costs time only.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from kgkit.ids import content_id

__all__ = ["TextEncoder", "reduced", "text_vectors"]


class TextEncoder(Protocol):
    """What makes vectors of texts; `name` tells one from another."""

    name: str

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a unit vector [n, d] of each text."""


def text_vectors(
    texts: Sequence[str], *, encoder: TextEncoder | None = None, cache: Path | None = None
) -> Tensor:
    """Return the vectors [n, d] of texts, read from the folder `cache` where they are kept there.

    Without an `encoder` the bundled one is loaded. Equal texts are encoded once.
    """
    if encoder is None:
        from kgkit.models.encoder import load_encoder

        encoder = load_encoder()
    if cache is None:
        return _encoded(encoder, texts)
    from safetensors.torch import load_file, save_file

    kept = cache / f"{content_id('text-vectors', encoder.name, list(texts))}.safetensors"
    if kept.exists():
        return load_file(kept)["vectors"]
    vectors = _encoded(encoder, texts)
    cache.mkdir(parents=True, exist_ok=True)
    half = kept.with_suffix(".part")
    save_file({"vectors": vectors}, half)
    half.replace(kept)  # whole or not at all, also when two processes write it
    return vectors


def reduced(vectors: Tensor, dimensions: int) -> Tensor:
    """Return the vectors [n, d] in their `dimensions` principal directions [n, z], unit length.

    The signs and order of directions do not matter to what is near (PCA, Pearson 1901).
    """
    centred = vectors.double() - vectors.double().mean(0)
    _, directions = torch.linalg.eigh(centred.T @ centred)
    kept = centred @ directions[:, -min(dimensions, vectors.shape[1]) :]
    return torch.nn.functional.normalize(kept, dim=1).float()


def _encoded(encoder: TextEncoder, texts: Sequence[str]) -> Tensor:
    distinct = dict.fromkeys(texts)
    numbers = {text: number for number, text in enumerate(distinct)}
    rows = torch.from_numpy(np.ascontiguousarray(encoder.encode(list(distinct))))
    return rows[[numbers[text] for text in texts]]
