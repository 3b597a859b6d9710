"""The reader on disk: half-precision safetensors and how scores become probabilities."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from kgkit.errors import ModelError

__all__ = ["FOLDER", "RANK", "Labels", "load_reading", "save_reading"]

#: Where the reader's adapter lies in the package.
FOLDER = Path(__file__).parent.parent / "adapters" / "reading"
#: Rank of the updates of the encoder.
RANK = 32
_TENSORS, _LABELS = "reader.safetensors", "labels.json"


@dataclass(frozen=True, slots=True)
class Labels:
    """Weights of what bears on an answer (`extractors.mini.reading.trust`): `right` on the
    probability that it is right, `there` on that of the text answering at all. From `threshold`
    of the latter on it is given."""

    right: tuple[float, ...] = (1.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    there: tuple[float, ...] = (1.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    threshold: float = 0.5


def save_reading(folder: Path, tensors: Mapping[str, Tensor], labels: Labels) -> None:
    """Write the trained tensors in half precision, and the labels."""
    folder.mkdir(parents=True, exist_ok=True)
    half = {name: tensor.detach().half().contiguous() for name, tensor in sorted(tensors.items())}
    save_file(half, folder / _TENSORS)
    text = json.dumps(asdict(labels), indent=1) + "\n"
    (folder / _LABELS).write_text(text, encoding="utf-8")


def load_reading(folder: Path = FOLDER) -> tuple[dict[str, Tensor], Labels]:
    """Return the trained tensors by name, [outputs, inputs] or [outputs] each, in single precision,
    and the labels.

    Raises `ModelError` when a file is missing or damaged.
    """
    try:
        tensors = load_file(folder / _TENSORS)
        labels = json.loads((folder / _LABELS).read_text(encoding="utf-8"))
    except (OSError, SafetensorError, ValueError) as error:
        raise ModelError(
            f"cannot read the reader in {folder} ({error}): reinstall kgkit"
        ) from error
    made = Labels(tuple(labels["right"]), tuple(labels["there"]), labels["threshold"])
    return {name: tensor.to(torch.float32) for name, tensor in tensors.items()}, made
