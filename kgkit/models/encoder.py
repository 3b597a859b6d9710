"""The bundled sentence encoder: texts and spans of texts to unit vectors, offline."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from tokenizers import Tokenizer

from kgkit.errors import ModelError
from kgkit.models.bert import MAX_PIECES, WIDTH, Bert, pack
from kgkit.models.passes import passes
from kgkit.models.weights import SHA256, bundled_folder, verified

if TYPE_CHECKING:
    from tokenizers import Encoding

__all__ = ["Encoder", "load_encoder"]

#: Pieces of one forward pass: enough to fill the cores, little enough to stay in their caches.
_BATCH_PIECES = 2048
_BODY = MAX_PIECES - 2


class Encoder:
    """all-MiniLM-L6-v2 (Reimers and Gurevych 2019), 384 numbers a text.

    Determinism: the same call gives the same bytes on one machine. Texts are sorted by length and
    packed into passes of at most 2,048 pieces, so a text's vector depends on its batch mates only
    through the rounding of matrix products (below 1e-6): group by document what has to be
    reproducible by document, and round before comparing with thresholds.
    """

    name: str = f"all-MiniLM-L6-v2@{SHA256[:8]}"
    dim: int = WIDTH

    def __init__(self, bert: Bert, tokenizer: Tokenizer) -> None:
        self.bert = bert
        self.tokenizer = tokenizer

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return [n, 384] unit rows: the mean over each text's pieces, as the model was trained.

        A text of more than 512 pieces is read in equal windows and counts all of its pieces.
        """
        windows = [_windows(encoding) for encoding in self._tokenise(texts)]
        flat = [(row, window.ids) for row, found in enumerate(windows) for window in found]
        sums = np.zeros((len(texts), WIDTH), dtype=np.float32)
        order = sorted(range(len(flat)), key=lambda i: (len(flat[i][1]), i))
        for batch in passes(order, [len(ids) for _, ids in flat], _BATCH_PIECES):
            states = self._states([flat[i][1] for i in batch])
            for i, rows in zip(batch, states, strict=True):
                sums[flat[i][0]] += rows.sum(axis=0)
        return _unit(sums)

    def encode_spans(
        self, text: str, spans: Sequence[tuple[int, int]]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return the unit vector [384] of the text and those [n, 384] of its character spans.

        One pass over the text, then the mean over the pieces that overlap each [start, end)
        ("late pooling", Günther et al. 2024); a span without a piece gets the text's vector.
        """
        windows = _windows(self._tokenise([text])[0])
        offsets = np.array([offset for window in windows for offset in window.offsets])
        states: list[NDArray[np.float32]] = []
        for batch in passes(
            list(range(len(windows))), [len(window.ids) for window in windows], _BATCH_PIECES
        ):
            states += self._states([windows[i].ids for i in batch])
        joined = np.concatenate(states)
        whole = joined.sum(axis=0, keepdims=True)
        starts, ends = offsets[:, 0], offsets[:, 1]
        real = ends > starts
        rows = np.empty((len(spans), WIDTH), dtype=np.float32)
        for row, (start, end) in enumerate(spans):
            inside = real & (starts < end) & (ends > start)
            rows[row] = joined[inside].sum(axis=0) if inside.any() else whole[0]
        return _unit(whole)[0], _unit(rows)

    def _tokenise(self, texts: Sequence[str]) -> list[Encoding]:
        return self.tokenizer.encode_batch(list(texts), add_special_tokens=False)

    def _states(self, sequences: Sequence[Sequence[int]]) -> list[NDArray[np.float32]]:
        with torch.inference_mode():
            states = self.bert(pack(sequences)).numpy()
        cuts = np.cumsum([len(sequence) for sequence in sequences])[:-1]
        return list(np.split(states, cuts))


@cache
def load_encoder(spec: str = "mini") -> Encoder:
    """Return the encoder named by `spec`, loaded once a process; "mini" is the bundled one.

    Raises `ModelError` when there is none of that name, or its weights are missing or damaged.
    """
    if spec != "mini":
        raise ModelError(f'no encoder "{spec}": expected "mini", the bundled one')
    folder = bundled_folder()
    tensors = load_file(verified(folder))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Encoder(Bert.of(tensors), tokenizer)


class _Window:
    """Pieces of a text with [CLS] and [SEP] around them; those two have empty offsets."""

    __slots__ = ("ids", "offsets")

    def __init__(self, ids: list[int], offsets: list[tuple[int, int]]) -> None:
        self.ids = [_CLS, *ids, _SEP]
        self.offsets = [(0, 0), *offsets, (0, 0)]


_CLS, _SEP = 101, 102


def _windows(encoding: Encoding) -> list[_Window]:
    ids, offsets = encoding.ids, encoding.offsets
    count = max(1, -(-len(ids) // _BODY))
    cuts = [len(ids) * i // count for i in range(count + 1)]
    return [_Window(ids[begin:end], offsets[begin:end]) for begin, end in pairwise(cuts)]


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: NDArray[np.float32] = rows / np.maximum(norms, np.float32(1e-12))
    return unit
