"""Filling: what a schema wants and the graph lacks is asked for in the texts.

What a fill gives is a function of the live records. The facts that earlier fills read are left
out of account and decided anew, so that a document that came, went or changed since then counts;
facts of any other source stand, and a slot that they fill is not asked for. Every fact rests on
a sentence, and goes with its document. Answers are kept as calls about the document that was
read: a second fill reads only what is new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from extractors.slots import SpanReader, chosen, empty_slots
from extractors.slots.questions import words_of
from kgkit.errors import InputError
from kgkit.evidence import TextEvidence, evidence_id
from kgkit.facts import Entity, Fact
from kgkit.filling_answers import Answering
from kgkit.filling_report import FilledRelation, FillReport
from kgkit.filling_texts import Texts
from kgkit.ids import identity_key, normalise_name

if TYPE_CHECKING:
    from kgkit.schema import Pattern, Schema
    from stores.ledger import Ledger

__all__ = ["fill", "unfill"]

#: What the facts of readers are marked with: "reader/1", "reader:NAME/1".
_MARK = "reader"


def fill(
    ledger: Ledger,
    schema: Schema,
    reader: SpanReader,
    *,
    threshold: float = 0.5,
    question: Callable[[Pattern, str], str] | None = None,
    about: Collection[str] | None = None,
    dry_run: bool = False,
) -> FillReport:
    """Fill the empty slots of a schema from the texts of a ledger; return what came of it.

    `about` are the ids or names of the entities to be asked about, of whatever type. Raises
    `InputError` for a schema without a pattern, a threshold outside [0, 1], a name that no
    entity bears, and what the reader raises.
    """
    _check(schema, threshold)
    entities = list(ledger.entities())
    wanted = None if about is None else _named(entities, about)
    if wanted is not None:
        entities = [entity for entity in entities if entity.id in wanted]
    texts = Texts(ledger)
    known = _Known(schema, wanted, ledger.rejected())
    slots = empty_slots(
        schema,
        entities,
        known.others(ledger.facts()),
        is_a=texts.calls if wanted is None else lambda entity, type: True,
        question=question,
    )
    answering = Answering(ledger, reader, _mark(reader), keep=not dry_run)
    asked: Counter[str] = Counter()
    filled: Counter[str] = Counter()
    facts: list[Fact] = []
    by_entity = (list(group) for _, group in groupby(slots, key=lambda slot: slot.entity.id))
    for slot, answers in answering.answers((own, texts.about(own[0].entity)) for own in by_entity):
        likely = (fact for fact in answers if _score(fact) >= threshold)
        values = chosen(slot, (fact for fact in likely if not known.forbids(fact)))
        asked[str(slot.pattern)] += 1
        filled[str(slot.pattern)] += bool(values)
        facts += values
    counts = tuple(
        FilledRelation(name, asked[name], filled[name]) for name in map(str, schema.patterns)
    )
    changed = not dry_run and _record(ledger, known, facts)
    return FillReport(tuple(facts), counts, dry_run, changed)


def unfill(ledger: Ledger, schema: Schema | None = None) -> int:
    """Withdraw what fills gave, for the relations of a schema or all; return how many facts.

    What other evidence supports stays.
    """
    relation = _relations(schema) if schema is not None else None
    facts = (f for f in ledger.facts() if relation is None or relation(f))
    own = [own for fact in facts if (own := _own_part(fact)) is not None]
    return ledger.withdraw_readings(own) if own else 0


class _Known:
    """What the facts of a graph say apart from those that earlier fills gave for a schema."""

    def __init__(
        self, schema: Schema, heads: Collection[str] | None, rejected: Iterable[Fact]
    ) -> None:
        self._relation = _relations(schema)
        self._heads = heads
        #: Facts of earlier fills that are to be decided anew, with the evidence of those fills.
        self.own: list[Fact] = []
        self._rejected = {self.says(fact) for fact in rejected}
        self._denied: set[tuple[str, str, str]] = set()

    def others(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """Yield the facts that stand; the others, and what is denied, are noted."""
        for fact in facts:
            if not fact.is_asserted:
                self._denied.update((*_ends(fact), chunk) for chunk in _chunks(fact))
            own = _own_part(fact)
            elsewhere = self._heads is not None and fact.head.id not in self._heads
            if own is None or elsewhere or not self._relation(fact):
                yield fact
                continue
            self.own.append(own)
            if len(own.evidence) < len(fact.evidence):
                yield fact

    def says(self, fact: Fact) -> tuple[str, str, str]:
        """Return what tells one value of a slot from others."""
        return (self._relation(fact), *_ends(fact))

    def forbids(self, fact: Fact) -> bool:
        """Return whether a person rejected the fact, or a passage that it rests on was read as
        denying or hedging it."""
        if self.says(fact) in self._rejected:
            return True
        return any((*_ends(fact), chunk) in self._denied for chunk in _chunks(fact))


def _relations(schema: Schema) -> Callable[[Fact], str]:
    """Return what gives the relation of a schema that a fact is of, "" where it is of none.

    A relation may be shown under a canonical name; the words that it was read from stay.
    """
    names = frozenset(schema.relations)
    by_words = {" ".join(words_of(name)): name for name in sorted(names)}
    return lambda f: f.relation if f.relation in names else by_words.get(f.predicate, "")


def _check(schema: Schema, threshold: float) -> None:
    if not schema.patterns:
        raise InputError("the schema has no pattern; give it one: '(Person)-[BORN_IN]->(Place)'.")
    if not 0 <= threshold <= 1:
        raise InputError(f"threshold={threshold} is no probability; expected one from 0 to 1")


def _named(entities: Iterable[Entity], about: Collection[str]) -> frozenset[str]:
    """Return the ids of the entities with these ids or names."""
    wanted = {about} if isinstance(about, str) else set(about)
    by_name: dict[str, set[str]] = {}
    for entity in entities:
        for name in (entity.id, *map(normalise_name, (entity.name, *entity.aliases))):
            by_name.setdefault(name, set()).add(entity.id)
    found: set[str] = set()
    for name in sorted(wanted):
        ids = by_name.get(name) or by_name.get(normalise_name(name))
        if not ids:
            raise InputError(
                f"no entity is named {name!r}; give the name or id of one in the graph"
            )
        found |= ids
    return frozenset(found)


def _mark(reader: SpanReader) -> str:
    named = "" if reader.name == _MARK else f":{reader.name}"
    return f"{_MARK}{named}/{reader.version}"


def _own_part(fact: Fact) -> Fact | None:
    """Return the fact with the evidence that readers gave it, None where they gave none."""
    own = [e for e in fact.evidence if isinstance(e, TextEvidence) and _is_own(e)]
    return fact.with_evidence(*own) if own else None


def _is_own(piece: TextEvidence) -> bool:
    return piece.extractor.partition("/")[0].partition(":")[0] == _MARK


def _ends(fact: Fact) -> tuple[str, str]:
    tail = fact.tail
    return fact.head.id, tail.id if isinstance(tail, Entity) else repr(tail.canonical())


def _chunks(fact: Fact) -> set[str]:
    return {e.chunk_id for e in fact.evidence if isinstance(e, TextEvidence)}


def _score(fact: Fact) -> float:
    return max(piece.score for piece in fact.evidence)


def _record(ledger: Ledger, known: _Known, after: Iterable[Fact]) -> bool:
    """Withdraw what no longer holds and add what is new; return whether there was any."""

    def pieces(facts: Iterable[Fact]) -> dict[tuple[str, ...], Fact]:
        return {
            (*known.says(f), evidence_id(e)): f.with_evidence(e) for f in facts for e in f.evidence
        }

    old, new = pieces(known.own), pieces(after)
    gone = [old[key] for key in sorted(old.keys() - new.keys())]
    come = [_in_own_keys(ledger, new[key]) for key in sorted(new.keys() - old.keys())]
    if gone:
        ledger.withdraw_readings(gone)
    if come:
        ledger.add_facts(come)
    return bool(gone or come)


def _in_own_keys(ledger: Ledger, fact: Fact) -> Fact:
    """Return the fact between the entities as its passage names them, not as they are merged, so
    that it stays with its own when a merge is withdrawn."""
    head = _own_key(ledger, fact.head)
    return replace(
        fact,
        head=head,
        tail=_own_key(ledger, fact.tail) if isinstance(fact.tail, Entity) else fact.tail,
    )


def _own_key(ledger: Ledger, entity: Entity) -> Entity:
    key = identity_key(entity.name, entity.type)
    if key == entity.id:
        return entity
    shown = ledger.entity(key)
    return replace(entity, id=key) if shown is not None and shown.id == entity.id else entity
