"""What a fill asked for, and what came of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from html import escape

from kgkit.evidence import TextEvidence
from kgkit.facts import Entity, Fact

__all__ = ["FillReport", "FilledRelation"]


@dataclass(frozen=True, slots=True)
class FilledRelation:
    """Of a schema's pattern: how many slots were `asked` for and how many `filled`."""

    pattern: str
    asked: int
    filled: int

    @property
    def empty(self) -> int:
        """How many slots no passage answers."""
        return self.asked - self.filled


@dataclass(frozen=True, slots=True, repr=False)
class FillReport:
    """The `facts` that fill slots now, each with the sentences it rests on, and counts by pattern.

    `changed` is False when the graph held exactly these already, or with `dry_run`.

    >>> print(FillReport((), (FilledRelation("(Person)-[BORN_IN]->(Place)", 3, 1),)))
    1 of 3 slots filled
      (Person)-[BORN_IN]->(Place)  1 of 3
    """

    facts: tuple[Fact, ...]
    relations: tuple[FilledRelation, ...]
    dry_run: bool = False
    changed: bool = False

    @property
    def asked(self) -> int:
        """How many slots were asked for."""
        return sum(each.asked for each in self.relations)

    @property
    def filled(self) -> int:
        """How many of them have a value now."""
        return sum(each.filled for each in self.relations)

    @property
    def empty(self) -> int:
        """How many are left empty."""
        return self.asked - self.filled

    def to_dict(self) -> dict[str, object]:
        """Return all of it as plain values, ready for JSON."""
        return {
            "asked": self.asked,
            "filled": self.filled,
            "empty": self.empty,
            "dry_run": self.dry_run,
            "changed": self.changed,
            "relations": [asdict(each) | {"empty": each.empty} for each in self.relations],
            "facts": [_told(fact) for fact in self.facts],
        }

    def __str__(self) -> str:
        would = "would be " if self.dry_run else ""
        lines = [f"{self.filled:,} of {self.asked:,} slots {would}filled"]
        lines += [f"  {r.pattern}  {r.filled:,} of {r.asked:,}" for r in self.relations]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<FillReport: {str(self).splitlines()[0]}>"

    def _repr_html_(self) -> str:
        first = str(self).splitlines()[0]
        rows = "".join(
            f"<tr><td style='text-align:left'>{escape(str(fact))}</td>"
            f"<td>{fact.confidence:.2f}</td></tr>"
            for fact in self.facts
        )
        return f"<p>{escape(first)}</p><table>{rows}</table>"


def _told(fact: Fact) -> dict[str, object]:
    tail = fact.tail
    value = tail.name if isinstance(tail, Entity) else str(tail.value)
    said = [
        {"document": e.document_id, "start": e.start, "end": e.end, "score": e.score}
        for e in fact.evidence
        if isinstance(e, TextEvidence)
    ]
    return {
        "id": fact.id,
        "head": fact.head.name,
        "relation": fact.relation,
        "tail": value,
        "confidence": fact.confidence,
        "evidence": said,
    }
