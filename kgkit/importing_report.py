"""What became of an import: each source with its counts, and what was refused."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

__all__ = ["ImportReport", "ImportStatus"]

_SINGULAR = {
    "sources": "source",
    "documents": "document",
    "new facts": "new fact",
    "rows refused": "row refused",
}


@dataclass(frozen=True, slots=True)
class ImportStatus:
    """What became of one source: what it added, the rows refused, or in `error` why it failed.

    `facts` counts those that the graph did not hold; `refusals` are the first of the refused rows,
    a sentence each.
    """

    path: str
    format: str
    status: Literal["imported", "failed"]
    documents: int = 0
    facts: int = 0
    refused: int = 0
    refusals: tuple[str, ...] = ()
    error: str | None = None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Every source of an import with its status, and how long it took.

    >>> print(ImportReport((ImportStatus("a.csv", "triples", "imported", facts=2, refused=1,
    ...     refusals=("a.csv, row 3: the tail is empty",)),)))
    1 source: 1 imported; 0 documents, 2 new facts, 1 row refused in 0.0 s
      refused: a.csv, row 3: the tail is empty
    """

    sources: tuple[ImportStatus, ...]
    seconds: float = 0.0

    @property
    def failed(self) -> tuple[ImportStatus, ...]:
        """The sources that could not be read to their end."""
        return tuple(s for s in self.sources if s.status == "failed")

    @property
    def totals(self) -> dict[str, int]:
        """Sums over the sources: sources, imported, failed, documents, facts, refused."""
        return {
            "sources": len(self.sources),
            "imported": len(self.sources) - len(self.failed),
            "failed": len(self.failed),
            "documents": sum(s.documents for s in self.sources),
            "facts": sum(s.facts for s in self.sources),
            "refused": sum(s.refused for s in self.sources),
        }

    def to_dict(self) -> dict[str, object]:
        """Return totals, seconds and sources as plain values, ready for JSON."""
        sources = [asdict(s) for s in self.sources]
        return {"totals": self.totals, "seconds": round(self.seconds, 2), "sources": sources}

    def __str__(self) -> str:
        totals = self.totals
        states = [f"{totals[state]} {state}" for state in ("imported", "failed") if totals[state]]
        counts = [("documents", "documents"), ("facts", "new facts"), ("refused", "rows refused")]
        found = [_count(totals[name], shown) for name, shown in counts]
        lines = [
            f"{_count(totals['sources'], 'sources')}: {', '.join(states) or 'nothing to do'}; "
            f"{', '.join(found)} in {self.seconds:.1f} s"
        ]
        for source in self.sources:
            lines += [f"  refused: {refusal}" for refusal in source.refusals]
            if (hidden := source.refused - len(source.refusals)) > 0:
                lines.append(f"  refused: {hidden:,} more of {source.path}")
        lines += [f"  failed: {source.error}" for source in self.failed]
        return "\n".join(lines)


def _count(n: int, plural: str) -> str:
    return f"{n:,} {plural}" if n != 1 else f"1 {_SINGULAR[plural]}"
