"""Exporting a graph into a file of a format that is given by name, through `kgkit.exporters`.

A package adds a format by an entry point of that group, named as it is chosen, that loads an
`Exporter`. Built-ins are listed in the same way.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

from kgkit.errors import InputError

if TYPE_CHECKING:
    from stores.ledger import Ledger

__all__ = ["GROUP", "Exporter", "export", "formats"]

#: A function (ledger, path) that writes the live records of a ledger to a file.
Exporter = Callable[["Ledger", Path], None]

#: The entry-point group of exporters.
GROUP = "kgkit.exporters"

#: What a suffix means that is no name of a format.
_SUFFIXES = {"ttl": "turtle", "nt": "ntriples", "nq": "nquads", "rdf": "rdfxml", "owl": "rdfxml"}


def formats() -> tuple[str, ...]:
    """Return the names of all formats that can be exported to."""
    return tuple(sorted({point.name for point in entry_points(group=GROUP)}))


def export(ledger: Ledger, path: str | Path, format: str | None = None) -> None:
    """Write the live records to a file; the same records give the same bytes.

    Without `format` the suffix of the path says it: "jsonl" has every record, "csv" one row a
    fact, "graphml" and "json" (node-link) the asserted facts as a graph, and the formats of RDF
    ("turtle", "trig", "ntriples", "nquads", "rdfxml", "jsonld") the facts with their evidence.
    Raises `InputError` for a format that nobody offers.
    """
    suffix = Path(path).suffix.removeprefix(".").lower()
    name = format or _SUFFIXES.get(suffix, suffix)
    known = {point.name: point for point in entry_points(group=GROUP)}
    if name not in known:
        raise InputError(f"no export format is named {name!r}: give one of {', '.join(formats())}")
    exporter: Exporter = known[name].load()
    exporter(ledger, Path(path))
