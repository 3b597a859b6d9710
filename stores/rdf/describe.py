"""Records as triples: what the graph says of an entity, a fact, a document and a chunk.

A fact is described under an IRI of its own, which reifies the triple of its ends; the triple
itself stands in the graph only when the source states the fact as true.

A triple is a line of N-Triples here, without its full stop: the engine reads text several times
faster than it is given terms one by one, and lines are sorted and compared as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from kgkit.evidence import Evidence, PredictionEvidence, TextEvidence
from kgkit.facts import Chunk, Document, Entity, Fact, Literal, Mention
from stores.rdf.literals import exact, term_of, text_term
from stores.rdf.names import PREFIXES, entity_iri, escape, relation_iri, type_iri

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = [
    "ENTITY_PREDICATES",
    "describe_chunk",
    "describe_document",
    "describe_entity",
    "describe_fact",
    "fact_iri",
    "name_in",
    "node",
    "shared_lines",
    "statement_of",
    "triples_in",
]

#: The predicates of what the graph says of an entity itself.
ENTITY_PREDICATES = ("rdf:type", "rdfs:label", "skos:altLabel", "kg:aliases")


@lru_cache(maxsize=4096)
def node(name: str) -> ox.NamedNode:
    """Return the IRI of a prefixed name of our own vocabulary.

    >>> node("kg:Fact").value
    'urn:kgkit:term:Fact'
    """
    from pyoxigraph import NamedNode

    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def name_in(prefix: str, text: str) -> ox.NamedNode:
    """Return the IRI of a record: `doc`, `chunk`, `fact`, `mention`, `run` and its id or name."""
    from pyoxigraph import NamedNode

    return NamedNode(PREFIXES[prefix] + escape(text))


def fact_iri(fact_id: str) -> ox.NamedNode:
    """Return the IRI under which a fact is described."""
    return name_in("fact", fact_id)


def triples_in(lines: Iterable[str]) -> Iterator[ox.Triple]:
    """Yield the triples that lines stand for, in their order.

    >>> [triple.object.value for triple in triples_in(['<urn:x:a> <urn:x:b> "c"'])]
    ['c']
    """
    from pyoxigraph import RdfFormat, parse

    text = "".join(f"{line} .\n" for line in lines)
    for quad in parse(text, format=RdfFormat.N_TRIPLES):
        yield quad.triple


def statement_of(fact: Fact) -> str:
    """Return the triple of the ends of a fact.

    >>> alien = Entity("http://example.org/alien", "Alien")
    >>> statement_of(Fact(alien, "TITLE", Literal("Alien")))
    '<http://example.org/alien> <urn:kgkit:relation:TITLE> "Alien"'
    """
    return f"<{entity_iri(fact.head.id)}> <{relation_iri(fact.relation)}> {_end(fact.tail)}"


def describe_entity(entity: Entity) -> Iterator[str]:
    """Yield type, name and aliases of an entity; `kg:aliases` only where order or repeats count."""
    subject = f"<{entity_iri(entity.id)}>"
    yield _says(subject, "rdf:type", _name("kg:Entity"))
    yield _says(subject, "rdf:type", f"<{type_iri(entity.type)}>")
    yield _says(subject, "rdfs:label", _text(entity.name))
    for alias in sorted(set(entity.aliases)):
        yield _says(subject, "skos:altLabel", _text(alias))
    if list(entity.aliases) != sorted(set(entity.aliases)):
        yield _says(subject, "kg:aliases", _text(json.dumps(entity.aliases)))


def describe_fact(fact: Fact, fact_id: str = "") -> Iterator[str]:
    """Yield all that is said of a fact under its own IRI, without the triple it may assert."""
    own = f"{PREFIXES['fact']}{escape(fact_id or fact.id)}"
    subject = f"<{own}>"
    yield _says(subject, "rdf:type", _name("kg:Fact"))
    yield _says(subject, "rdf:reifies", f"<<( {statement_of(fact)} )>>")
    yield _says(subject, "kg:polarity", _text(fact.polarity.value))
    yield _says(subject, "kg:modality", _text(fact.modality.value))
    yield _says(subject, "kg:confidence", _value(float(fact.confidence)))
    if fact.predicate:
        yield _says(subject, "kg:predicate", _text(fact.predicate))
    yield from _describe_end(subject, fact.tail)
    for number, qualifier in enumerate(fact.qualifiers):
        part = f"<{own}:qualifier:{number:06d}>"
        yield _says(subject, "kg:qualifier", part)
        yield _says(part, "kg:role", _text(qualifier.role))
        yield _says(part, "rdf:value", _end(qualifier.value))
        yield from _describe_end(part, qualifier.value)
    for document in sorted({e.document_id for e in fact.evidence if isinstance(e, TextEvidence)}):
        yield _says(subject, "prov:wasDerivedFrom", _record("doc", document))
    for number, piece in enumerate(fact.evidence):
        part = f"<{own}:evidence:{number:06d}>"
        yield _says(subject, "kg:evidence", part)
        yield from _describe_evidence(part, piece)


def shared_lines(fact: Fact) -> Iterator[str]:
    """Yield what a fact says together with others: its triple if asserted, runs as activities."""
    if fact.is_asserted:
        yield statement_of(fact)
    for piece in fact.evidence:
        if isinstance(piece, PredictionEvidence):
            yield _says(_record("run", piece.run), "rdf:type", _name("prov:Activity"))


def describe_document(document: Document) -> Iterator[str]:
    """Yield what the graph says of a document; its text is in its chunks."""
    subject = _record("doc", document.id)
    yield _says(subject, "rdf:type", _name("prov:Entity"))
    yield _says(subject, "rdf:type", _name("kg:Document"))
    yield _says(subject, "kg:uri", _text(document.uri))
    yield _says(subject, "dcterms:title", _text(document.title))
    yield _says(subject, "dcterms:format", _text(document.media_type))
    if document.metadata:
        shown = json.dumps(dict(document.metadata), sort_keys=True)
        yield _says(subject, "kg:metadata", _text(shown))


def describe_chunk(chunk: Chunk, mentions: Iterable[Mention]) -> Iterator[str]:
    """Yield what the graph says of a chunk and of its mentions; offsets count characters."""
    subject = _record("chunk", chunk.id)
    yield _says(subject, "rdf:type", _name("prov:Entity"))
    yield _says(subject, "rdf:type", _name("kg:Chunk"))
    yield _says(subject, "prov:wasQuotedFrom", _record("doc", chunk.document_id))
    for name in ("ordinal", "start", "end", "text"):
        yield _says(subject, f"kg:{name}", _value(getattr(chunk, name)))
    yield _says(subject, "kg:sentences", _text(json.dumps(chunk.sentences)))
    for mention in mentions:
        entity = f"<{entity_iri(mention.entity.id)}>"
        yield _says(entity, "kg:mentionedIn", subject)
        own = _record("mention", mention.id)
        yield _says(own, "rdf:type", _name("kg:Mention"))
        yield _says(own, "kg:partOf", subject)
        yield _says(own, "kg:mentions", entity)
        for name in ("start", "end", "text", "kind", "score"):
            yield _says(own, f"kg:{name}", _value(getattr(mention, name)))


def _describe_evidence(subject: str, piece: Evidence) -> Iterator[str]:
    yield _says(subject, "rdf:type", _name(f"kg:{piece.kind.capitalize()}Evidence"))
    for name in piece.__slots__:
        value = getattr(piece, name)
        if name == "document_id":
            yield _says(subject, "kg:document", _record("doc", value))
        elif name == "chunk_id":
            yield _says(subject, "kg:chunk", _record("chunk", value))
        elif isinstance(value, tuple):
            yield _says(subject, f"kg:{name}", _text(json.dumps(value)))
        else:
            yield _says(subject, f"kg:{name}", _value(float(value) if name == "score" else value))
    if isinstance(piece, PredictionEvidence):
        yield _says(subject, "prov:wasGeneratedBy", _record("run", piece.run))


def _describe_end(subject: str, value: Entity | Literal) -> Iterator[str]:
    if isinstance(value, Entity):
        return
    shown = exact(value)
    if shown is not None:
        yield _says(subject, "kg:exact", _text(shown))
    if value.unit is not None:
        yield _says(subject, "kg:unit", _text(value.unit))
    if value.text:
        yield _says(subject, "kg:text", _text(value.text))


def _says(subject: str, predicate: str, value: str) -> str:
    return f"{subject} {_name(predicate)} {value}"


def _record(prefix: str, text: str) -> str:
    return f"<{PREFIXES[prefix]}{escape(text)}>"


def _end(value: Entity | Literal) -> str:
    return f"<{entity_iri(value.id)}>" if isinstance(value, Entity) else str(term_of(value))


@lru_cache(maxsize=4096)
def _name(name: str) -> str:
    return str(node(name))


def _text(text: str) -> str:
    return str(text_term(text))


def _value(value: str | float) -> str:
    return _text(value) if isinstance(value, str) else _number(value)


@lru_cache(maxsize=4096, typed=True)
def _number(value: float) -> str:
    from pyoxigraph import Literal as Term

    return str(Term(value))
