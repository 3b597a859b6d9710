"""Log-probabilities of tokens under a causal model, alike whatever else is in the batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from kgkit.errors import InputError, ModelError

if TYPE_CHECKING:
    import torch
    from numpy.typing import NDArray
    from transformers import PreTrainedModel

__all__ = ["log_probabilities", "next_log_probabilities"]

#: Tokens in one batch.
_TOKENS = 4096


def log_probabilities(
    model: PreTrainedModel, rows: Sequence[tuple[Sequence[int], Sequence[int]]]
) -> list[list[float]]:
    """Return, for each row of (context, continuation) ids, the natural log-probability of every
    token of the continuation given all before it.

    Raises `InputError` for an empty context or more tokens than the model reads, and
    `ModelError` for a model that gives no numbers.
    """
    import torch

    if not all(context for context, _ in rows):
        raise InputError("a row has no context; give at least the token that begins a text")
    whole = [[*context, *tail] for context, tail in rows]
    found: list[list[float]] = [[] for _ in rows]
    for places, logits in _batches(model, whole):
        for place, row in zip(places, logits, strict=True):
            start, tail = len(rows[place][0]), rows[place][1]
            wanted = row[start - 1 : start - 1 + len(tail)].log_softmax(-1)
            picked = wanted.gather(1, torch.tensor(list(tail), dtype=torch.long)[:, None])
            found[place] = [round(float(value), 6) for value in picked[:, 0]]
    if not all(np.isfinite(row).all() for row in found):
        raise ModelError("the model gives probabilities that are no numbers; check its weights")
    return found


def next_log_probabilities(
    model: PreTrainedModel, contexts: Sequence[Sequence[int]]
) -> NDArray[np.float32]:
    """Return the natural log-probability of every token to come next, `[n, vocabulary]`.

    Raises `InputError` and `ModelError` as `log_probabilities` does.
    """
    import torch

    found: list[torch.Tensor] = [torch.empty(0)] * len(contexts)
    for places, logits in _batches(model, contexts):
        for place, row in zip(places, logits, strict=True):
            found[place] = row[len(contexts[place]) - 1].log_softmax(-1)
    if not found:
        return np.zeros((0, 0), dtype=np.float32)
    stacked: NDArray[np.float32] = torch.stack(found).numpy()
    if not np.isfinite(stacked).all():
        raise ModelError("the model gives probabilities that are no numbers; check its weights")
    return stacked


def _batches(
    model: PreTrainedModel, rows: Sequence[Sequence[int]]
) -> Iterator[tuple[list[int], torch.Tensor]]:
    """Yield row numbers with their logits `[rows, width, vocabulary]`; rows of one batch are of
    one length, so that no row is padded."""
    import torch

    limit = getattr(model.config, "max_position_embeddings", None)
    order: dict[int, list[int]] = {}
    for place, row in enumerate(rows):
        if not row or (limit is not None and len(row) > limit):
            raise InputError(f"a row of {len(row)} tokens; the model reads 1 to {limit} of them")
        order.setdefault(len(row), []).append(place)
    was = model.training
    model.train(False)
    with torch.inference_mode():
        for width, places in sorted(order.items()):
            size = max(1, _TOKENS // width)
            for first in range(0, len(places), size):
                part = places[first : first + size]
                ids = torch.tensor([list(rows[place]) for place in part], device=model.device)
                yield part, model(input_ids=ids).logits.float().cpu()
    model.train(was)
