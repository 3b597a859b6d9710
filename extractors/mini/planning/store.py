"""The planning head on disk: half-precision safetensors and how its scores are read."""

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

__all__ = ["FOLDER", "RANK", "Settings", "load_planning", "save_planning"]

#: Where the adapter lies in the package.
FOLDER = Path(__file__).parent.parent / "adapters" / "planning"
#: Rank of the updates of the encoder.
RANK = 32
_TENSORS, _LABELS = "planning.safetensors", "labels.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """The sets of operators that were learnt from, each with its log share, for decompositions in
    few steps (`coarse`) and in many (`fine`); `weight` is what the shares count."""

    coarse: tuple[tuple[tuple[str, ...], float], ...]
    fine: tuple[tuple[tuple[str, ...], float], ...]
    weight: float = 0.0


def save_planning(folder: Path, tensors: Mapping[str, Tensor], settings: Settings) -> None:
    """Write the trained tensors in half precision, and the settings."""
    folder.mkdir(parents=True, exist_ok=True)
    half = {name: tensor.detach().half().contiguous() for name, tensor in sorted(tensors.items())}
    save_file(half, folder / _TENSORS)
    text = json.dumps(asdict(settings)) + "\n"
    (folder / _LABELS).write_text(text, encoding="utf-8")


def load_planning(folder: Path = FOLDER) -> tuple[dict[str, Tensor], Settings]:
    """Return the trained tensors by name, [outputs, inputs] or [outputs] each, in single
    precision, and the settings.

    Raises `ModelError` when a file is missing or damaged.
    """
    try:
        tensors = load_file(folder / _TENSORS)
        labels = json.loads((folder / _LABELS).read_text(encoding="utf-8"))
        settings = Settings(_sets(labels["coarse"]), _sets(labels["fine"]), labels["weight"])
    except (OSError, SafetensorError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"cannot read the planning head in {folder} ({error}): reinstall kgkit"
        ) from error
    return {name: tensor.to(torch.float32) for name, tensor in tensors.items()}, settings


def _sets(read: list[tuple[list[str], float]]) -> tuple[tuple[tuple[str, ...], float], ...]:
    return tuple((tuple(names), float(share)) for names, share in read)
