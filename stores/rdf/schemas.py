"""Schemas as ontologies: OWL says what the terms are, SHACL what a fact must look like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kgkit.errors import ReadError, SchemaError
from kgkit.schema import Pattern, Schema
from stores.rdf.describe import node
from stores.rdf.foreign import class_name, relation_name
from stores.rdf.formats import format_of, serialized
from stores.rdf.literals import text_of
from stores.rdf.names import (
    BASE,
    PREFIXES,
    escape,
    relation_iri,
    relation_of,
    type_iri,
    type_of,
)
from stores.rdf.reading import Description, index

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["schema_from_rdf", "schema_to_rdf"]

_XSD = PREFIXES["xsd"]


def schema_to_rdf(schema: Schema) -> str:
    """Return a schema as Turtle: classes and properties in OWL, patterns as SHACL shapes.

    A shape asks that the tails of a relation of its class are of one of the tails in the schema.

    >>> "type:Film a owl:Class" in schema_to_rdf(Schema.parse("(Person)-[DIRECTED]->(Film)"))
    True
    """
    from pyoxigraph import Quad

    made = [*_terms(schema), *_shapes(schema)]
    return serialized((Quad(*triple) for triple in made), format_of(None, "turtle")).decode()


def schema_from_rdf(text: str) -> Schema:
    """Return the schema that Turtle text says, by its SHACL shapes, or else by the domains and
    ranges of its properties.

    Raises `ReadError` for broken Turtle, and `SchemaError` when it says nothing of the kind.
    """
    from pyoxigraph import RdfFormat, parse

    try:
        said = index(quad.triple for quad in parse(text, format=RdfFormat.TURTLE))
    except SyntaxError as error:
        raise ReadError(f"the Turtle text is broken: {error.msg}; mend it there.") from error
    found = sorted(_patterns_in_shapes(said), key=lambda pair: pair[0]) or [
        (0.0, pattern) for pattern in sorted(_patterns_in_domains(said), key=str)
    ]
    if not found:
        raise SchemaError("the text has no SHACL shape and no property with domain and range.")
    patterns = tuple(dict.fromkeys(pattern for _, pattern in found))
    names: set[str | None] = {*Schema(patterns).types, *Schema(patterns).relations}
    comments: dict[str, str] = {}
    for subject, description in said.items():
        own = [type_of(subject.value), relation_of(subject.value)]
        named = own if any(own) else [class_name(subject), relation_name(subject.value)]
        for comment in _all(description, "rdfs:comment"):
            comments.update((name, text_of(comment)) for name in named if name and name in names)
    return Schema(patterns, dict(sorted(comments.items())))


def _terms(schema: Schema) -> Iterator[ox.Triple]:
    from pyoxigraph import Literal, NamedNode, Triple

    for name in schema.types:
        subject = NamedNode(type_iri(name))
        yield Triple(subject, node("rdf:type"), node("owl:Class"))
        if name in schema.descriptions:
            yield Triple(subject, node("rdfs:comment"), Literal(schema.descriptions[name]))
    for name in schema.relations:
        own = [pattern for pattern in schema.patterns if pattern.relation == name]
        kinds = {pattern.is_property for pattern in own}
        kind = "owl:DatatypeProperty" if True in kinds else "owl:ObjectProperty"
        subject = NamedNode(relation_iri(name))
        yield Triple(subject, node("rdf:type"), node(kind if len(kinds) == 1 else "rdf:Property"))
        if name in schema.descriptions:
            yield Triple(subject, node("rdfs:comment"), Literal(schema.descriptions[name]))
        if len({pattern.head for pattern in own}) == 1:
            yield Triple(subject, node("rdfs:domain"), NamedNode(type_iri(own[0].head)))
        if len(own) == 1 and own[0].tail != "quantity":
            yield Triple(subject, node("rdfs:range"), _tail(own[0]))


def _shapes(schema: Schema) -> Iterator[ox.Triple]:
    from pyoxigraph import BlankNode, NamedNode, Triple

    grouped: dict[str, dict[str, list[tuple[int, Pattern]]]] = {}
    for order, pattern in enumerate(schema.patterns):
        relations = grouped.setdefault(pattern.head, {})
        relations.setdefault(pattern.relation, []).append((order, pattern))
    for head, relations in grouped.items():
        shape = NamedNode(f"{BASE}shape:{escape(head)}")
        yield Triple(shape, node("rdf:type"), node("sh:NodeShape"))
        yield Triple(shape, node("sh:targetClass"), NamedNode(type_iri(head)))
        for relation, patterns in relations.items():
            own = NamedNode(f"{shape.value}:{escape(relation)}")
            yield Triple(shape, node("sh:property"), own)
            yield Triple(own, node("sh:path"), NamedNode(relation_iri(relation)))
            if len(patterns) == 1:
                yield from _asked(own, *patterns[0])
                continue
            cells = [BlankNode(f"or{order}") for order, _ in patterns]
            ends: list[Any] = [*cells[1:], node("rdf:nil")]
            yield Triple(own, node("sh:or"), cells[0])
            for (order, pattern), cell, rest in zip(patterns, cells, ends, strict=True):
                choice = NamedNode(f"{own.value}:{escape(pattern.tail)}")
                yield Triple(cell, node("rdf:first"), choice)
                yield Triple(cell, node("rdf:rest"), rest)
                yield from _asked(choice, order, pattern)


def _asked(shape: ox.NamedNode, order: int, pattern: Pattern) -> Iterator[ox.Triple]:
    from pyoxigraph import Literal, Triple

    yield Triple(shape, node("sh:order"), Literal(order))
    if pattern.tail == "quantity":
        yield Triple(shape, node("sh:nodeKind"), node("sh:Literal"))
        yield Triple(shape, node("kg:datatype"), Literal("quantity"))
    else:
        kind = "sh:datatype" if pattern.is_property else "sh:class"
        yield Triple(shape, node(kind), _tail(pattern))


def _tail(pattern: Pattern) -> ox.NamedNode:
    from pyoxigraph import NamedNode

    return NamedNode(_XSD + pattern.tail if pattern.is_property else type_iri(pattern.tail))


def _patterns_in_shapes(said: dict[Any, Description]) -> Iterator[tuple[float, Pattern]]:
    for description in said.values():
        for head in _all(description, "sh:targetClass"):
            for own in _all(description, "sh:property"):
                for path in _all(said.get(own, {}), "sh:path"):
                    for choice in _choices(said, own):
                        asked = said.get(choice, {})
                        for name in _tails(asked):
                            order = [float(o.value) for o in _all(asked, "sh:order")]
                            pattern = Pattern(class_name(head), relation_name(path.value), name)
                            yield (order or [0.0])[0], pattern


def _choices(said: dict[Any, Description], shape: Any) -> Iterator[Any]:
    yield shape
    for cell in _all(said.get(shape, {}), "sh:or"):
        met = set()
        while cell in said and cell not in met:
            met.add(cell)
            yield from _all(said[cell], "rdf:first")
            cell = next(iter(_all(said[cell], "rdf:rest")), None)


def _tails(asked: Description) -> Iterator[str]:
    yield from (class_name(term) for term in _all(asked, "sh:class"))
    yield from (class_name(term) for term in _all(asked, "sh:datatype"))
    yield from (term.value for term in _all(asked, "kg:datatype"))


def _patterns_in_domains(said: dict[Any, Description]) -> Iterator[Pattern]:
    for subject, description in said.items():
        for head in _all(description, "rdfs:domain"):
            for tail in _all(description, "rdfs:range"):
                yield Pattern(class_name(head), relation_name(subject.value), class_name(tail))


def _all(description: Description, name: str) -> list[Any]:
    return description.get(node(name).value, [])
