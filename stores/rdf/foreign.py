"""What other people's RDF says, as entities and facts.

A label becomes the entity's name, a class its type, every other triple a fact whose `predicate`
is the IRI it came from. What is said about a triple becomes a qualifier of its fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from kgkit.evidence import Evidence
from kgkit.facts import Entity, Fact, Literal, Modality, Qualifier
from kgkit.ids import content_id
from stores.rdf.literals import literal_of
from stores.rdf.names import PREFIXES, entity_id, relation_of, type_of, unescape
from stores.rdf.reading import Description, statement_in

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Interpreter", "class_name", "relation_name"]

_RDF = PREFIXES["rdf"]
_TYPE = f"{_RDF}type"
_SAYS_TRIPLE = {_RDF + name for name in ("reifies", "subject", "predicate", "object")}
#: What names a thing, the best first.
_LABELS = (
    f"{PREFIXES['skos']}prefLabel",
    f"{PREFIXES['rdfs']}label",
    "http://xmlns.com/foaf/0.1/name",
    "http://schema.org/name",
    "https://schema.org/name",
    f"{PREFIXES['dcterms']}title",
    "http://purl.org/dc/elements/1.1/title",
)
_ALIASES = (f"{PREFIXES['skos']}altLabel",)
_PART = re.compile(r"[/#:]")
_WORD = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def relation_name(iri: str) -> str:
    """Return the UPPER_SNAKE relation that a predicate stands for.

    >>> relation_name("http://dbpedia.org/ontology/birthPlace")
    'BIRTH_PLACE'
    """
    own = relation_of(iri)
    if own is not None:
        return own
    return "_".join(_WORD.findall(_HUMP.sub("_", _last_part(iri)))).upper() or "RELATED_TO"


@dataclass(frozen=True, slots=True)
class Interpreter:
    """Reads terms of a file as entities and facts.

    `said` is what the file says of each subject, `known` are the entities that are described in
    our own terms, and `source` names the file, so that its blank nodes are told from others'.
    """

    source: str
    said: Mapping[Any, Description]
    known: dict[str, Entity] = field(default_factory=dict)

    def fact_of(self, triple: ox.Triple, evidence: Evidence) -> Fact | None:
        """Return the fact that a triple says, None for one that only names or types a thing."""
        subject, predicate, value = triple
        if self._only_describes(subject, predicate.value, value):
            return None
        head = self.entity_of(subject)
        name = "TYPE" if predicate.value == _TYPE else relation_name(predicate.value)
        tail, language = self._value(value)
        return Fact(head, name, tail, language, predicate=predicate.value, evidence=(evidence,))

    def described(self, reifier: Any, evidence: Evidence, asserted: set[Any]) -> Fact | None:
        """Return the fact that a reifier is about, with what is said of it as qualifiers.

        A triple that the file describes and does not assert gives a hedged fact.
        """
        description = self.said[reifier]
        triple = statement_in(description)
        fact = None if triple is None else self.fact_of(triple, evidence)
        if fact is None:
            return None
        roles = list(fact.qualifiers)
        for predicate, values in description.items():
            if predicate in _SAYS_TRIPLE or predicate == _TYPE:
                continue
            role = relation_name(predicate).lower()
            roles += [Qualifier(role, self._value(value)[0]) for value in values]
        modality = Modality.ASSERTED if triple in asserted else Modality.HEDGED
        ends = (fact.head, fact.relation, fact.tail, tuple(roles), fact.polarity, modality)
        return Fact(*ends, fact.predicate, fact.evidence)

    def entity_of(self, term: Any) -> Entity:
        """Return the entity that an IRI or blank node of the file names."""
        from pyoxigraph import BlankNode

        is_blank = isinstance(term, BlankNode)
        key = f"_:{term.value}" if is_blank else term.value
        if key not in self.known:
            id = content_id("blank node", self.source, term.value) if is_blank else ""
            description = self.said.get(term, {})
            labels = [value for label in _LABELS for value in _texts(description.get(label, ()))]
            aliases = [value for alias in _ALIASES for value in _texts(description.get(alias, ()))]
            names = list(dict.fromkeys([*labels, *aliases]))
            self.known[key] = Entity(
                id or entity_id(term.value),
                names[0] if names else (key if is_blank else _last_part(key)),
                _type_in(description),
                tuple(sorted(names[1:])),
            )
        return self.known[key]

    def _only_describes(self, subject: Any, predicate: str, value: Any) -> bool:
        if predicate == _TYPE:
            return class_name(value) in ("", self.entity_of(subject).type)
        return predicate in (*_LABELS, *_ALIASES) and hasattr(value, "language")

    def _value(self, term: Any) -> tuple[Entity | Literal, tuple[Qualifier, ...]]:
        from pyoxigraph import Literal as Term
        from pyoxigraph import Triple

        if isinstance(term, Triple):
            return Literal(str(term)), ()
        if not isinstance(term, Term):
            return self.entity_of(term), ()
        language = term.language
        spoken = (Qualifier("language", Literal(language)),) if language else ()
        return literal_of(term), spoken


def _texts(terms: Iterable[Any]) -> list[str]:
    """Return the texts of literals: those without language first, English next, then in order."""
    found = [term for term in terms if hasattr(term, "language")]
    order = {None: "", "en": " "}
    return [
        t.value for t in sorted(found, key=lambda t: (order.get(t.language, t.language), str(t)))
    ]


def _type_in(description: Description) -> str:
    names = [class_name(value) for value in description.get(_TYPE, ())]
    return min((name for name in names if name), default="Thing")


def class_name(term: Any) -> str:
    """Return the type that a class stands for, "" for a class that says nothing."""
    iri = str(getattr(term, "value", ""))
    if iri in (f"{PREFIXES['kg']}Entity", f"{PREFIXES['owl']}NamedIndividual"):
        return ""
    own = type_of(iri)
    return _last_part(iri) if own is None else own


def _last_part(iri: str) -> str:
    part = _PART.split(iri.rstrip("/#"))[-1]
    return (unescape(part) if iri.startswith("urn:kgkit:") else unquote(part)) or iri
