"""The built-in masked language model as a probe for harvesting."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import torch
from torch import Tensor

from extractors.harvest.probe.masked import MaskedProbe
from extractors.harvest.probe.memo import Memo
from extractors.harvest.probe.reading import Reader
from extractors.mini.masked.load import load_masked_network
from extractors.mini.masked.network import MaskedNetwork
from extractors.mini.masked.store import FOLDER
from kgkit.errors import InputError
from kgkit.models.bert import MAX_PIECES, Block, Packed
from kgkit.models.encoder import load_encoder

__all__ = ["open_mini"]

_NAME = "mini"
_TYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16}


def open_mini(
    *,
    device: str = "cpu",
    dtype: str = "float32",
    batch: int = 32,
    memory: int = 256,
    folder: Path = FOLDER,
) -> MaskedProbe:
    """Return the bundled masked language model as a probe named "mini".

    `dtype` is "float32" or "bfloat16", `batch` how many rows are read in a pass, `memory` how many
    megabytes of distributions are kept, `folder` where the adapter lies. Raises `InputError` for
    another type or a device that is not there, and `ModelError` when the encoder or the adapter is
    missing or damaged.
    """
    if dtype not in _TYPES:
        raise InputError(f"dtype={dtype!r} is unknown for 'mini'; expected float32 or bfloat16")
    if device.startswith("cuda") and not torch.cuda.is_available():
        raise InputError(f"device={device!r} is not there; choose 'cpu'")
    network = load_masked_network(folder)
    if device != "cpu" or dtype != "float32":
        # The loaded network is shared by the process; another place or type needs its own.
        network = deepcopy(network).to(device, _TYPES[dtype])

    def read(ids: Tensor, sequences: Tensor, places: Tensor) -> Tensor:
        return network.scores(_states(network, ids)[sequences * ids.shape[1] + places])

    reader = Reader(_NAME, read, memo=Memo(memory), device=device, batch=batch)
    return MaskedProbe(reader, load_encoder().tokenizer, mask="[MASK]", longest=MAX_PIECES)


def _states(network: MaskedNetwork, ids: Tensor) -> Tensor:
    """Return the states [n * length, 384] of rows `ids` [n, length] without padding."""
    count, length = ids.shape
    positions = torch.arange(length, device=ids.device).repeat(count)
    block = Block(0, count * length, count, length, None, None)
    return network.read(Packed(ids.flatten(), positions, (block,)))
