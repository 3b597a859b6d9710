"""Whether a graph is as its shapes ask (SHACL), and where it is not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgkit.errors import InputError, MissingExtra
from kgkit.facts import Fact
from kgkit.schema import Schema
from stores.rdf.classic import classic
from stores.rdf.copies import read_turtle, to_rdflib, triples_of
from stores.rdf.names import PREFIXES, shorten
from stores.rdf.store import RdfGraph

if TYPE_CHECKING:
    import pyoxigraph as ox
    import rdflib

__all__ = ["Validation", "Violation", "validate"]

_SH = PREFIXES["sh"]


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """Where a graph is not as a shape asks: the name of the node, the path that is looked at,
    what is wrong, the value that is, and how grave it is (Violation, Warning, Info)."""

    focus: str
    path: str
    message: str
    value: str = ""
    severity: str = "Violation"

    def __str__(self) -> str:
        value = f" ({self.value})" if self.value else ""
        return f"{self.severity}: {self.focus}, {self.path or 'as a whole'}{value}: {self.message}"


@dataclass(frozen=True, slots=True)
class Validation:
    """Whether a graph conforms to its shapes, and every result, in order."""

    conforms: bool
    results: tuple[Violation, ...]

    def __str__(self) -> str:
        head = "the graph conforms" if self.conforms else "the graph does not conform"
        return "\n".join([head, *(f"  {result}" for result in self.results)])


def validate(graph: RdfGraph | Iterable[Fact], shapes: str | Path | Schema) -> Validation:
    """Return whether a graph, copied to memory, is as SHACL shapes ask.

    `shapes` are Turtle text, a file of RDF, or a schema. Facts can be asked about as well: they
    are `rdf:Statement` nodes in the copy. Raises `ReadError` for broken shapes, `InputError` for
    shapes that mean nothing, and `MissingExtra` without pyshacl.
    """
    try:
        import pyshacl
    except ImportError as error:
        raise MissingExtra('pyshacl is not installed: pip install "kgkit[owl]"') from error
    asked = to_rdflib(read_turtle(shapes))
    data = to_rdflib(_plain(triples_of(graph)))
    try:
        conforms, report, text = pyshacl.validate(data, shacl_graph=asked)
    except pyshacl.errors.ReportableRuntimeError as error:
        raise InputError(f"the shapes cannot be used: {error.message}.") from error
    if not hasattr(report, "subjects"):
        raise InputError(f"the shapes cannot be used: {' '.join(str(text).split())}.")
    results = {_violation(report, result, data) for result in report.objects(None, _sh("result"))}
    return Validation(bool(conforms), tuple(sorted(results)))


def _plain(triples: Iterable[ox.Triple]) -> Iterable[ox.Triple]:
    from pyoxigraph import Quad

    return (quad.triple for quad in classic(Quad(*triple) for triple in triples))


def _violation(report: rdflib.Graph, result: Any, data: rdflib.Graph) -> Violation:
    def shown(name: str) -> str:
        term = report.value(result, _sh(name))
        return "" if term is None else _name(term, data)

    message = "; ".join(sorted(str(m) for m in report.objects(result, _sh("resultMessage"))))
    severity = str(report.value(result, _sh("resultSeverity"))).removeprefix(_SH)
    return Violation(shown("focusNode"), shown("resultPath"), message, shown("value"), severity)


def _name(term: Any, data: rdflib.Graph) -> str:
    import rdflib

    if isinstance(term, rdflib.Literal):
        return str(term)
    label = data.value(term, rdflib.RDFS.label)
    if label is not None:
        return str(label)
    return shorten(str(term)) if isinstance(term, rdflib.URIRef) else "a blank node"


def _sh(name: str) -> rdflib.URIRef:
    import rdflib

    return rdflib.URIRef(_SH + name)
