"""Running a program over a source of facts: read, checked, run, and said in query languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from kgkit.bindings import Bindings, Compilation
from kgkit.errors import InputError, QueryError

if TYPE_CHECKING:
    from reasoning.logic import Compiled, FactSource, Program, Result, Vocabulary
    from reasoning.logic.compiled import Links
    from reasoning.logic.forms import Step
    from reasoning.rules import Rule

__all__ = ["run_program"]


def run_program(
    program: str | Program,
    source: FactSource,
    vocabulary: Vocabulary,
    *,
    rules: Sequence[Rule] = (),
    as_of: str | int | date | None = None,
    timeout: float | None = None,
    limit: int | None = None,
) -> Bindings:
    """Return the rows of a program over the facts of a source.

    Raises `QueryError` for a program that cannot be read or does not fit the vocabulary, and for
    one of no steps; `QueryTimeout` after `timeout` seconds; `InputError` for a negative `limit`.
    """
    from reasoning.logic import check, parse, run
    from reasoning.logic.as_of import HeldAt, read_time
    from reasoning.logic.as_of import as_of as held_at
    from reasoning.rules import derive_by, with_conclusions

    if limit is not None and limit < 0:
        raise InputError(f"limit={limit} keeps fewer than no rows: give 0 or more, or None")
    given = parse(program) if isinstance(program, str) else program
    if not given.steps:
        raise QueryError("the program has no step; write one such as retrieve(?x, BORN_IN, ?y)")
    vocabulary = with_conclusions(vocabulary, rules) if rules else vocabulary
    check(given, vocabulary)
    grounds = source
    if as_of is not None:
        time = read_time(as_of)
        given, grounds = held_at(given, time), HeldAt(source, time)
    derive = derive_by(rules, grounds, timeout=timeout) if rules else None
    result = run(given, source, derive=derive, timeout=timeout)
    rows = result.table.rows if limit is None else result.table.rows[:limit]
    links = _links(given, source)
    return Bindings(
        result.table.columns,
        ((row.cells, row.facts) for row in rows),
        steps=result.done,
        compiled=(_cypher(given, vocabulary, links), _sparql(given, vocabulary, links)),
        notes=_notes(result, len(rows)),
    )


def _notes(result: Result, shown: int) -> list[str]:
    notes = [note for done in result.done for note in done.notes]
    if result.failed is not None:
        notes.append(f"no row is left after {result.failed.step}")
    if shown < len(result.table):
        notes.append(f"limit={shown} cut off {len(result.table) - shown} rows")
    return notes


def _cypher(program: Program, vocabulary: Vocabulary, links: Links) -> Compilation:
    from reasoning.logic.cypher import to_cypher

    return _compiled(lambda: to_cypher(program, vocabulary, links))


def _sparql(program: Program, vocabulary: Vocabulary, links: Links) -> Compilation:
    from reasoning.logic.sparql import to_sparql

    return _compiled(lambda: to_sparql(program, vocabulary, links))


def _compiled(compile: Callable[[], Compiled]) -> Compilation:
    from reasoning.logic import NotCompiled

    try:
        return Compilation(compile().text)
    except NotCompiled as error:
        return Compilation(None, str(error))


def _links(program: Program, source: FactSource) -> Links:
    """Return the ids of the entities that the names of a program stand for."""
    names = sorted(set(_names(program.steps)))
    return {name: [entity.id for entity in found] for name, found in source.named(names).items()}


def _names(steps: Sequence[Step]) -> list[str]:
    from reasoning.logic.forms import Combine, Retrieve, Term

    found: list[str] = []
    for step in steps:
        if isinstance(step, Retrieve):
            for end in (step.head, step.tail):
                found += end.names if isinstance(end, Term) else ()
        elif isinstance(step, Combine):
            for block in (step.left, step.right):
                found += [] if block is None else _names(block.steps)
    return found
