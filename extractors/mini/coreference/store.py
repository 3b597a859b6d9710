"""The ranker on disk: half-precision safetensors and its settings."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from functools import cache
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from extractors.mini.coreference.ranker import Ranker, Settings
from kgkit.errors import ModelError

__all__ = ["FOLDER", "load_ranker", "save_ranker"]

#: Where the ranker lies in the package.
FOLDER = Path(__file__).parent.parent / "adapters" / "coreference"
_WEIGHTS, _LABELS = "ranker.safetensors", "labels.json"


def save_ranker(folder: Path, ranker: Ranker, settings: Settings) -> None:
    """Write a ranker and its settings."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {
        field.name: np.atleast_1d(np.asarray(getattr(ranker, field.name), np.float16))
        for field in fields(Ranker)
    }
    save_file(tensors, folder / _WEIGHTS)
    text = json.dumps(asdict(settings), indent=1) + "\n"
    (folder / _LABELS).write_text(text, encoding="utf-8")


@cache
def load_ranker(folder: Path = FOLDER) -> tuple[Ranker, Settings]:
    """Return the ranker and its settings.

    Raises `ModelError` when a file is missing or damaged.
    """
    try:
        parts = load_file(folder / _WEIGHTS)
        labels = json.loads((folder / _LABELS).read_text(encoding="utf-8"))
    except (OSError, SafetensorError, ValueError) as error:
        raise ModelError(
            f"cannot read the ranking of antecedents in {folder} ({error}): reinstall kgkit"
        ) from error
    linear, hidden, bias, output = (
        parts[name].astype(np.float32) for name in ("linear", "hidden", "bias", "output")
    )
    ranker = Ranker(linear, hidden, bias, output, float(parts["null"][0]), float(parts["aside"][0]))
    return ranker, Settings(tuple(labels.pop("features")), **labels)
