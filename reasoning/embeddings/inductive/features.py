"""Features of entity texts: means over the pieces, at several depths of the bundled encoder.

Depth 0 is the bag of words, the mean of the encoder's word vectors without any context; depth 6
is its last layer. Middle layers keep more of the words, the last one more of the meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import torch
from torch import Tensor

from kgkit.ids import content_id
from kgkit.models.bert import LAYERS, Bert, Packed, pack
from kgkit.models.encoder import Encoder, load_encoder
from kgkit.models.passes import passes

__all__ = ["DEPTHS", "MOST_PIECES", "text_features"]

#: Which depths are read: the bag of words, two middle layers and the last.
DEPTHS = (0, 2, 4, LAYERS)
#: How many pieces of a text are read; descriptions say the main thing first.
MOST_PIECES = 48

_BATCH_PIECES = 2048


def text_features(
    texts: Sequence[str],
    *,
    encoder: Encoder | None = None,
    cache: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Tensor:
    """Return the features [n, 4, 384] of texts, one [384] for each of `DEPTHS`.

    Only the first `MOST_PIECES` pieces are read. They are kept as float16 in the folder `cache`
    under a hash of texts and encoder, and rounded so in any case: the same numbers either way.
    """
    encoder = encoder or load_encoder()
    if cache is None:
        return _features(encoder, texts, progress).float()
    from safetensors.torch import load_file, save_file

    key = content_id("text-features", encoder.name, f"{DEPTHS} {MOST_PIECES}", list(texts))
    kept = cache / f"{key}.safetensors"
    if not kept.exists():
        found = _features(encoder, texts, progress)
        cache.mkdir(parents=True, exist_ok=True)
        half = kept.with_suffix(".part")
        save_file({"features": found}, half)
        half.replace(kept)
    return load_file(kept)["features"].float()


def _features(
    encoder: Encoder, texts: Sequence[str], progress: Callable[[int, int], None] | None
) -> Tensor:
    encoded = encoder.tokenizer.encode_batch(list(texts), add_special_tokens=False)
    pieces = [[101, *one.ids[: MOST_PIECES - 2], 102] for one in encoded]
    found = torch.empty(len(texts), len(DEPTHS), encoder.dim, dtype=torch.float16)
    order = sorted(range(len(pieces)), key=lambda i: (len(pieces[i]), i))
    done = 0
    for batch in passes(order, [len(one) for one in pieces], _BATCH_PIECES):
        chosen = [pieces[i] for i in batch]
        found[batch] = _means(encoder.bert, pack(chosen), [len(one) for one in chosen]).half()
        done += len(batch)
        if progress is not None:
            progress(done, len(pieces))
    return found


@torch.inference_mode()
def _means(bert: Bert, packed: Packed, lengths: Sequence[int]) -> Tensor:
    """Return [n, depths, 384]: means over each text's pieces; word vectors without the marks."""
    owner = torch.repeat_interleave(torch.tensor(lengths))
    words = bert.words(packed.pieces)
    real = (packed.pieces != 101) & (packed.pieces != 102)
    means = [_mean(words[real], owner[real], len(lengths))]
    states = bert.norm(words + bert.places(packed.positions))
    for depth, layer in enumerate(bert.layers, 1):
        states = layer(states, packed)
        if depth in DEPTHS:
            means.append(_mean(states, owner, len(lengths)))
    return torch.stack(means, 1)


def _mean(states: Tensor, owner: Tensor, count: int) -> Tensor:
    sums = states.new_zeros(count, states.shape[1]).index_add_(0, owner, states)
    return sums / torch.bincount(owner, minlength=count).clamp(min=1)[:, None]
