"""The matcher on disk, and ready to use: loaded once a process."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from threading import Lock

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from extractors.mini.adapted import adapted
from extractors.mini.relations.guided import GuidedReader, Weights
from extractors.mini.relations.matcher import RANK, Matcher
from kgkit.errors import ModelError

__all__ = ["FOLDER", "load_matcher", "save_matcher"]

#: Where the matcher lies in the package.
FOLDER = Path(__file__).parent.parent / "adapters" / "matcher"
_ENCODER, _HEADS, _LABELS = "encoder.safetensors", "heads.safetensors", "labels.json"
_IN_ENCODER = ("bert.", "casing.", "marks.", "roles.")
_LOADING = Lock()


def save_matcher(folder: Path, tensors: Mapping[str, Tensor], weights: Weights) -> None:
    """Write the trained tensors in half precision, those of the encoder and the heads apart, and
    how matches are scored."""
    folder.mkdir(parents=True, exist_ok=True)
    parts: dict[str, dict[str, Tensor]] = {_ENCODER: {}, _HEADS: {}}
    for name, tensor in sorted(tensors.items()):
        part = _ENCODER if name.startswith(_IN_ENCODER) else _HEADS
        parts[part][name] = tensor.detach().half().contiguous()
    for file, own in parts.items():
        save_file(own, folder / file)
    text = json.dumps(asdict(weights), indent=1) + "\n"
    (folder / _LABELS).write_text(text, encoding="utf-8")


def load_matcher(folder: Path = FOLDER) -> GuidedReader:
    """Return the matcher that lies in `folder`.

    Raises `ModelError` when a file is missing, damaged or does not fit.
    """
    with _LOADING:
        return _load(folder)


@cache
def _load(folder: Path) -> GuidedReader:
    tensors, weights = _read(folder)
    name = f"the matcher in {folder}"
    matcher, tokenizer = adapted(Matcher, tensors, name, rank=RANK)
    return GuidedReader(matcher, tokenizer, weights)


def _read(folder: Path) -> tuple[dict[str, Tensor], Weights]:
    try:
        tensors = load_file(folder / _ENCODER) | load_file(folder / _HEADS)
        labels = json.loads((folder / _LABELS).read_text(encoding="utf-8"))
        weights = Weights(**{**labels, "slopes": tuple(labels["slopes"])})
    except (OSError, SafetensorError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"cannot read the matcher in {folder} ({error}): reinstall kgkit"
        ) from error
    return {name: tensor.to(torch.float32) for name, tensor in tensors.items()}, weights
