"""A training set aside: one safetensors file with all that is needed to go on to the same bytes.

Numbers and names stand as JSON in the header of the file, so that it is written all or nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torch import Tensor

from kgkit.errors import InputError, ModelError

__all__ = ["FILE", "Checkpoint"]

#: The name of the file in the folder of a run.
FILE = "checkpoint.safetensors"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Tensors by name and what else there is to know, `facts`: plain JSON."""

    tensors: Mapping[str, Tensor]
    facts: Mapping[str, Any]

    def write(self, folder: Path) -> None:
        """Write the file into a folder, in place of the one before."""
        from safetensors.torch import save_file

        folder.mkdir(parents=True, exist_ok=True)
        whole = {name: tensor.detach().contiguous().cpu() for name, tensor in self.tensors.items()}
        fresh = folder / f"{FILE}.new"
        save_file(whole, fresh, metadata={"kgkit": json.dumps(self.facts, sort_keys=True)})
        fresh.replace(folder / FILE)

    @classmethod
    def read(cls, folder: Path, expected: Mapping[str, object]) -> Checkpoint | None:
        """Return the checkpoint of a folder, None where there is none.

        `expected` is what its facts must say: the graph, the preset, the seed. Raises `InputError`
        where they say something else and `ModelError` for a file that cannot be read.
        """
        from safetensors import SafetensorError

        path = folder / FILE
        if not path.exists():
            return None
        try:
            tensors, facts = _load(path)
        except (SafetensorError, OSError, KeyError, json.JSONDecodeError) as error:
            raise ModelError(f"{path} is damaged ({error}); remove it to begin anew") from error
        for name, value in expected.items():
            if facts.get(name) != value:
                raise InputError(
                    f"{path} is of a training with another {name} ({facts.get(name)!r}, not "
                    f"{value!r}); give the same one or another folder"
                )
        return cls(tensors, facts)


def _load(path: Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    from safetensors import safe_open

    with safe_open(path, framework="pt") as file:
        facts = json.loads(file.metadata()["kgkit"])
        return {name: file.get_tensor(name) for name in file.keys()}, facts  # noqa: SIM118
