"""The quality report of a graph, computed from what its ledger holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Protocol

from kgkit.evidence import Evidence, ModelEvidence, TextEvidence
from kgkit.facts import Entity, Fact, Literal, Modality, Polarity
from kgkit.rejections import kept_rejections
from kgkit.report.quality import Band, Conflict, EmptyChunk, QualityReport

if TYPE_CHECKING:
    from kgkit.schema import Schema
    from stores.ledger import Ledger

__all__ = ["Rejected", "assess"]

#: The borders of the bands of confidence.
_BORDERS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
#: Times that happen once, by the relations that tell them.
_ONCE = {
    "birth": ("BORN_ON", "BORN_IN", "BIRTH_DATE", "DATE_OF_BIRTH"),
    "death": ("DIE_ON", "DIE_IN", "DIED_ON", "DIED_IN", "DEATH_DATE", "DATE_OF_DEATH"),
    "founding": ("FOUNDED_IN", "FOUNDED_ON", "ESTABLISHED_IN", "INCEPTION"),
}
_HAPPENS = {relation: event for event, relations in _ONCE.items() for relation in relations}
_TIMES = frozenset(["date", "dateTime", "gYear", "gYearMonth"])


class Rejected(Protocol):
    """A row that an extractor did not believe."""

    @property
    def kind(self) -> str:
        """The reason, in a word or two to count by."""


def assess(
    ledger: Ledger,
    *,
    schema: Schema | None = None,
    single_valued: Collection[str] = (),
    rejections: Iterable[Rejected] = (),
    top: int = 10,
) -> QualityReport:
    """Return the quality report of a ledger; it reads every fact and chunk once.

    Predicates count as unaligned where `schema` does not know their relation; without a schema
    all that were read off a text do. Two times of birth, death or founding are a conflict unless
    one only says more than the other, and so are two values of a relation in `single_valued`.
    Rows that extractors did not believe are counted as builds kept them, and `rejections` are
    others to count with them. The first `top` of each list are named.
    """
    seen = _Seen(frozenset(schema.relations) if schema else frozenset(), frozenset(single_valued))
    for fact in ledger.facts():
        seen.add(fact)
    empty, first = _empty_chunks(ledger, seen.chunks, top)
    rejected = kept_rejections(ledger) + Counter(each.kind for each in rejections)
    rejected["by a person"] += sum(1 for _ in ledger.rejected())
    conflicts = sorted(seen.conflicts(), key=lambda c: (-c.values[1][1], c.head, c.about))
    counts = ledger.counts()
    return QualityReport(
        counts={
            "documents": counts["documents"],
            "chunks": counts["chunks"],
            "facts": counts["facts"],
            "denied": seen.denied,
            "hedged": seen.hedged,
        },
        extractors=_ranked(seen.sources),
        bands=seen.bands(),
        rejected=_ranked(+rejected),
        empty_chunks=first,
        unaligned=tuple(list(_ranked(seen.predicates).items())[:top]),
        conflicts=tuple(conflicts[:top]),
        totals={
            "empty_chunks": empty,
            "unaligned": len(seen.predicates),
            "conflicts": len(conflicts),
        },
    )


@dataclass(slots=True)
class _Seen:
    """What has been learnt from the facts so far."""

    known: frozenset[str]
    single: frozenset[str]
    denied: int = 0
    hedged: int = 0
    sources: Counter[str] = field(default_factory=Counter)
    predicates: Counter[str] = field(default_factory=Counter)
    confidences: Counter[int] = field(default_factory=Counter)
    expected: dict[int, float] = field(default_factory=dict)
    chunks: set[str] = field(default_factory=set)
    claims: dict[tuple[str, str], list[Fact]] = field(default_factory=dict)

    def add(self, fact: Fact) -> None:
        """Count one fact."""
        self.denied += fact.polarity is Polarity.NEGATIVE
        self.hedged += fact.modality is Modality.HEDGED
        for source in {_source(evidence) for evidence in fact.evidence}:
            self.sources[source] += 1
        texts = [e.chunk_id for e in fact.evidence if isinstance(e, TextEvidence)]
        self.chunks.update(texts)
        if fact.relation not in self.known and (texts or self.known):
            self.predicates[fact.predicate or fact.relation] += 1
        confidence = fact.confidence
        band = max(i for i, border in enumerate(_BORDERS[:-1]) if confidence >= border)
        self.confidences[band] += 1
        self.expected[band] = self.expected.get(band, 0.0) + confidence
        about = _about(fact, self.single)
        if about and fact.is_asserted:
            self.claims.setdefault((fact.head.id, about), []).append(fact)

    def bands(self) -> tuple[Band, ...]:
        """Return the bands that hold any facts, lowest first."""
        return tuple(
            Band(_BORDERS[i], _BORDERS[i + 1], self.confidences[i], round(self.expected[i], 2))
            for i in sorted(self.confidences)
        )

    def conflicts(self) -> Iterator[Conflict]:
        """Yield the values of each head that cannot all be true."""
        for (_, about), facts in self.claims.items():
            if any(_clash(a.tail, b.tail) for a, b in combinations(facts, 2)):
                values: dict[str, tuple[str, float, str]] = {}
                for fact in sorted(facts, key=lambda f: (-f.confidence, f.id)):
                    shown = _shown(fact.tail)
                    values.setdefault(shown, (shown, fact.confidence, fact.id))
                if len(values) > 1:
                    yield Conflict(facts[0].head.name, about, tuple(values.values()))


def _source(evidence: Evidence) -> str:
    if isinstance(evidence, TextEvidence):
        return evidence.extractor
    return evidence.model if isinstance(evidence, ModelEvidence) else evidence.kind


def _about(fact: Fact, single: frozenset[str]) -> str:
    """Return what the fact gives the one value of, empty where there may be several."""
    tail = fact.tail
    if isinstance(tail, Literal) and tail.datatype in _TIMES and fact.relation in _HAPPENS:
        return _HAPPENS[fact.relation]
    return fact.relation if fact.relation in single else ""


def _clash(one: Entity | Literal, other: Entity | Literal) -> bool:
    if isinstance(one, Entity) or isinstance(other, Entity):
        return isinstance(one, Entity) and isinstance(other, Entity) and one.id != other.id
    if one.datatype in _TIMES and other.datatype in _TIMES:
        shorter, longer = sorted((_shown(one), _shown(other)), key=len)
        return not longer.startswith(shorter)  # "1867" only says less than "1867-11-07"
    return one.canonical() != other.canonical()


def _shown(value: Entity | Literal) -> str:
    if isinstance(value, Entity):
        return value.name
    held = value.value
    shown = held.isoformat() if isinstance(held, date) else str(held)
    return f"{shown} {value.unit}" if value.unit else shown


def _empty_chunks(ledger: Ledger, used: set[str], top: int) -> tuple[int, tuple[EmptyChunk, ...]]:
    unused = [chunk for chunk in ledger.chunks() if chunk.id not in used]
    named = {m.chunk_id for m in ledger.mentions(chunk_ids=[chunk.id for chunk in unused])}
    empty = [chunk for chunk in unused if chunk.id not in named]
    uris = {d.id: d.uri for d in ledger.documents(ids={c.document_id for c in empty})}
    found = sorted((uris[c.document_id], c.start, c.text[:60]) for c in empty)
    return len(found), tuple(EmptyChunk(*each) for each in found[:top])


def _ranked(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
