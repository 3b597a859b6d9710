"""The matcher on disk, and ready to use: loaded once a process."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from threading import Lock

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from extractors.mini.relations.guided import GuidedReader
from extractors.mini.relations.matcher import Matcher
from kgkit.errors import ModelError

__all__ = ["FOLDER", "load_matcher", "save_matcher"]

#: Where the matcher lies in the package.
FOLDER = Path(__file__).parent.parent / "adapters" / "matcher"
_TENSORS, _LABELS = "matcher.safetensors", "labels.json"
_LOADING = Lock()


def save_matcher(folder: Path, matcher: Matcher, threshold: float) -> None:
    """Write a matcher in half precision, and the least score of what it says."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {
        name: tensor.detach().half().contiguous()
        for name, tensor in sorted(matcher.state_dict().items())
    }
    save_file(tensors, folder / _TENSORS)
    labels = json.dumps({"threshold": threshold}) + "\n"
    (folder / _LABELS).write_text(labels, encoding="utf-8")


def load_matcher(folder: Path = FOLDER) -> GuidedReader:
    """Return the matcher that lies in `folder`.

    Raises `ModelError` when a file is missing, damaged or does not fit.
    """
    with _LOADING:
        return _load(folder)


@cache
def _load(folder: Path) -> GuidedReader:
    try:
        tensors = load_file(folder / _TENSORS)
        threshold = float(json.loads((folder / _LABELS).read_text(encoding="utf-8"))["threshold"])
    except (OSError, SafetensorError, ValueError, KeyError) as error:
        raise ModelError(
            f"cannot read the matcher in {folder} ({error}): reinstall kgkit"
        ) from error
    with torch.device("meta"):
        matcher = Matcher()
    single = {name: tensor.to(torch.float32) for name, tensor in tensors.items()}
    try:
        matcher.load_state_dict(single, assign=True)
    except RuntimeError as error:
        raise ModelError(f"the matcher in {folder} does not fit: {error}") from error
    return GuidedReader(matcher.requires_grad_(False).eval(), threshold)
