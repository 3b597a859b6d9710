"""Answering by plan: the plans of a question are run, and the surest chain of bindings answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kgkit.evidence import TextEvidence
from kgkit.facts import Entity, Fact, Literal
from reasoning.answers.answer import Answer, Citation, Source, Step
from reasoning.answers.asking import Planning
from reasoning.answers.cite import cite_fact, cite_sentence, numbered
from reasoning.answers.literals import written
from reasoning.answers.near import is_hedged
from reasoning.answers.question import Question
from reasoning.answers.tell import listing, sure
from reasoning.answers.view import FactView
from reasoning.answers.words import fold
from reasoning.executing.cascade import Finder
from reasoning.executing.execute import execute
from reasoning.executing.linked import READ_BESIDE
from reasoning.executing.making import READ_BY
from reasoning.executing.outcome import Outcome
from reasoning.executing.same import same
from reasoning.executing.shape import given
from reasoning.logic.forms import Condition
from reasoning.logic.tables import Row, Table
from reasoning.logic.values import Cell
from reasoning.planning.plan import Failure, Known

__all__ = ["answer_of", "heeding", "is_conflict", "run_plans", "support_of"]

#: With an answer as sure as the first, no further plan is run; of the plans the first few are.
_ENOUGH, _PLANS = 0.5, 3
#: What else is as sure as this share of the best is an answer too, where several are asked for.
_FELLOW, _MOST = 0.6, 7
#: What is left of a plan's answer when the plan does not heed all names of the question.
_MISSED = 0.5
#: What is left of an answer that its sentence only reports.
_HEDGED = 0.6


def run_plans(
    question: str,
    known: Known,
    planner: Planning,
    finder: Finder,
    conditions: Sequence[Condition] = (),
) -> list[Outcome]:
    """Return the outcomes of a question's plans, the surest first.

    Plans are run until one answers surely; when all have failed, once more those that the planner
    makes on being told which step of which plan failed and why.
    """
    outcomes: list[Outcome] = []
    tried: set[str] = set()
    failures: tuple[Failure, ...] = ()
    for _ in range(2):
        for plan in planner(question, replace(known, failures=failures))[:_PLANS]:
            text = str(plan.program)
            if text in tried or finder.meter.is_spent:
                continue
            tried.add(text)
            outcomes.append(execute(plan, finder, conditions=conditions))
            if support_of(outcomes[-1]) >= _ENOUGH:
                break
        failures = tuple(each.failure for each in outcomes if each.failure is not None)
        if any(len(each.table) for each in outcomes) or not failures:
            break
    return sorted(outcomes, key=lambda each: -support_of(each))


def heeding(outcome: Outcome, asked: Question) -> Outcome:
    """Return an outcome without rows that only say a name of the question again, unless one of
    its names is asked for; what a plan that leaves a name out found is trusted less."""
    table = outcome.table
    program = fold(str(outcome.plan.program))
    missed = any(fold(name.text) not in program for name in asked.names)
    factor = _MISSED if missed or asked.successor else 1.0
    chosen = table.columns and table.columns[-1] in {*given(outcome.plan.program)}
    said = {fold(name.text) for name in asked.names} if not chosen else set()
    rows = [
        replace(row, score=round(factor * row.score, 6))
        for row in table.rows
        if not (isinstance(row.cells[-1], Entity) and fold(row.cells[-1].name) in said)
    ]
    return replace(outcome, table=Table(table.columns, rows))


def answer_of(outcome: Outcome, view: FactView, *, several: bool) -> Answer | None:
    """Return what an outcome says with its citations, None where it says nothing that a text, a
    table or a person bears out."""
    if not len(outcome.table):
        return None
    best = outcome.table.rows[0]
    if outcome.plan.kind == "yesno" and not _is_verdict(best.cells[-1]):
        return None
    rows = [best, *_fellows(outcome, several=several)]
    cited: list[Citation] = []
    rests = [fact for row in rows for fact in row.facts]
    for fact in dict.fromkeys((*rests, *outcome.beside[:_MOST])):
        citation = _cited(fact, view)
        cited += [citation] if citation is not None else []
    if not cited:
        return None
    text = listing(list(dict.fromkeys(_said(row) for row in rows)))
    support = support_of(outcome)
    if any(c.fact is None and is_hedged(c.quote) for c in cited):
        text, support = f"reportedly {text}", round(_HEDGED * support, 4)
    return Answer(
        outcome.plan.question,
        text,
        numbered(cited),
        _steps(outcome, best),
        sure(support),
        source=_source(best.facts),
        program=str(outcome.plan.program),
        support=support,
    )


def _cited(fact: Fact, view: FactView) -> Citation | None:
    """Return the citation of a fact of the graph, or of the sentence that was read."""
    if not _is_read(fact):
        return cite_fact(fact, view)
    piece = fact.evidence[0]
    if not isinstance(piece, TextEvidence):
        return None
    chunk = view.chunks([piece.chunk_id]).get(piece.chunk_id)
    document = view.documents([piece.document_id]).get(piece.document_id)
    if chunk is None or document is None:
        return None
    around = (s for s in chunk.sentences if s[0] <= piece.start and piece.end <= s[1])
    return cite_sentence(document, *next(around, (piece.start, piece.end)))


def _steps(outcome: Outcome, row: Row) -> tuple[Step, ...]:
    """Return what was done: a step for each fact of the row, and what was made of them."""
    found = [Step("read" if _is_read(fact) else "followed", str(fact)) for fact in row.facts]
    rest = [
        Step("counted" if "count(" in taken.step else "compared", f"{taken.step}: {taken.best}")
        for taken in outcome.taken
        if not taken.step.startswith(("retrieve", "output", "deduce"))
    ]
    return (*found, *rest)


def support_of(outcome: Outcome) -> float:
    """Return how sure plan and bindings together are, in [0, 1]."""
    return round(outcome.plan.score * outcome.score, 4)


def _fellows(outcome: Outcome, *, several: bool) -> list[Row]:
    """Return the further rows that answer a question for several things."""
    best = outcome.table.rows[0]
    if not several or not _is_open(outcome):
        return []
    least = _FELLOW * best.score
    rows = [row for row in outcome.table.rows[1:_MOST] if row.score >= least]
    relation = best.facts[-1].relation if best.facts else ""
    return [row for row in rows if row.facts and row.facts[-1].relation == relation]


def _is_open(outcome: Outcome) -> bool:
    return all(step.startswith(("retrieve", "output")) for step in (t.step for t in outcome.taken))


def _said(row: Row) -> str:
    cell = row.cells[-1]
    if isinstance(cell, Literal) and _is_verdict(cell):
        return "Yes" if cell.value is True else "No"
    if isinstance(cell, Entity):
        return cell.name.strip()
    return written(cell)


def _is_verdict(cell: Cell) -> bool:
    return isinstance(cell, Literal) and isinstance(cell.value, bool)


def _is_read(fact: Fact) -> bool:
    made = (READ_BY, READ_BESIDE)
    return any(getattr(piece, "extractor", "") in made for piece in fact.evidence)


def _source(facts: Sequence[Fact]) -> Source:
    """Return where an answer comes from: "graph" as soon as one of its steps is a fact of it."""
    return "graph" if any(not _is_read(fact) for fact in facts) else "text"


def is_conflict(outcome: Outcome) -> bool:
    """Return whether two facts of the graph give the question different values, equally sure."""
    rows = outcome.table.rows[:2]
    if len(rows) < 2 or outcome.plan.kind not in ("date", "number"):
        return False
    one, other = rows
    stated = not any(_is_read(fact) for row in rows for fact in row.facts)
    return stated and other.score >= 0.95 * one.score and not same(one.cells[-1], other.cells[-1])
