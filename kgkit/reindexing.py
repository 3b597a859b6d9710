"""Making the vectors of a graph again with another encoder, which the graph then remembers."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from kgkit.graph import open

if TYPE_CHECKING:
    from kgkit.models.encoder import Encoder

__all__ = ["reindex"]


def reindex(
    path: str | Path,
    encoder: str | Encoder,
    *,
    store: str | None = None,
    ledger: str | None = None,
) -> int:
    """Make the vectors of the graph in a folder again; return how many there are.

    The old vectors are erased. The ledger keeps the encoder's name, so that an encoder given by
    name is used from now on. `store` and `ledger` are as `open` takes them. Raises `ModelError`
    for an unknown name, before anything is changed, and `LockedError` while another process
    writes to the graph.
    """
    with open(path, encoder=encoder, store=store, ledger=ledger) as kg:
        _ = kg.projections.encoder  # an unknown name shows here
        if isinstance(encoder, str):
            kg.ledger.set_meta("encoder", encoder)
        shutil.rmtree(kg.path / "vectors", ignore_errors=True)
        return len(kg.projections.vectors.index)
