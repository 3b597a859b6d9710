"""An answer explained: its steps as a table, its plan and its evidence as pictures."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from kgkit.errors import InputError
from reasoning.answers.answer import Answer
from reasoning.explaining.evidence import draw_evidence
from reasoning.explaining.picture import NOTHING, Picture
from reasoning.explaining.plans import draw_program
from reasoning.explaining.svg import to_svg
from reasoning.logic.forms import Program
from reasoning.logic.reading import parse

__all__ = ["Explanation", "explain"]

_STYLE = (
    "body{font-family:sans-serif;max-width:60em;margin:2em auto;color:#222}"
    "table{border-collapse:collapse}td,th{padding:.2em .8em;text-align:left;vertical-align:top;"
    "border-bottom:1px solid #ddd}svg{max-width:100%}q{font-style:italic}"
)


@dataclass(frozen=True, slots=True, repr=False)
class Explanation:
    """How an answer came about: what it rests on, and what was done for it.

    `program` is the logical form that was run, "" for none; `plan` and `evidence` are pictures,
    empty where there is nothing to draw. It shows itself in a notebook and writes itself as a
    page of its own.
    """

    answer: Answer
    program: str = ""
    plan: Picture = NOTHING
    evidence: Picture = NOTHING

    @property
    def rows(self) -> tuple[tuple[int, str, str], ...]:
        """The steps: number from 1, what was done, and on what."""
        return tuple((n, s.action, s.detail) for n, s in enumerate(self.answer.plan, 1))

    @property
    def svg(self) -> str:
        """The picture of the evidence, or of the plan where there is no evidence."""
        return to_svg(self.evidence or self.plan, title=self.answer.question)

    @property
    def html(self) -> str:
        """A page that needs nothing else: no script, no file, no network."""
        title = escape(self.answer.question)
        return (
            f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
            f"<style>{_STYLE}</style></head>\n<body>{self._repr_html_()}</body></html>\n"
        )

    def write(self, path: str | Path) -> Path:
        """Write the page (.html) or the picture (.svg); return where.

        Raises `InputError` for another ending.
        """
        place = Path(path)
        texts = {".html": self.html, ".svg": self.svg}
        if place.suffix.lower() not in texts:
            raise InputError(
                f"{place.name!r} says no format; expected a name that ends in .html or .svg"
            )
        text = texts[place.suffix.lower()]
        place.write_text(text, encoding="utf-8", errors="replace", newline="\n")
        return place

    def __repr__(self) -> str:
        return f"<Explanation of {self.answer.question!r}: {len(self.rows)} steps>"

    def __str__(self) -> str:
        lines = [self.answer.question, str(self.answer)]
        lines += [f"{number}. {action} {detail}" for number, action, detail in self.rows]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        answer = self.answer
        said = answer.text if answer.missing is None else answer.missing.detail
        steps = "".join(
            f"<tr><td>{number}</td><td>{escape(action)}</td><td>{escape(detail)}</td></tr>"
            for number, action, detail in self.rows
        )
        cited = "".join(
            f'<li value="{c.number}"><q>{escape(" ".join(c.quote.split()) or c.fact or "")}</q> '
            f"<small>{escape(c.title or c.document_uri)}</small></li>"
            for c in answer.citations
        )
        parts = [
            f"<h3>{escape(answer.question)}</h3>",
            f"<p><b>{escape(said)}</b> <small>({answer.confidence:.2f})</small></p>",
            f"<ol>{cited}</ol>" if cited else "",
            f"<h4>Evidence</h4>{to_svg(self.evidence)}" if self.evidence else "",
            f"<h4>Plan</h4><pre>{escape(self.program)}</pre>" if self.program else "",
            to_svg(self.plan) if self.plan else "",
            f"<h4>Steps</h4><table><tr><th></th><th>step</th><th>on what</th></tr>{steps}</table>"
            if steps
            else "",
        ]
        return "\n".join(part for part in parts if part)


def explain(answer: Answer, program: Program | None = None) -> Explanation:
    """Return an answer explained; `program` is a logical form in the place of the answer's own.

    >>> print(explain(Answer("Who?", "Ada")).rows)
    ()
    """
    if program is None and answer.program:
        program = parse(answer.program)
    return Explanation(
        answer,
        str(program) if program is not None else "",
        draw_program(program) if program is not None else NOTHING,
        draw_evidence(answer),
    )
