"""Rows as claims: what one chunk states, every part of it found in the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.imports.names import relation_name, role_name, type_name
from extractors.llm.anchors import Span
from extractors.llm.ends import ChunkReader, End
from extractors.llm.rejections import Rejection, RejectionKind
from extractors.llm.rows import FactRow
from kgkit.errors import InputError
from kgkit.ids import normalise_name
from kgkit.schema import Pattern, Schema

__all__ = ["Claim", "Kinds", "claim_of"]

_LONGEST_RELATION = 64
#: How far a claim is trusted whose sentence says both ends, and one whose sentence says one.
_TRUST, _LESS = 0.85, 0.75


@dataclass(frozen=True, slots=True)
class Claim:
    """What a row states, with its parts as the document says them.

    `types` are those of head and tail as far as the reply or the schema says; `span` is the
    sentence that states it, from the start of the chunk; `lost` are roles that were not found.
    """

    row: FactRow
    head: End
    relation: str
    tail: End
    types: tuple[str, str]
    roles: tuple[tuple[str, End], ...]
    span: Span
    score: float
    lost: tuple[Rejection, ...] = ()


@dataclass(frozen=True, slots=True)
class Kinds:
    """What types and relations may be: anything, or what a schema allows.

    `types` gives the type of each name in the chunk's reply, by its normalised form.
    """

    schema: Schema | None
    types: Mapping[str, str]

    def type(self, text: str) -> str | None:
        """Return an entity type, "" for none given, None for one that the schema has not."""
        if not text.strip():
            return ""
        if self.schema is None:
            return type_name(text)
        known = {name.lower(): name for name in self.schema.types}
        return known.get(text.strip().lower()) or known.get(type_name(text).lower())

    def relation(self, text: str) -> str | None:
        """Return a relation's name, None for one that the schema has not, or that is no name."""
        try:
            name = relation_name(text)
        except InputError:
            return None
        if self.schema is None:
            return name if len(name) <= _LONGEST_RELATION else None
        known = {relation.upper(): relation for relation in self.schema.relations}
        return known.get(text.strip().upper()) or known.get(name)

    def patterns(self, relation: str) -> list[Pattern]:
        """Return the schema's patterns of a relation; none without a schema."""
        patterns = self.schema.patterns if self.schema else ()
        return [pattern for pattern in patterns if pattern.relation == relation]

    def of(self, name: str, given: str) -> str:
        """Return the type of a name: as its row gives it, else as the list of entities does."""
        return self.type(given) or self.types.get(normalise_name(name), "")


def claim_of(reader: ChunkReader, kinds: Kinds, row: FactRow) -> Claim | Rejection:
    """Return what a row states, or why it is not believed."""
    relation = kinds.relation(row.relation)
    if relation is None:
        return _rejected(row, "not in schema", f"{row.relation!r} is no relation to use here")
    head = reader.name(row.head)
    if head is None:
        return _rejected(row, "not found", f"the text does not say the head {row.head!r}")
    if normalise_name(row.head) not in kinds.types and reader.value(row.head) is not None:
        return _rejected(row, "incomplete", f"the head {row.head!r} is a value and no entity")
    patterns = kinds.patterns(relation)
    tail = _tail(reader, kinds, row, patterns)
    if tail is None:
        return _rejected(row, "not found", f"the text does not say the tail {row.tail!r}")
    if tail.literal is None and normalise_name(head.text) == normalise_name(tail.text):
        return _rejected(row, "empty", f"both ends are {head.text!r}")
    if not head.spans and not tail.spans:
        return _rejected(row, "not found", "the passage says neither end")
    span, both = _sentence(reader.sentences, row.sentence, head.spans, tail.spans)
    types = kinds.of(row.head, row.head_type), kinds.of(row.tail, row.tail_type)
    roles, lost = _roles(reader, kinds, row)
    score = _TRUST if both else _LESS
    return Claim(row, head, relation, tail, _completed(types, patterns), roles, span, score, lost)


def _roles(
    reader: ChunkReader, kinds: Kinds, row: FactRow
) -> tuple[tuple[tuple[str, End], ...], tuple[Rejection, ...]]:
    """Return the roles of a row that the chunk says, and the others as rejections."""
    found: dict[str, tuple[str, End]] = {}
    lost: list[Rejection] = []
    for each in row.roles:
        end = _filler(reader, kinds, each.value)
        name = _role(each.role)
        if end is None:
            reason = f"the text does not say the {each.role} {each.value!r}"
            lost.append(_rejected(row, "not found", reason))
        elif not name:
            lost.append(_rejected(row, "incomplete", f"{each.role!r} is no role"))
        else:
            found.setdefault(f"{name} {end.text}", (name, end))
    return tuple(found.values()), tuple(lost)


def _role(text: str) -> str:
    try:
        return role_name(text)
    except InputError:
        return ""


def _tail(
    reader: ChunkReader, kinds: Kinds, row: FactRow, patterns: Sequence[Pattern]
) -> End | None:
    if patterns and all(pattern.is_property for pattern in patterns):
        return reader.value(row.tail) or reader.text(row.tail)
    if any(pattern.is_property for pattern in patterns) or not patterns:
        return _filler(reader, kinds, row.tail)
    return reader.name(row.tail)


def _filler(reader: ChunkReader, kinds: Kinds, words: str) -> End | None:
    """Return an end that may be a name or a value; what is listed as an entity is a name."""
    if normalise_name(words) in kinds.types:
        return reader.name(words)
    return reader.value(words) or reader.name(words)


def _completed(types: tuple[str, str], patterns: Sequence[Pattern]) -> tuple[str, str]:
    """Return types with those filled in that the schema leaves no choice of."""
    fitting = [
        p
        for p in patterns
        if types[0] in ("", p.head) and (p.is_property or types[1] in ("", p.tail))
    ]
    heads = {p.head for p in fitting}
    tails = {p.tail for p in fitting if not p.is_property}
    head = types[0] or (heads.pop() if len(heads) == 1 else "")
    return head, types[1] or (tails.pop() if len(tails) == 1 else "")


def _sentence(
    sentences: Sequence[Span], given: int, heads: Sequence[Span], tails: Sequence[Span]
) -> tuple[Span, bool]:
    """Return the sentence that states a fact, and whether it says both ends.

    That is the one given, if it says an end that no other sentence says together with the
    other end; else the first that says both; else the first that says one, on to the other.
    """
    both = [s for s in sentences if _says(s, heads) and _says(s, tails)]
    own = sentences[given - 1] if 0 < given <= len(sentences) else None
    if own is not None and own in both:
        return own, True
    if own is not None and (_says(own, heads) or _says(own, tails)):
        return own, False
    if both:
        return both[0], True
    first = next((s for s in sentences if _says(s, heads)), None)
    second = next((s for s in sentences if _says(s, tails)), None)
    found = [s for s in (first, second) if s is not None]
    if not found:  # a name across two sentences
        ends = [*heads[:1], *tails[:1]]
        return (min(start for start, _ in ends), max(end for _, end in ends)), False
    return (min(start for start, _ in found), max(end for _, end in found)), False


def _says(sentence: Span, spans: Sequence[Span]) -> bool:
    return any(sentence[0] <= start and end <= sentence[1] for start, end in spans)


def _rejected(row: FactRow, kind: RejectionKind, reason: str) -> Rejection:
    return Rejection.of(kind, row.model_dump_json(exclude_defaults=True), reason)
