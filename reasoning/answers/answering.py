"""The way to an answer: plans first, then a walk along facts and sentences, then reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kgkit.facts import Entity
from reasoning.answers.answer import Answer, Step
from reasoning.answers.asking import Asking
from reasoning.answers.both import both_are
from reasoning.answers.grammar import BE
from reasoning.answers.missing import nothing_stored, unknown
from reasoning.answers.names import Name, link, wholes
from reasoning.answers.planned import answer_of, heeding, is_conflict, run_plans, support_of
from reasoning.answers.pool import Pool
from reasoning.answers.question import Question, analyse
from reasoning.answers.quoted import read_question
from reasoning.answers.similar import similar
from reasoning.answers.titles import bare
from reasoning.answers.view import FactView
from reasoning.answers.walked import fits_of, look_further, refused, walked
from reasoning.answers.words import fold, roots, words
from reasoning.executing.budget import Meter
from reasoning.executing.cascade import Finder
from reasoning.executing.pages import Shelf
from reasoning.planning.plan import Known

if TYPE_CHECKING:
    from reasoning.retrieval import Hit

__all__ = ["LEAST_SUPPORT", "answer"]

#: An answer with less support is refused.
LEAST_SUPPORT = 0.04
#: An answer of a plan with so much support is given without looking further.
_ENOUGH = 0.35


def answer(asking: Asking) -> Answer:
    """Return the answer to a question that is not blank."""
    question, facts = asking.question, asking.facts
    meter = Meter(asking.budget)
    hits = asking.retrieve(question, asking.hits)
    if not hits and facts.is_empty():
        return Answer(question, "", missing=nothing_stored())
    shelf = Shelf(facts, asking.retrieve, most=meter.budget.retrievals)
    shelf.put(hits)
    names, foreign, longer = _names(question, facts, shelf)
    plan = tuple(Step("linked", f"{n.text!r} to {_types(n)}") for n in names)
    asked = analyse(question, names, foreign)
    if not names and not foreign:
        foreign = _unheard(asked, shelf)
    if foreign:
        return Answer(question, "", plan=plan, missing=unknown(foreign, facts))
    near = similar(asking.encoder)
    finder = Finder(
        facts,
        shelf,
        near,
        meter,
        reader=asking.reader,
        source=asking.source,
        vocabulary=asking.vocabulary,
    )
    # "What is X?" has no relation to plan with: a sentence defines it.
    defines = not asked.content and bool(BE & {fold(word.text) for word in words(question)})
    best, steps = (None, 0) if defines else _planned(asking, asked, finder)
    if best is None or best.support < _ENOUGH:
        pool = _pool(facts, hits, asked, longer)
        look_further(asked, pool, near, asking.retrieve)
        others = [walked(asked, facts, pool, near), both_are(asked, shelf)]
        if not defines:
            others.append(read_question(asked, shelf, finder, steps=steps))
        found = [each for each in (best, *others) if each is not None]
        best = max(found, key=lambda each: each.support, default=None)
        if best is None or best.support < LEAST_SUPPORT:
            return refused(asked, facts, pool, near, plan)
    done = Step("defined", "by the sentence that says what it is")
    return replace(best, plan=(*plan, *best.plan, *([done] if defines else [])))


def _planned(asking: Asking, asked: Question, finder: Finder) -> tuple[Answer | None, int]:
    """Return what the surest of the question's plans answers, and the steps of the longest."""
    known = Known(linked=tuple((name.text, name.entities) for name in asked.names))
    if asking.vocabulary is not None:
        known = replace(known, vocabulary=asking.vocabulary)
    outcomes = run_plans(asking.question, known, asking.planner, finder, asking.conditions)
    outcomes = [heeding(each, asked) for each in outcomes]
    outcomes.sort(key=lambda each: -support_of(each))
    steps = max((len(outcome.plan.steps) for outcome in outcomes), default=0)
    found = answer_of(outcomes[0], asking.facts, several=asked.plural) if outcomes else None
    if found is not None and is_conflict(outcomes[0]):
        found = replace(found, source="conflict")
    return found, steps


def _names(
    question: str, facts: FactView, shelf: Shelf
) -> tuple[list[Name], list[Name], list[Name]]:
    """Return the names of a question that graph or texts know, those that neither does, and the
    longer names that are to be looked for in sentences."""
    names, strangers = link(question, facts)
    longer = wholes(question, names)
    said = [name for name in longer if _said(name, shelf)]
    names = [n for n in names if not any(w.start <= n.start and n.end <= w.end for w in said)]
    strangers = [n for n in strangers if not any(w.start <= n.start < w.end for w in said)]
    foreign = [name for name in strangers if not _said(name, shelf)]
    names = _with_said(names, [*said, *(n for n in strangers if n not in foreign)])
    return names, foreign, [*strangers, *longer]


def _pool(facts: FactView, hits: Sequence[Hit], asked: Question, longer: Sequence[Name]) -> Pool:
    pool = Pool(facts, fits_of(hits), [Entity.named(bare(name.text)) for name in longer])
    pool.expand([e for n in asked.names for e in n.entities])
    return pool


def _with_said(names: Sequence[Name], said: Sequence[Name]) -> list[Name]:
    """Return the names with those that only texts say; a word without a capital is then none."""
    if not said:
        return list(names)
    kept = [name for name in names if name.text != name.text.lower()]
    found = [replace(name, entities=(Entity.named(bare(name.text)),)) for name in said]
    return sorted((*kept, *found), key=lambda name: name.start)


def _said(name: Name, shelf: Shelf) -> bool:
    """Return whether a retrieved text says the name although nothing is linked to it."""
    plain = fold(name.text)
    return any(plain in fold(f"{p.title} {p.chunk.text}") for p in shelf.pages.values())


def _unheard(asked: Question, shelf: Shelf) -> list[Name]:
    """Return the words of a question without names that no retrieved text says."""
    heard = {root for page in shelf.pages.values() for root in roots(page.chunk.text)}
    new = [w for w in asked.content if w.root not in heard and not w.text.isdigit()]
    return [Name(w.start, w.end, w.text, ()) for w in new[-1:]]


def _types(name: Name) -> str:
    return ", ".join(dict.fromkeys(f"{e.name} ({e.type})" for e in name.entities[:3]))
