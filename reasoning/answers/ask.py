"""Asking: a question in words to a graph and its texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from kgkit.errors import InputError
from reasoning.answers.answer import Answer
from reasoning.answers.asking import Asking, Planning
from reasoning.answers.similar import TextEncoder
from reasoning.answers.view import FactView
from reasoning.logic.expressions import Constant
from reasoning.logic.forms import Condition
from reasoning.logic.times import time_of

if TYPE_CHECKING:
    from reasoning.executing.budget import Budget
    from reasoning.executing.told import TextReader
    from reasoning.logic.source import FactSource
    from reasoning.logic.vocabulary import Vocabulary
    from reasoning.retrieval import Hit

__all__ = ["ask"]

_HITS = 12


def ask(  # noqa: PLR0913
    question: str,
    *,
    facts: FactView,
    retrieve: Callable[[str, int], Sequence[Hit]],
    encoder: TextEncoder,
    hits: int = _HITS,
    planner: Planning | None = None,
    reader: TextReader | None = None,
    source: FactSource | None = None,
    vocabulary: Vocabulary | None = None,
    as_of: int | str | date | None = None,
    budget: Budget | None = None,
    refuse_below: float | None = None,
) -> Answer:
    """Return the answer that facts and sentences give, or a refusal that says what is missing.

    `retrieve(text, n)` returns the n chunks that fit best; `encoder` compares relation words with
    the phrases of facts. `planner` makes the plans that are run (the built-in one), `reader` finds
    answers in sentences (the built-in one); `source` and `vocabulary` are for plans in the
    graph's own relations. With `as_of`, 1990 or "1990-05", facts must not be known to be
    false at that time. An answer less probable than `refuse_below` is refused; 0 gives every
    answer, None leaves it to what was learnt (`reasoning.confidence`). Raises `InputError` for a
    blank question and an `as_of` that is no time.
    """
    # Executing rests on the smaller parts of this package, so it is not imported with it.
    from reasoning.answers.answering import answer
    from reasoning.confidence import settled
    from reasoning.executing.budget import Budget

    if not question.strip():
        raise InputError('the question is blank; ask one, such as "Who discovered polonium?"')
    conditions = _at(as_of)
    found = answer(
        Asking(
            question,
            facts,
            retrieve,
            encoder,
            hits,
            planner or _built_in_planner(),
            reader or _built_in_reader(),
            budget or Budget(),
            conditions,
            source,
            vocabulary,
        )
    )
    return settled(found, refuse_below)


def _at(as_of: int | str | date | None) -> tuple[Condition, ...]:
    if as_of is None:
        return ()
    time = time_of(as_of)
    if time is None:
        raise InputError(f'as_of={as_of!r} is no time; give a year or a date, "1990-05-01".')
    return (Condition("at", "=", Constant(time)),)


def _built_in_planner() -> Planning:
    from reasoning.planning.builtin import plan

    return plan


def _built_in_reader() -> TextReader:
    from extractors.mini.reading.load import load_reader

    return load_reader()
