"""Our own triples back to entities and facts, with everything they rest on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kgkit.errors import ReadError
from kgkit.evidence import (
    Evidence,
    ImportEvidence,
    ModelEvidence,
    PersonEvidence,
    PredictionEvidence,
    RuleEvidence,
    TextEvidence,
)
from kgkit.facts import Entity, Fact, Literal, Modality, Polarity, Qualifier
from stores.rdf.describe import ENTITY_PREDICATES, node
from stores.rdf.literals import literal_of, text_of
from stores.rdf.names import PREFIXES, entity_id, relation_of, type_of, unescape

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Description", "Records", "index", "read_records", "statement_in"]

#: What is said of one subject: the objects by predicate, in order.
Description = dict[str, list[Any]]

_EVIDENCE: Mapping[str, Callable[..., Evidence]] = {
    f"{PREFIXES['kg']}{kind.kind.capitalize()}Evidence": kind
    for kind in (
        TextEvidence,
        ModelEvidence,
        RuleEvidence,
        PredictionEvidence,
        ImportEvidence,
        PersonEvidence,
    )
}
_READ: Mapping[str, Callable[[Any], Any]] = {
    "document_id": lambda term: unescape(term.value.removeprefix(PREFIXES["doc"])),
    "chunk_id": lambda term: unescape(term.value.removeprefix(PREFIXES["chunk"])),
    "start": lambda term: int(term.value),
    "end": lambda term: int(term.value),
    "score": lambda term: float(term.value),
    "prompts": lambda term: tuple(json.loads(term.value)),
    "log_probabilities": lambda term: tuple(json.loads(term.value)),
    "premises": lambda term: tuple(json.loads(term.value)),
}
_FIELD = {"document_id": "document", "chunk_id": "chunk"}


@dataclass(frozen=True, slots=True)
class Records:
    """What a graph holds in our own terms: entities by IRI, facts in order, the subjects that
    only describe them, and the triples that the facts assert."""

    entities: dict[str, Entity] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    own: set[Any] = field(default_factory=set)
    asserted: set[Any] = field(default_factory=set)


def index(triples: Iterable[ox.Triple]) -> dict[Any, Description]:
    """Return what is said of each subject."""
    said: dict[Any, Description] = {}
    for subject, predicate, value in triples:
        said.setdefault(subject, {}).setdefault(predicate.value, []).append(value)
    return said


def read_records(said: dict[Any, Description]) -> Records:
    """Return the entities and facts that are described in our own terms.

    Raises `ReadError` naming the fact whose description is not whole.
    """
    records = Records()
    kinds = {node(f"kg:{name}") for name in ("Fact", "Document", "Chunk", "Mention")}
    facts = []
    for subject, description in said.items():
        types = set(description.get(PREFIXES["rdf"] + "type", ()))
        if node("kg:Entity") in types:
            try:
                entity = _entity(subject.value, description)
            except (ValueError, TypeError, AttributeError) as error:
                raise _not_in_full("entity", subject, error) from error
            records.entities[subject.value] = entity
        if node("kg:Fact") in types:
            facts.append(subject)
        if types & kinds or subject.value.startswith(PREFIXES["run"]):
            records.own.add(subject)
    for subject in sorted(facts, key=str):
        try:
            fact = _fact(said, subject, records)
        except (KeyError, IndexError, ValueError, TypeError, AttributeError) as error:
            raise _not_in_full("fact", subject, error) from error
        records.facts.append(fact)
        if fact.is_asserted:
            records.asserted.add(statement_in(said[subject]))
    return records


def statement_in(description: Description) -> ox.Triple | None:
    """Return the triple that a subject is about: as a triple term, or as an `rdf:Statement`."""
    from pyoxigraph import Triple

    rdf = PREFIXES["rdf"]
    for value in description.get(f"{rdf}reifies", ()):
        if isinstance(value, Triple):
            return value
    ends = [description.get(rdf + name) for name in ("subject", "predicate", "object")]
    if not all(ends):
        return None
    try:
        return Triple(*(end[0] for end in ends if end))
    except TypeError:
        return None  # a literal as subject, or a predicate without IRI


def _not_in_full(kind: str, subject: Any, error: Exception) -> ReadError:
    return ReadError(
        f"the {kind} <{subject.value}> is not described as kgkit does it ({error!r}); "
        "export the graph again."
    )


def _entity(iri: str, description: Description) -> Entity:
    types = [type_of(term.value) for term in _all(description, ENTITY_PREDICATES[0])]
    names = sorted(text_of(term) for term in _all(description, ENTITY_PREDICATES[1]))
    aliases = sorted(text_of(term) for term in _all(description, ENTITY_PREDICATES[2]))
    ordered = _all(description, ENTITY_PREDICATES[3])
    type = next(iter(sorted(name for name in types if name is not None)), "Thing")
    return Entity(
        entity_id(iri),
        names[0] if names else _last_part(iri),
        type,
        tuple(json.loads(ordered[0].value)) if ordered else (*names[1:], *aliases),
    )


def _fact(said: dict[Any, Description], subject: Any, records: Records) -> Fact:
    description = said[subject]
    statement = statement_in(description)
    if statement is None:
        raise ValueError("no triple")
    predicate = _all(description, "kg:predicate")
    qualifiers = []
    for part in sorted(_all(description, "kg:qualifier"), key=str):
        own = said[part]
        value = _value(_all(own, "rdf:value")[0], own, records)
        qualifiers.append(Qualifier(text_of(_all(own, "kg:role")[0]), value))
        records.own.add(part)
    evidence = []
    for part in sorted(_all(description, "kg:evidence"), key=str):
        evidence.append(_evidence(said[part]))
        records.own.add(part)
    head = _value(statement.subject, description, records)
    relation = relation_of(statement.predicate.value)
    if relation is None or not isinstance(head, Entity):
        raise ValueError(f"{statement} is no relation of an entity")
    return Fact(
        head,
        relation,
        _value(statement.object, description, records),
        tuple(qualifiers),
        Polarity(_all(description, "kg:polarity")[0].value),
        Modality(_all(description, "kg:modality")[0].value),
        text_of(predicate[0]) if predicate else "",
        tuple(evidence),
    )


def _value(term: Any, description: Description, records: Records) -> Entity | Literal:
    from pyoxigraph import Literal as Term

    if not isinstance(term, Term):
        known = records.entities.get(term.value)
        return known or Entity(entity_id(term.value), _last_part(term.value))
    exact, unit, text = (_all(description, f"kg:{name}") for name in ("exact", "unit", "text"))
    return literal_of(
        term,
        exact[0].value if exact else None,
        text=text_of(text[0]) if text else "",
        unit=text_of(unit[0]) if unit else None,
    )


def _evidence(description: Description) -> Evidence:
    types = [term.value for term in _all(description, "rdf:type")]
    kind: Any = next(_EVIDENCE[type] for type in types if type in _EVIDENCE)
    fields = (
        _READ.get(name, text_of)(_all(description, f"kg:{_FIELD.get(name, name)}")[0])
        for name in kind.__slots__
    )
    made: Evidence = kind(*fields)
    return made


def _all(description: Description, name: str) -> list[Any]:
    return description.get(node(name).value, [])


def _last_part(iri: str) -> str:
    return unescape(iri.rpartition(":")[2].rpartition("/")[2].rpartition("#")[2]) or iri
