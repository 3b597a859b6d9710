"""The masked language model's adapter on disk: half-precision safetensors and what it scored."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from kgkit.errors import ModelError

__all__ = ["FOLDER", "RANK", "load_masked", "save_masked"]

#: Where the adapter lies in the package.
FOLDER = Path(__file__).parent.parent / "adapters" / "masked"
#: Rank of the updates of the encoder.
RANK = 28
_TENSORS, _LABELS = "masked.safetensors", "labels.json"


def save_masked(folder: Path, tensors: Mapping[str, Tensor], labels: Mapping[str, float]) -> None:
    """Write the trained tensors in half precision, and the figures taken while training."""
    folder.mkdir(parents=True, exist_ok=True)
    half = {name: tensor.detach().half().contiguous() for name, tensor in sorted(tensors.items())}
    save_file(half, folder / _TENSORS)
    text = json.dumps(dict(labels), indent=1) + "\n"
    (folder / _LABELS).write_text(text, encoding="utf-8")


def load_masked(folder: Path = FOLDER) -> tuple[dict[str, Tensor], dict[str, float]]:
    """Return the trained tensors by name, [outputs, inputs] or [outputs] each, in single precision,
    and the figures taken while training.

    Raises `ModelError` when a file is missing or damaged.
    """
    try:
        tensors = load_file(folder / _TENSORS)
        labels = json.loads((folder / _LABELS).read_text(encoding="utf-8"))
    except (OSError, SafetensorError, ValueError) as error:
        raise ModelError(
            f"cannot read the masked language model in {folder} ({error}): reinstall kgkit"
        ) from error
    return {name: tensor.to(torch.float32) for name, tensor in tensors.items()}, labels
