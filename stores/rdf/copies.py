"""A graph as an rdflib graph in memory, for tools that are written on rdflib."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgkit.errors import ReadError
from kgkit.facts import Fact
from kgkit.schema import Schema
from stores.rdf.files import describe_facts
from stores.rdf.formats import format_of, parse_file
from stores.rdf.names import PREFIXES
from stores.rdf.schemas import schema_to_rdf
from stores.rdf.store import RdfGraph

if TYPE_CHECKING:
    import pyoxigraph as ox
    import rdflib

__all__ = ["about_things", "read_turtle", "to_rdflib", "triples_of"]

_RECORDS = tuple(PREFIXES[name] for name in ("fact", "doc", "chunk", "mention", "run"))
_TERMS = PREFIXES["kg"]


def triples_of(graph: RdfGraph | Iterable[Fact]) -> list[ox.Triple]:
    """Return the triples of a graph, of all its graphs together, or of facts, in order."""
    if isinstance(graph, RdfGraph):
        return sorted({quad.triple for quad in graph.quads()}, key=str)
    return sorted(describe_facts(graph), key=str)


def about_things(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Yield the triples on things and classes: those on facts, texts and evidence are left out."""
    from pyoxigraph import Triple

    for triple in triples:
        about = triple.subject
        is_record = isinstance(about, Triple) or str(about)[1:].startswith(_RECORDS)
        is_ours = triple.predicate.value.startswith(_TERMS) or str(triple.object)[1:].startswith(
            _TERMS
        )
        if not is_record and not is_ours and not isinstance(triple.object, Triple):
            yield triple


def to_rdflib(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    """Return a graph of rdflib in memory with these triples, which hold no triple terms."""
    import rdflib

    graph = rdflib.Graph()
    for subject, predicate, value in triples:
        graph.add((_term(subject), _term(predicate), _term(value)))
    return graph


def read_turtle(source: str | Path | Schema) -> list[ox.Triple]:
    """Return the triples of Turtle text, of a file of RDF, or of a schema.

    Raises `ReadError` naming the line that is broken.
    """
    from pyoxigraph import RdfFormat, parse

    if isinstance(source, Path):
        return [quad.triple for quad in parse_file(source, format_of(source))]
    text = schema_to_rdf(source) if isinstance(source, Schema) else source
    try:
        return [quad.triple for quad in parse(text, format=RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise ReadError(f"the Turtle text is broken: {error.msg}; mend it there.") from error


def _term(term: Any) -> Any:
    import pyoxigraph as ox
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype.value == f"{PREFIXES['xsd']}string":
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
