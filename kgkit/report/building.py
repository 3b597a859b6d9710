"""What a build says about itself: while it runs, and when it is done.

The library never prints. `kg.build(..., progress=f)` calls `f` with a `ProgressEvent` after each
step and returns a `BuildReport`; the command line and notebooks show both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from html import escape
from typing import Literal

from kgkit.report.quality import QualityReport

__all__ = ["BuildReport", "InputStatus", "Progress", "ProgressEvent", "Stage", "Status"]

#: What became of an input.
Status = Literal["built", "unchanged", "failed"]

#: The steps of a build, in order.
Stage = Literal["read", "extract", "project"]


@dataclass(frozen=True, slots=True)
class ProgressEvent:
    """`done` of `total` items of a stage are through, the last one being `item`."""

    stage: Stage
    done: int
    total: int
    item: str = ""


#: What `progress=` takes.
Progress = Callable[[ProgressEvent], None]


@dataclass(frozen=True, slots=True)
class InputStatus:
    """What became of one input: how much was found in it, or in `error` why it failed."""

    path: str
    status: Status
    documents: int = 0
    chunks: int = 0
    facts: int = 0
    error: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class BuildReport:
    """Every input of a build with its status, how long the build took, and the `quality` of the
    graph that came of it, where it was looked at.

    >>> report = BuildReport((InputStatus("a.txt", "built", 1, 2, 9),
    ...                       InputStatus("b.pdf", "failed", error="b.pdf is not a PDF")), 1.5)
    >>> print(report)
    2 inputs: 1 built, 1 failed; 1 document, 2 chunks, 9 facts in 1.5 s
      failed: b.pdf is not a PDF
    """

    inputs: tuple[InputStatus, ...]
    seconds: float = 0.0
    quality: QualityReport | None = None

    @property
    def failed(self) -> tuple[InputStatus, ...]:
        """The inputs that could not be read."""
        return tuple(i for i in self.inputs if i.status == "failed")

    @property
    def totals(self) -> dict[str, int]:
        """Sums over the inputs: inputs, built, unchanged, failed, documents, chunks, facts."""
        statuses = [i.status for i in self.inputs]
        return {
            "inputs": len(self.inputs),
            "built": statuses.count("built"),
            "unchanged": statuses.count("unchanged"),
            "failed": statuses.count("failed"),
            "documents": sum(i.documents for i in self.inputs),
            "chunks": sum(i.chunks for i in self.inputs),
            "facts": sum(i.facts for i in self.inputs),
        }

    def to_dict(self) -> dict[str, object]:
        """Return totals, seconds, inputs and quality as plain values, ready for JSON."""
        told: dict[str, object] = {
            "totals": self.totals,
            "seconds": round(self.seconds, 2),
            "inputs": [asdict(i) for i in self.inputs],
        }
        if self.quality is not None:
            told["quality"] = self.quality.to_dict()
        return told

    def __str__(self) -> str:
        totals = self.totals
        states = [f"{totals[s]} {s}" for s in ("built", "unchanged", "failed") if totals[s]]
        found = [_count(totals[thing], thing) for thing in ("documents", "chunks", "facts")]
        first = _count(totals["inputs"], "inputs") + (": " + ", ".join(states) if states else "")
        lines = [f"{first}; {', '.join(found)} in {self.seconds:.1f} s"]
        lines += [f"  failed: {i.error or i.path}" for i in self.failed]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<BuildReport: {self}>"  # not every input: there may be thousands

    def _repr_html_(self) -> str:
        first, *failures = str(self).splitlines()
        items = "".join(f"<li>{escape(line.strip())}</li>" for line in failures)
        shown = f"<p>{escape(first)}</p>" + (f"<ul>{items}</ul>" if items else "")
        return shown + (self.quality._repr_html_() if self.quality is not None else "")


def _count(n: int, plural: str) -> str:
    return f"{n:,} {plural if n != 1 else plural.removesuffix('s')}"
