"""The verbs of logic: running a program, and drawing conclusions by rules."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kgkit.bindings import Bindings
    from kgkit.deducing import Rules
    from kgkit.facts import Fact
    from kgkit.graph import KnowledgeGraph
    from reasoning.logic import Program, Vocabulary

__all__ = ["deduce", "run", "vocabulary"]


def run(
    kg: KnowledgeGraph,
    program: str | Program,
    *,
    rules: Rules | None = None,
    as_of: str | int | date | None = None,
    timeout: float | None = None,
    limit: int | None = None,
) -> Bindings:
    """Return the rows of a program (docs/logic.md), each with the facts that it rests on.

    It is checked first: an unknown relation or type raises `QueryError` with "did you mean". With
    `as_of`, such as 1990 or "1990-05", only what held then counts. `deduce(...)` steps use `rules`
    or those that the graph keeps. `timeout` is in seconds (`QueryTimeout`), `limit` caps the rows.
    The result has the same program as `cypher` and `sparql` where they can say it. Raises
    `SchemaError` for rules that cannot be read or run.
    """
    from kgkit.deducing import kept_rules, read_rules
    from kgkit.running import run_program

    facts = kg.projections.facts
    return run_program(
        program,
        facts,
        facts.vocabulary,
        rules=kept_rules(kg.ledger) if rules is None else read_rules(rules),
        as_of=as_of,
        timeout=timeout,
        limit=limit,
    )


def vocabulary(kg: KnowledgeGraph) -> Vocabulary:
    """Return what can be asked of the graph: its types, relations and what they join, with the
    number of facts of each pattern."""
    return kg.projections.facts.vocabulary


def deduce(
    kg: KnowledgeGraph, rules: Rules | None = None, *, keep: bool = False
) -> tuple[Fact, ...]:
    """Return what rules conclude from the graph, each fact with its rule and premises.

    `rules` are a text, lines or a schema with some; without them those that the graph keeps.
    `kg.add(kg.deduce(rules))` adds the conclusions. `keep=True` does so and keeps the rules: what
    they concluded before is replaced, and follows the graph when something is removed. Raises
    `InputError` where there are no rules, and `SchemaError` for rules that cannot be read or run.
    """
    from kgkit.deducing import deduce

    found = deduce(kg.ledger, rules, keep=keep)
    if keep:
        kg.projections.follow()
    return found
