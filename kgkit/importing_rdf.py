"""RDF among the formats that are imported: the entry point `rdf` of `kgkit.importers`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kgkit.facts import Fact

__all__ = ["read_rdf"]


def read_rdf(path: Path, *, base: str | None = None) -> Iterator[Fact]:
    """Yield the facts of a file of RDF, whose suffix says how it is written.

    Relative IRIs need a `base`. Raises `ReadError`, naming file and line, for a broken file.
    """
    from stores.rdf import import_rdf

    yield from import_rdf(path, base=base)
