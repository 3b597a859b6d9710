"""RDF among the formats that a graph is exported to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stores.ledger import Ledger

__all__ = [
    "write_jsonld",
    "write_nquads",
    "write_ntriples",
    "write_rdfxml",
    "write_trig",
    "write_turtle",
]


def write_jsonld(ledger: Ledger, path: Path) -> None:
    """Write the facts with their evidence as JSON-LD."""
    _write(ledger, path, "jsonld")


def write_nquads(ledger: Ledger, path: Path) -> None:
    """Write the facts with their evidence as N-Quads."""
    _write(ledger, path, "nquads")


def write_ntriples(ledger: Ledger, path: Path) -> None:
    """Write the facts with their evidence as N-Triples."""
    _write(ledger, path, "ntriples")


def write_rdfxml(ledger: Ledger, path: Path) -> None:
    """Write the facts with their evidence as RDF/XML."""
    _write(ledger, path, "rdfxml")


def write_trig(ledger: Ledger, path: Path) -> None:
    """Write the facts with their evidence as TriG."""
    _write(ledger, path, "trig")


def write_turtle(ledger: Ledger, path: Path) -> None:
    """Write the facts with their evidence as Turtle."""
    _write(ledger, path, "turtle")


def _write(ledger: Ledger, path: Path, format: str) -> None:
    from stores.rdf import RdfGraph, export_rdf
    from stores.sync import follow

    with RdfGraph.open() as graph:
        follow(ledger, graph)
        export_rdf(graph, path, format)
