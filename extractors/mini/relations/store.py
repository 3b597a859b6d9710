"""The relation head on disk: half-precision safetensors and the names of the relations."""

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

__all__ = ["FOLDER", "RANK", "Labels", "load_relations", "save_labels", "save_relations"]

#: Where the relation head's adapter lies in the package.
FOLDER = Path(__file__).parent.parent / "adapters" / "relations"
#: Rank of the updates of the encoder.
RANK = 32
_ENCODER, _HEAD, _LABELS = "encoder.safetensors", "head.safetensors", "labels.json"


@dataclass(frozen=True, slots=True)
class Labels:
    """The properties (Wikidata's numbers) and their names in the order of the head.

    `shift` is added to all margins; a margin is made a probability by the logistic function of
    `slope` * margin + `offset`.
    """

    properties: tuple[str, ...]
    names: tuple[str, ...]
    shift: float = 0.0
    slope: float = 1.0
    offset: float = 0.0


def save_relations(folder: Path, tensors: Mapping[str, Tensor], labels: Labels) -> None:
    """Write the trained tensors in half precision, those of the encoder and the head apart."""
    folder.mkdir(parents=True, exist_ok=True)
    parts: dict[str, dict[str, Tensor]] = {_ENCODER: {}, _HEAD: {}}
    for name, tensor in sorted(tensors.items()):
        part = _ENCODER if name.startswith(("bert.", "casing.", "marks.")) else _HEAD
        parts[part][name] = tensor.detach().half().contiguous()
    for file, part_tensors in parts.items():
        save_file(part_tensors, folder / file)
    save_labels(folder, labels)


def save_labels(folder: Path, labels: Labels) -> None:
    """Write the labels of an adapter whose tensors are there."""
    text = json.dumps(asdict(labels), indent=1, ensure_ascii=False) + "\n"
    (folder / _LABELS).write_text(text, encoding="utf-8")


def load_relations(folder: Path = FOLDER) -> tuple[dict[str, Tensor], Labels]:
    """Return the trained tensors by name, [outputs, inputs] or [outputs] each, in single precision,
    and the labels.

    Raises `ModelError` when a file is missing or damaged.
    """
    try:
        tensors = load_file(folder / _ENCODER) | load_file(folder / _HEAD)
        labels = json.loads((folder / _LABELS).read_text(encoding="utf-8"))
    except (OSError, SafetensorError, ValueError) as error:
        raise ModelError(
            f"cannot read the relation head in {folder} ({error}): reinstall kgkit"
        ) from error
    made = Labels(tuple(labels.pop("properties")), tuple(labels.pop("names")), **labels)
    return {name: tensor.to(torch.float32) for name, tensor in tensors.items()}, made
