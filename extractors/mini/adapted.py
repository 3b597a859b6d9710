"""A network on the bundled encoder, with its trained adapter folded in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from extractors.mini.lora import RANK, adapt, merge
from kgkit.errors import ModelError
from kgkit.models.bert import Bert
from kgkit.models.encoder import load_encoder

__all__ = ["adapted"]

_Network = TypeVar("_Network", bound=nn.Module)


def adapted(
    make: Callable[[Bert], _Network], tensors: Mapping[str, Tensor], name: str, *, rank: int = RANK
) -> tuple[_Network, Tokenizer]:
    """Return the network that `make` builds on an encoder (its `bert`), ready to read, and the
    encoder's tokenizer.

    `tensors` are what was trained, [outputs, inputs] or [outputs] each; `name` says in errors
    what they are of. Raises `ModelError` when the encoder is missing or the tensors do not fit.
    """
    encoder = load_encoder()
    with torch.device("meta"):
        bert = Bert()
        network = make(bert)
        # The encoder's tensors are shared, not copied: what the adapter changes is replaced.
        bert.load_state_dict(encoder.bert.state_dict(), assign=True)
        bert.requires_grad_(False)
        adapt(bert, rank=rank)
    try:
        missing = network.load_state_dict(tensors, strict=False, assign=True)
    except RuntimeError as error:
        raise ModelError(f"{name} does not fit: {error}") from error
    trained = {part for part, p in network.named_parameters() if p.requires_grad}
    lacking = sorted(trained.intersection(missing.missing_keys)) + missing.unexpected_keys
    if lacking:
        raise ModelError(f"{name} does not fit: {lacking[0]} is missing or unknown")
    merge(bert)
    return network.requires_grad_(False).eval(), encoder.tokenizer
