"""How good a graph is, as far as its own records tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from html import escape
from types import MappingProxyType

__all__ = ["Band", "Conflict", "EmptyChunk", "QualityReport"]

_NOTHING: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Band:
    """How many facts have a confidence in [low, high), the last band's `high` included, and how
    many of them should be right if the confidences hold."""

    low: float
    high: float
    facts: int
    expected: float


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values that cannot all be true: the head's name, what they are values of ("birth"), and
    each value with the confidence and the id of its surest fact, the surest first."""

    head: str
    about: str
    values: tuple[tuple[str, float, str], ...]


@dataclass(frozen=True, slots=True)
class EmptyChunk:
    """A chunk in which neither a name nor a fact was found: where, and how it begins."""

    document_uri: str
    start: int
    text: str


@dataclass(frozen=True, slots=True, repr=False)
class QualityReport:
    """What a graph holds, where it comes from, how sure it is and what looks wrong.

    `counts` has documents, chunks, facts, and of these `denied` and `hedged`; `extractors` counts
    facts by what they rest on ("mini/1", "import", "person"); `rejected` counts rows that were
    not believed, by reason; `unaligned` are the predicates that no schema knows, with how many
    facts they make. `empty_chunks`, `unaligned` and `conflicts` show the first of `totals`.

    >>> bands = (Band(0.5, 0.8, 1, 0.6), Band(0.8, 1.0, 3, 2.7))
    >>> print(QualityReport({"documents": 1, "chunks": 2, "facts": 4}, bands=bands))
    4 facts in 1 document; 3 should be right
      confidence   0.5-0.8: 1, 0.8-1: 3
    """

    counts: Mapping[str, int]
    extractors: Mapping[str, int] = field(default_factory=lambda: _NOTHING)
    bands: tuple[Band, ...] = ()
    rejected: Mapping[str, int] = field(default_factory=lambda: _NOTHING)
    empty_chunks: tuple[EmptyChunk, ...] = ()
    unaligned: tuple[tuple[str, int], ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    totals: Mapping[str, int] = field(default_factory=lambda: _NOTHING)

    @property
    def expected(self) -> float:
        """How many facts should be right if the confidences hold."""
        return sum(band.expected for band in self.bands)

    def to_dict(self) -> dict[str, object]:
        """Return all of it as plain values, ready for JSON."""
        return {
            "counts": dict(self.counts),
            "expected": round(self.expected, 1),
            "extractors": dict(self.extractors),
            "bands": [asdict(band) for band in self.bands],
            "rejected": dict(self.rejected),
            "empty_chunks": [asdict(chunk) for chunk in self.empty_chunks],
            "unaligned": [{"predicate": name, "facts": count} for name, count in self.unaligned],
            "conflicts": [_conflict(conflict) for conflict in self.conflicts],
            "totals": dict(self.totals),
        }

    def rows(self) -> list[tuple[str, str]]:
        """Return what there is to say as (what, words), one row for each part that is not empty."""
        total = {n: self.totals.get(n, 0) for n in ("empty_chunks", "unaligned", "conflicts")}
        predicates = (f"{name} ({count:,})" for name, count in self.unaligned)
        rows = [
            ("polarity", _listed({n: self.counts.get(n, 0) for n in ("denied", "hedged")})),
            ("source", _listed(self.extractors)),
            ("confidence", ", ".join(f"{b.low:g}-{b.high:g}: {b.facts:,}" for b in self.bands)),
            ("rejected", _listed(self.rejected)),
            ("empty chunks", _first(total["empty_chunks"], map(_chunk, self.empty_chunks))),
            ("unaligned", _first(total["unaligned"], predicates)),
            ("conflicts", _first(total["conflicts"], map(_told, self.conflicts))),
        ]
        return [(what, words) for what, words in rows if words]

    @property
    def headline(self) -> str:
        """One sentence: how many facts in how many documents, and how many should be right."""
        facts, documents = self.counts.get("facts", 0), self.counts.get("documents", 0)
        first = f"{facts:,} fact{'s' * (facts != 1)} in {documents:,} document"
        return f"{first}{'s' * (documents != 1)}; {round(self.expected):,} should be right"

    def __str__(self) -> str:
        return "\n".join([self.headline, *(f"  {what:12} {words}" for what, words in self.rows())])

    def __repr__(self) -> str:
        return f"<QualityReport: {self.headline}>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th style='text-align:left'>{escape(what)}</th>"
            f"<td style='text-align:left'>{escape(words)}</td></tr>"
            for what, words in self.rows()
        )
        return f"<p>{escape(self.headline)}</p><table>{rows}</table>"


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items() if count)


def _first(total: int, shown: Iterable[str]) -> str:
    words = list(shown)
    if not total:
        return ""
    rest = total - len(words)
    return f"{total:,}: {'; '.join(words)}" + (f"; and {rest:,} more" if rest > 0 else "")


def _chunk(chunk: EmptyChunk) -> str:
    return f"{chunk.document_uri} at {chunk.start:,}"


def _told(conflict: Conflict) -> str:
    values = " or ".join(f"{value} ({confidence:.2f})" for value, confidence, _ in conflict.values)
    return f"{conflict.about} of {conflict.head}: {values}"


def _conflict(conflict: Conflict) -> dict[str, object]:
    values = [{"value": v, "confidence": c, "fact": id} for v, c, id in conflict.values]
    return {"head": conflict.head, "about": conflict.about, "values": values}
