"""Vectors by id: kept in files, searched by cosine, made from the ledger's chunks."""

from __future__ import annotations

from stores.vectors.index import VectorIndex
from stores.vectors.projection import VectorProjection

__all__ = ["VectorIndex", "VectorProjection"]
