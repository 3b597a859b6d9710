"""The vocabulary: what a graph is made of, as frozen values.

A `Document` is cut into `Chunk` values; a `Mention` says where a text names an `Entity`; a
`Fact` joins a head entity to a tail (entity or `Literal`) and lives while it has evidence
(`kgkit.evidence`). Ids are hashes of content (`kgkit.ids`), so the same input gives the same
ids on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from kgkit.evidence import Evidence, combine
from kgkit.ids import content_id, identity_key

__all__ = [
    "Chunk",
    "Document",
    "Entity",
    "Fact",
    "Literal",
    "Mention",
    "Modality",
    "Polarity",
    "Qualifier",
    "Value",
]

#: What a literal may hold.
Value = str | int | float | bool | date | datetime


class Polarity(StrEnum):
    """Whether the source affirms or denies the fact."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Modality(StrEnum):
    """How the source commits itself to the fact."""

    ASSERTED = "asserted"
    HEDGED = "hedged"


class _Hashed:
    """A value whose id is a hash of what it holds, computed once: values do not change."""

    __slots__ = ("_id",)
    _id: str

    @property
    def id(self) -> str:
        """The content hash of the value (32 hex digits)."""
        try:
            return self._id
        except AttributeError:
            object.__setattr__(self, "_id", self._content_id())
            return self._id

    def _content_id(self) -> str:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Entity:
    """Something with an identity: a person, a place, a work, a concept.

    `id` is the identity key of name and type (`kgkit.ids.identity_key`) unless the entity came
    with an identity of its own (an IRI, a key column), which it keeps.

    >>> Entity.named("Marie Curie", "Person").name
    'Marie Curie'
    >>> Entity.named("marie  curie", "Person").id == Entity.named("Marie Curie", "Person").id
    True
    """

    id: str
    name: str
    type: str = "Thing"
    aliases: tuple[str, ...] = ()

    @classmethod
    def named(cls, name: str, type: str = "Thing", aliases: tuple[str, ...] = ()) -> Entity:
        """Return the entity that this name and type identify."""
        return cls(identity_key(name, type), name, type, aliases)


@dataclass(frozen=True, slots=True)
class Literal:
    """A typed value: `datatype` is the XSD local name (string, integer, decimal, boolean, date,
    dateTime, gYear, gYearMonth, duration), `text` the words it was read from, `unit` its unit
    ("km", "USD") or None.

    >>> Literal(1903, "gYear", text="in 1903").value
    1903
    """

    value: Value
    datatype: str = "string"
    text: str = ""
    unit: str | None = None

    def canonical(self) -> list[str]:
        """Return the parts that tell this literal from others; its original text is not one."""
        value = self.value
        shown = value.isoformat() if isinstance(value, date) else str(value)
        return ["literal", self.datatype, shown, self.unit or ""]


@dataclass(frozen=True, slots=True)
class Qualifier:
    """A further role of a fact: `valid_from`, `valid_to`, `time`, `place`, `role`, ..."""

    role: str
    value: Entity | Literal


@dataclass(frozen=True, slots=True)
class Fact(_Hashed):
    """Head, relation and tail, with qualifiers, polarity, modality and what it rests on.

    `relation` is UPPER_SNAKE; `predicate` is the surface form or IRI it came from. Equality and
    `id` cover what the fact says; `id` leaves out evidence and surface form.

    >>> alien = Entity.named("Alien", "Film")
    >>> scott = Entity.named("Ridley Scott", "Person")
    >>> str(Fact(scott, "DIRECTED", alien))
    '(Ridley Scott)-[DIRECTED]->(Alien)'
    """

    head: Entity
    relation: str
    tail: Entity | Literal
    qualifiers: tuple[Qualifier, ...] = ()
    polarity: Polarity = Polarity.POSITIVE
    modality: Modality = Modality.ASSERTED
    predicate: str = ""
    evidence: tuple[Evidence, ...] = ()

    def _content_id(self) -> str:
        roles = sorted([q.role, *_end(q.value)] for q in self.qualifiers)
        ends = [self.head.id, self.relation, *_end(self.tail)]
        return content_id("fact", ends, roles, self.polarity.value, self.modality.value)

    @property
    def confidence(self) -> float:
        """The probability in [0, 1] that its evidence gives it (`kgkit.evidence.combine`)."""
        return combine(self.evidence)

    @property
    def is_edge(self) -> bool:
        """Whether the fact is asserted, positive and joins two entities."""
        return self.is_asserted and isinstance(self.tail, Entity)

    @property
    def is_asserted(self) -> bool:
        """Whether the source states the fact as true."""
        return self.polarity is Polarity.POSITIVE and self.modality is Modality.ASSERTED

    def with_evidence(self, *evidence: Evidence) -> Fact:
        """Return the same fact resting on this evidence."""
        return replace(self, evidence=evidence)

    def __str__(self) -> str:
        tail = self.tail.name if isinstance(self.tail, Entity) else self.tail.value
        sign = (
            "" if self.is_asserted else ("not " if self.polarity is Polarity.NEGATIVE else "maybe ")
        )
        return f"{sign}({self.head.name})-[{self.relation}]->({tail})"


@dataclass(frozen=True, slots=True)
class Document(_Hashed):
    """A text with an address. `title` is what it is about, as far as the source says.

    `id` is the content hash of address, title and text.

    >>> Document("notes/a.txt", "Radium glows.").id == Document("notes/a.txt", "Radium glows.").id
    True
    """

    uri: str
    text: str
    title: str = ""
    media_type: str = "text/plain"
    metadata: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def _content_id(self) -> str:
        return content_id("document", self.uri, self.title, self.text)


@dataclass(frozen=True, slots=True)
class Chunk(_Hashed):
    """A run of whole sentences of a document; every offset counts characters of its text.

    `sentences` holds the [start, end) of each sentence, in order; `text` is
    `document.text[start:end]`. `id` is the content hash of document and span.
    """

    document_id: str
    ordinal: int
    start: int
    end: int
    text: str
    sentences: tuple[tuple[int, int], ...]

    def _content_id(self) -> str:
        return content_id("chunk", self.document_id, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Mention(_Hashed):
    """Where a text names an entity: `document.text[start:end] == text`.

    `entity` is the entity as the document as a whole names it ("Curie" in a text on Marie Curie
    mentions the entity Marie Curie). `kind` is "name", or "pronoun" for words that stand for a
    name and are no alias of it. `id` is the content hash of document, span and entity.
    """

    document_id: str
    chunk_id: str
    start: int
    end: int
    text: str
    entity: Entity
    score: float = 1.0
    kind: str = "name"

    def _content_id(self) -> str:
        return content_id("mention", self.document_id, self.start, self.end, self.entity.id)


def _end(value: Entity | Literal) -> list[str]:
    return ["entity", value.id] if isinstance(value, Entity) else value.canonical()
