"""A graph to a file of RDF and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kgkit.errors import InputError, ReadError
from kgkit.evidence import ImportEvidence
from kgkit.facts import Entity, Fact
from stores.rdf.classic import classic, fit_xml
from stores.rdf.describe import describe_entity, describe_fact, shared_lines, triples_in
from stores.rdf.foreign import Interpreter
from stores.rdf.formats import format_of, parse_file, write
from stores.rdf.reading import Records, index, read_records, statement_in
from stores.rdf.store import RdfGraph

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Imported", "describe_facts", "export_rdf", "import_rdf"]


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file of RDF says: its entities, in order of id, and its facts, in order of id.

    Iterating over it gives the facts, so that it can be added to a graph as it is.
    """

    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.facts)

    def __len__(self) -> int:
        return len(self.facts)


def export_rdf(
    graph: RdfGraph | Iterable[Fact],
    target: str | Path | IO[bytes],
    format: str | None = None,
    *,
    triple_terms: bool | None = None,
) -> None:
    """Write a graph, or facts, to a file or binary stream; the same content gives the same bytes.

    `format` is turtle, trig, ntriples, nquads, rdfxml or jsonld; without it the suffix of the
    path says. What is said about triples is written as triple terms of RDF 1.2 where the format
    has them, or, with `triple_terms=False`, as classic reification that older tools read.

    Raises `InputError` for an unknown format, for triple terms or named graphs in a format that
    has none, and for a file that cannot be written.
    """
    path = target if isinstance(target, str | Path) else None
    chosen = format_of(path, format)
    if triple_terms and not chosen.has_triple_terms:
        raise InputError(f"{chosen.name} has no triple terms; write turtle, or leave them out.")
    quads = list(graph.quads()) if isinstance(graph, RdfGraph) else _quads(graph)
    if not chosen.has_graphs and any(str(quad.graph_name) != "DEFAULT" for quad in quads):
        raise InputError(f"{chosen.name} holds one graph and this has several; write trig.")
    rows: Iterable[ox.Quad] = quads
    if not (chosen.has_triple_terms if triple_terms is None else triple_terms):
        rows = classic(rows)
    if chosen.name == "rdfxml":
        rows = fit_xml(rows)
    write(sorted(rows, key=str), target, chosen)


def import_rdf(path: str | Path, format: str | None = None, *, base: str | None = None) -> Imported:
    """Read a file of RDF as entities and facts.

    What `export_rdf` wrote comes back as it was. Of other files every triple becomes a fact with
    the file as its evidence and the number of the triple as its row; labels and classes become
    names and types of entities. Relative IRIs need a `base`.

    Raises `ReadError`, naming file and line, for a file that is broken, and `InputError` for an
    unknown format.
    """
    file = Path(path)
    quads = list(parse_file(file, format_of(file, format), base))
    said = index(quad.triple for quad in quads)
    try:
        records = read_records(said)
    except ReadError as error:
        raise ReadError(f"{file.as_posix()!r}: {error}") from error
    reader = Interpreter(file.as_posix(), said, records.entities)
    facts: dict[str, Fact] = {}
    for fact in (*records.facts, *_foreign(reader, quads, records)):
        known = facts.setdefault(fact.id, fact)
        if known is not fact:
            both = dict.fromkeys([*known.evidence, *fact.evidence])
            facts[fact.id] = replace(known, evidence=tuple(both))
    entities = {entity.id: entity for entity in reader.known.values()}
    return Imported(
        tuple(entities[id] for id in sorted(entities)), tuple(facts[id] for id in sorted(facts))
    )


def describe_facts(facts: Iterable[Fact]) -> Iterator[ox.Triple]:
    """Return the triples of facts and of the entities they name, each once.

    An entity that is given in several ways keeps its first name and type and gets the other
    names as aliases; a fact that is given twice rests on the evidence of both.
    """
    kept: dict[str, Fact] = {}
    entities: dict[str, Entity] = {}
    for fact in facts:
        known = kept.setdefault(fact.id, fact)
        if known is not fact:
            both = dict.fromkeys([*known.evidence, *fact.evidence])
            kept[fact.id] = replace(known, evidence=tuple(both))
        for value in (fact.head, fact.tail, *(q.value for q in fact.qualifiers)):
            if isinstance(value, Entity):
                first = entities.setdefault(value.id, value)
                if first != value:
                    entities[value.id] = _united(first, value)
    lines: dict[str, None] = {}
    for id, fact in kept.items():
        lines.update(dict.fromkeys(describe_fact(fact, id)))
        lines.update(dict.fromkeys(shared_lines(fact)))
    for entity in entities.values():
        lines.update(dict.fromkeys(describe_entity(entity)))
    return triples_in(lines)


def _united(one: Entity, other: Entity) -> Entity:
    names = {*one.aliases, other.name, *other.aliases} - {one.name}
    return replace(one, aliases=tuple(sorted(names)))


def _quads(facts: Iterable[Fact]) -> list[ox.Quad]:
    from pyoxigraph import Quad

    return [Quad(*triple) for triple in describe_facts(facts)]


def _foreign(reader: Interpreter, quads: list[ox.Quad], records: Records) -> Iterator[Fact]:
    """Yield the facts of the triples that are not in our own terms."""
    from pyoxigraph import DefaultGraph

    triples = {quad.triple for quad in quads}
    reifiers = {s for s, about in reader.said.items() if statement_in(about)} - records.own
    about = {statement_in(reader.said[s]) for s in reifiers}
    met: set[Any] = set()
    for number, quad in enumerate(quads, 1):
        subject, predicate, _, graph = quad
        row = f"{number}" if isinstance(graph, DefaultGraph) else f"{number} in {graph}"
        evidence = ImportEvidence(reader.source, row)
        if subject in records.own or quad.triple in records.asserted or quad.triple in about:
            continue
        if subject in reifiers:
            made = None if subject in met else reader.described(subject, evidence, triples)
            met.add(subject)
        elif predicate.value.startswith("urn:kgkit:term:"):
            continue
        else:
            made = reader.fact_of(quad.triple, evidence)
        if made is not None:
            yield made
