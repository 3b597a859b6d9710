"""Reading for a schema: what the built-in extractor finds, under the relations of the schema.

A relation of the text and one of the schema are the same where their words say the same
(`extractors.align.predicates`: tense, voice, synonyms, nouns and their inverses) and the ends are
of types that can meet.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.align.predicates import read_predicate
from extractors.base import Extraction, Rereader
from extractors.mini.relations.names import relation_names
from kgkit.errors import InputError
from kgkit.facts import Chunk, Document, Entity, Fact, Mention
from kgkit.ids import content_id
from kgkit.schema import Pattern, Schema

__all__ = ["SchemaExtractor", "can_meet", "is_person"]

_TIMES = frozenset(["date", "dateTime", "gYear", "gYearMonth", "interval", "time"])
_NUMBERS = frozenset(["integer", "decimal", "quantity", "range", "duration"])
#: Nouns and verbs of one event, by what is compared.
_SAME = {
    "birthplace of": "born-ed in",
    "birth of": "born-ed in",
    "date of birth of": "born-ed when",
    "place of death of": "die in",
    "date of death of": "die when",
    "educat-ed at": "studi at",
    "spouse of": "marri",
    "incept of": "found-ed when",
}
#: What the built-in extractor calls some of the types that people name.
_KINDS = {
    **dict.fromkeys(("human", "person", "people", "actor", "artist", "scientist"), "Person"),
    **dict.fromkeys(("author", "writer", "director", "politician", "character"), "Person"),
    **dict.fromkeys(("place", "location", "city", "town", "country", "state"), "Location"),
    **dict.fromkeys(("region", "river", "island", "mountain", "address"), "Location"),
    **dict.fromkeys(("organization", "organisation", "company", "university"), "Organization"),
    **dict.fromkeys(("institution", "school", "club", "team", "band", "party"), "Organization"),
}
_SURE = frozenset(["Person", "Location", "Organization"])


class SchemaExtractor:
    """Keeps of what another extractor finds the facts that a schema has a pattern for.

    Head and tail change places where the schema says it the other way round. Entities of no
    telling type get the one that the schema gives them. Raises `InputError` for a schema without
    a pattern.
    """

    def __init__(self, inner: Rereader, schema: Schema) -> None:
        if not schema.patterns:
            raise InputError(
                "the schema has no pattern; give it one: '(Person)-[DIRECTED]->(Film)'."
            )
        self._inner = inner
        self._schema = schema
        self._patterns: dict[str, list[_Way]] = defaultdict(list)
        for way in _ways(schema.patterns):
            self._patterns[way.key].append(way)

    @property
    def name(self) -> str:
        """The name of the extractor inside."""
        return self._inner.name

    @property
    def version(self) -> str:
        """The version of the extractor inside, and a hash of the schema."""
        return f"{self._inner.version}-{content_id('schema', str(self._schema))[:8]}"

    def extract(self, document: Document, chunks: Sequence[Chunk]) -> Extraction:
        """Return the mentions of the document and the facts of the schema.

        Raises what the extractor inside raises.
        """
        return self.extract_again(document, chunks, "")

    def extract_again(self, document: Document, chunks: Sequence[Chunk], notes: str) -> Extraction:
        """Return the same as `extract`, with the help of an earlier version's notes.

        Raises what the extractor inside raises.
        """
        found = self._inner.extract_again(document, chunks, notes)
        facts = _joined(fact for stated in found.facts for fact in self._kept(stated))
        types = _types(facts)
        mentions = tuple(_typed_mention(mention, types) for mention in found.mentions)
        return replace(
            found, mentions=mentions, facts=tuple(_typed_fact(fact, types) for fact in facts)
        )

    def _kept(self, fact: Fact) -> Iterator[Fact]:
        said = read_predicate(fact.relation)
        for way in self._patterns.get(_key(fact.relation, _is_time(fact)), ()):
            kept = fact
            if said.inverted != way.inverted and not said.symmetric:
                if not isinstance(fact.tail, Entity):
                    continue
                kept = replace(fact, head=fact.tail, tail=fact.head)
            if way.fits(kept):
                pattern = way.pattern
                typed = replace(kept, relation=pattern.relation, head=_as(kept.head, pattern.head))
                if isinstance(kept.tail, Entity):
                    typed = replace(typed, tail=_as(kept.tail, pattern.tail))
                yield typed


@dataclass(frozen=True, slots=True)
class _Way:
    """A pattern, by what its relation says."""

    key: str
    inverted: bool
    pattern: Pattern

    def fits(self, fact: Fact) -> bool:
        """Return whether the ends are of types that can meet those of the pattern."""
        if isinstance(fact.tail, Entity):
            return (
                not self.pattern.is_property
                and can_meet(fact.head, self.pattern.head)
                and can_meet(fact.tail, self.pattern.tail)
            )
        holds = _holds(self.pattern.tail, fact.tail.datatype)
        return holds and can_meet(fact.head, self.pattern.head)


def _ways(patterns: Iterable[Pattern]) -> Iterator[_Way]:
    for pattern in patterns:
        said = read_predicate(pattern.relation)
        is_time = pattern.is_property and pattern.tail in _TIMES
        yield _Way(_key(pattern.relation, is_time), said.inverted, pattern)
        # What the relation head knows under the label of a property has a name of ours.
        own = relation_names().by_label(pattern.relation)
        if own is not None:
            turned = read_predicate(own.name).inverted != own.turned
            yield _Way(_key(own.name, is_time), turned, pattern)


def _key(relation: str, is_time: bool) -> str:
    said = read_predicate(relation)
    key = _SAME.get(said.key, said.key)
    # "Born in 1867" and "born on 7 November 1867" say one thing.
    return f"{said.base} when" if is_time and said.preposition in ("in", "on", "at") else key


def _is_time(fact: Fact) -> bool:
    return not isinstance(fact.tail, Entity) and fact.tail.datatype in _TIMES


def _kind(type: str) -> str:
    return _KINDS.get(type.lower(), type)


def is_person(type: str) -> bool:
    """Return whether a type of a schema is one of people.

    >>> is_person("Actor"), is_person("Film")
    (True, False)
    """
    return _kind(type) == "Person"


def can_meet(entity: Entity, type: str) -> bool:
    """Return whether an entity, by the type that it was given when read, may be what a schema
    calls `type`.

    >>> can_meet(Entity.named("Oslo", "Location"), "Person")
    False
    """
    seen, wanted = _kind(entity.type), _kind(type)
    if seen == wanted or type in ("Thing", "Entity"):
        return True
    if wanted in _SURE:
        return seen not in _SURE and wanted != "Person"
    return seen != "Person"


def _holds(wanted: str, datatype: str) -> bool:
    families = (_TIMES, _NUMBERS)
    return wanted in (datatype, "string") or any({wanted, datatype} <= one for one in families)


def _as(entity: Entity, type: str) -> Entity:
    return entity if entity.type in _SURE else replace(entity, type=type)


def _types(facts: Iterable[Fact]) -> Mapping[str, str]:
    """Return the type that the facts give an entity most often, by id."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for fact in facts:
        for end in (fact.head, fact.tail):
            if isinstance(end, Entity):
                seen[end.id][end.type] += 1
    return {id: min(own, key=lambda t: (-own[t], t)) for id, own in seen.items()}


def _typed_mention(mention: Mention, types: Mapping[str, str]) -> Mention:
    return replace(mention, entity=_with_type(mention.entity, types))


def _typed_fact(fact: Fact, types: Mapping[str, str]) -> Fact:
    tail = _with_type(fact.tail, types) if isinstance(fact.tail, Entity) else fact.tail
    return replace(fact, head=_with_type(fact.head, types), tail=tail)


def _with_type(entity: Entity, types: Mapping[str, str]) -> Entity:
    type = types.get(entity.id, entity.type)
    return entity if type == entity.type else replace(entity, type=type)


def _joined(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return the facts by id; those that say the same rest on the evidence of all."""
    found: dict[str, Fact] = {}
    for fact in facts:
        earlier = found.get(fact.id)
        if earlier is not None:
            evidence = dict.fromkeys((*earlier.evidence, *fact.evidence))
            fact = replace(earlier, evidence=tuple(evidence))
        found[fact.id] = fact
    return tuple(found[id] for id in sorted(found))
