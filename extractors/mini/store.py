"""Adapters on disk: half-precision safetensors and the names of what the heads say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from extractors.mini.network import Inventory
from kgkit.errors import ModelError

__all__ = ["FOLDER", "load_adapter", "save_adapter"]

#: Where the parser's adapter lies in the package.
FOLDER = Path(__file__).parent / "adapters" / "parser"
_ENCODER, _HEADS, _LABELS = "encoder.safetensors", "heads.safetensors", "labels.json"


def save_adapter(folder: Path, tensors: Mapping[str, Tensor], labels: Inventory) -> None:
    """Write the trained tensors in half precision, those of the encoder and the heads apart."""
    folder.mkdir(parents=True, exist_ok=True)
    half = {name: tensor.detach().half().contiguous() for name, tensor in tensors.items()}
    parts: dict[str, dict[str, Tensor]] = {_ENCODER: {}, _HEADS: {}}
    for name, tensor in sorted(half.items()):
        parts[_ENCODER if name.startswith(("bert.", "casing.")) else _HEADS][name] = tensor
    for file, part in parts.items():
        save_file(part, folder / file)
    text = json.dumps(asdict(labels), indent=1, ensure_ascii=False) + "\n"
    (folder / _LABELS).write_text(text, encoding="utf-8")


def load_adapter(folder: Path = FOLDER) -> tuple[dict[str, Tensor], Inventory]:
    """Return the trained tensors by name, [outputs, inputs] or [outputs] each, in single
    precision, and the labels.

    Raises `ModelError` when a file is missing or damaged.
    """
    try:
        tensors = load_file(folder / _ENCODER) | load_file(folder / _HEADS)
        labels = json.loads((folder / _LABELS).read_text(encoding="utf-8"))
    except (OSError, SafetensorError, ValueError) as error:
        raise ModelError(
            f"cannot read the parser's adapter in {folder} ({error}): reinstall kgkit"
        ) from error
    inventory = Inventory(**{name: tuple(values) for name, values in labels.items()})
    return {name: tensor.to(torch.float32) for name, tensor in tensors.items()}, inventory
