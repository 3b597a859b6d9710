"""Networks of transformers as functions from piece numbers to the logits that are wanted.

The body runs over the sequences, and only the states at the wanted places go through the head:
with 30,000 pieces and twelve places a row, the whole table would cost as much as the body.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

    from extractors.harvest.probe.base import Network

__all__ = ["encoder_decoder_network", "single_network"]

#: Attributes under which models of transformers keep the head of their masked or causal task.
_HEADS = ("cls", "lm_head", "embed_out", "generator", "predictions")


def single_network(model: Any) -> Network:
    """Return a masked or causal model of transformers as a `Network`.

    A model whose head is not found, or has another shape, is run whole.
    """
    body, head = getattr(model, "base_model", None), _head(model)
    if body is None or body is model or head is None or not _agrees(model, body, head):
        return _whole(model)

    def split(ids: Tensor, sequences: Tensor, places: Tensor) -> Tensor:
        states: Tensor = body(input_ids=ids)[0]
        logits: Tensor = head(states[sequences, places])
        return logits

    return split


def _whole(model: Any) -> Network:
    def whole(ids: Tensor, sequences: Tensor, places: Tensor) -> Tensor:
        logits: Tensor = model(input_ids=ids).logits
        return logits[sequences, places]

    return whole


def _head(model: Any) -> Any:
    if hasattr(model, "vocab_transform"):  # DistilBERT keeps its head in three parts
        return lambda states: model.vocab_projector(
            model.vocab_layer_norm(model.activation(model.vocab_transform(states)))
        )
    return next((getattr(model, name) for name in _HEADS if hasattr(model, name)), None)


def _agrees(model: Any, body: Any, head: Any) -> bool:
    """Whether body and head together give what the whole model gives, tried on three pieces."""
    import torch

    ids = torch.tensor([[3, 2, 1]], device=model.device)
    with torch.inference_mode():
        whole = model(input_ids=ids).logits
        try:
            parts = head(body(input_ids=ids)[0])
        except (TypeError, RuntimeError, AttributeError, IndexError, KeyError):
            return False
    if not isinstance(parts, torch.Tensor) or parts.shape != whole.shape:
        return False
    return bool(torch.allclose(parts.float(), whole.float(), rtol=1e-3, atol=1e-3, equal_nan=True))


def encoder_decoder_network(model: Any) -> Callable[..., Tensor]:
    """Return an encoder-decoder model of transformers as a network that is given contexts.

    It is called with `ids` [n, length], `sequences` [m], `places` [m] and `contexts` [n, wide],
    and gives logits [m, vocabulary]. Contexts that are equal are encoded once a pass.
    """

    def read(ids: Tensor, sequences: Tensor, places: Tensor, contexts: Tensor) -> Tensor:
        import torch

        distinct, inverse = torch.unique(contexts, dim=0, return_inverse=True)
        # Rows are read by fours at least, so that their neighbours cannot change them.
        filled = torch.cat([distinct, distinct[:1].expand(-len(distinct) % 4, -1)])
        states = model.get_encoder()(input_ids=filled)[0][inverse]
        logits: Tensor = model(encoder_outputs=(states,), decoder_input_ids=ids).logits
        return logits[sequences, places]

    return read
