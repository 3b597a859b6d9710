"""Statements about triples in RDF 1.1: four triples of the reification vocabulary, both ways.

For formats and tools that know no triple terms (RDF/XML, JSON-LD, rdflib).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kgkit.errors import InputError
from stores.rdf.describe import node
from stores.rdf.literals import escaped

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["classic", "fit_xml"]

_PARTS = ("rdf:subject", "rdf:predicate", "rdf:object")


def classic(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the quads with each `rdf:reifies` a triple written as an `rdf:Statement`.

    Raises `InputError` for a triple inside a triple, which RDF 1.1 cannot say.
    """
    from pyoxigraph import Quad, Triple

    for quad in quads:
        subject, predicate, value, graph = quad
        if not isinstance(value, Triple):
            yield quad
            continue
        ends = list(value)
        if predicate != node("rdf:reifies") or any(isinstance(end, Triple) for end in ends):
            raise InputError(
                f"the format has no triple terms and cannot hold {quad}; write turtle or ntriples."
            )
        yield Quad(subject, node("rdf:type"), node("rdf:Statement"), graph)
        for name, end in zip(_PARTS, ends, strict=True):
            yield Quad(subject, node(name), end, graph)


def fit_xml(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the quads with text that XML would change or refuse escaped.

    Raises `InputError` where the text has a language, beside which there is no place to say so.
    """
    from pyoxigraph import Literal, Quad

    for quad in quads:
        subject, predicate, value, graph = quad
        if not isinstance(value, Literal) or not _is_foreign(value.value):
            yield quad
        elif value.language or not value.datatype.value.endswith("#string"):
            raise InputError(f"XML cannot hold the characters of {quad}; write turtle or ntriples.")
        else:
            yield Quad(subject, predicate, escaped(value.value), graph)


def _is_foreign(text: str) -> bool:
    """Whether XML 1.0 (section 2.2) has no place for a character, or reads it as another."""
    return not text.isprintable() and any(
        (ord(c) < 32 and c not in "\t\n") or c in "\ufffe\uffff" for c in text
    )
