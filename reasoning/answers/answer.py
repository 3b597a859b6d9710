"""What asking gives: an answer with checked citations, or a refusal that names what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from typing import Literal as OneOf

if TYPE_CHECKING:
    from reasoning.explaining import Explanation

__all__ = ["Answer", "Citation", "Reason", "Refusal", "Source", "Step"]

#: Why there is no answer: nothing stored; a name unknown; names known but no fact; too unsure.
Reason = OneOf["empty_graph", "unknown_names", "no_fact", "low_support"]

#: Where an answer comes from: a fact of the graph; a sentence read for the question; a model's own
#: memory; facts that contradict each other; nowhere.
Source = OneOf["graph", "text", "model", "conflict", "none"]


@dataclass(frozen=True, slots=True)
class Citation:
    """One sentence that supports the answer: `quote` is the document's text[start:end].

    `fact` is the fact it supports, "(head)-[RELATION]->(tail)", or None for a sentence that
    answers by itself. A fact that came from a table or a person has no text: its `quote` is empty
    and `document_uri` names the source.
    """

    number: int
    document_uri: str
    title: str
    start: int
    end: int
    quote: str
    fact: str | None = None

    def __str__(self) -> str:
        source = f"{self.title} ({self.document_uri})" if self.title else self.document_uri
        said = f'"{_one_line(self.quote)}"' if self.quote else self.fact
        return f"[{self.number}] {source}: {said}"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done for the answer: `action` is linked, followed, read, compared,
    checked, counted or defined; `detail` says on what and why."""

    action: str
    detail: str

    def __str__(self) -> str:
        return f"{self.action} {self.detail}"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer: the kind, and one sentence that says what is missing."""

    kind: Reason
    detail: str

    def __str__(self) -> str:
        return self.detail


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question, with what it rests on.

    `text` is short where it can be (a name, a date, "Yes") and empty when `missing` says why
    there is none; `confidence` is the estimated probability in [0, 1] that it is right, to 4
    decimals. A refusal may cite what comes closest. `source` says where the answer comes from,
    `program` is the text of the logical form that was run, "" where none was, and `support` in
    [0, 1] what facts and texts together gave the answer before it was made a probability.
    """

    question: str
    text: str
    citations: tuple[Citation, ...] = ()
    plan: tuple[Step, ...] = ()
    confidence: float = 0.0
    missing: Refusal | None = None
    source: Source = "none"
    program: str = ""
    support: float = 0.0
    explained: bool = False

    def __bool__(self) -> bool:
        return self.missing is None

    def __str__(self) -> str:
        marks = " ".join(f"[{citation.number}]" for citation in self.citations)
        said = self.text if self.missing is None else self.missing.detail
        return "\n".join([f"{said} {marks}".rstrip(), *map(str, self.citations)])

    def explain(self) -> Explanation:
        """Return the steps as a table, and plan and evidence as pictures."""
        from reasoning.explaining import explain

        return explain(self)

    def _repr_html_(self) -> str:
        if self.explained:
            return self.explain()._repr_html_()
        said = self.text if self.missing is None else self.missing.detail
        rows = "".join(
            f"<li value='{c.number}'><q>{escape(_one_line(c.quote or c.fact or ''))}</q> "
            f"<small>{escape(c.title or c.document_uri)}</small></li>"
            for c in self.citations
        )
        steps = "".join(f"<li>{escape(str(step))}</li>" for step in self.plan)
        tag = "b" if self.missing is None else "i"
        return (
            f"<{tag}>{escape(said)}</{tag}> <small>({self.confidence:.2f})</small><ol>{rows}</ol>"
            f"<details><summary>plan</summary><ol>{steps}</ol></details>"
        )


def _one_line(text: str) -> str:
    return " ".join(text.split())
