"""Commands that correct a graph by hand: merge, apart, split, assert, reject, withdraw, decisions.

An `InputError` says what is not there, or stands against it; docstrings are the help texts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from kgkit.cli.arguments import AsJson, Graph, existing, placed
from kgkit.cli.output import write, write_json, write_table
from kgkit.errors import InputError

if TYPE_CHECKING:
    from kgkit.graph import KnowledgeGraph

__all__ = ["apart", "assert_", "decisions", "merge", "reject", "split", "withdraw"]

_One = Annotated[str, typer.Argument(metavar="ID", help="The id of an entity.")]
_Other = Annotated[str, typer.Argument(metavar="OTHER", help="The id of another entity.")]
_Who = Annotated[str, typer.Option(help="Whose decision it is.")]
_When = Annotated[str, typer.Option(metavar="DATE", help="When it was made.")]


@placed
def merge(
    graph: Graph,
    one: _One,
    other: _Other,
    who: _Who = "",
    when: _When = "",
    as_json: AsJson = False,
) -> None:
    """Decide that two entities are one."""
    _decide(graph, lambda kg: kg.merge(one, other, who=who, when=when), as_json)


@placed
def apart(
    graph: Graph,
    one: _One,
    other: _Other,
    who: _Who = "",
    when: _When = "",
    as_json: AsJson = False,
) -> None:
    """Decide that two entities are never one."""
    _decide(graph, lambda kg: kg.forbid_merge(one, other, who=who, when=when), as_json)


@placed
def split(
    graph: Graph,
    entity: _One,
    documents: Annotated[
        list[str], typer.Argument(help="Addresses or ids of the documents that mean another.")
    ],
    who: _Who = "",
    when: _When = "",
    as_json: AsJson = False,
) -> None:
    """Decide that what some documents call by a name is another entity."""
    _decide(graph, lambda kg: kg.split(entity, documents, who=who, when=when), as_json)


@placed
def assert_(  # noqa: PLR0913 - the options of a command are its parameters
    graph: Graph,
    head: Annotated[str, typer.Argument(metavar="HEAD", help="The id or name of an entity.")],
    relation: Annotated[
        str, typer.Argument(metavar="RELATION", help="The relation, such as 'born in'.")
    ],
    tail: Annotated[
        str, typer.Argument(metavar="TAIL", help="The id or name of an entity, or a value.")
    ],
    head_type: Annotated[
        str, typer.Option(metavar="TYPE", help="The type of the head, such as Person.")
    ] = "",
    tail_type: Annotated[
        str,
        typer.Option(
            metavar="TYPE", help="That of the tail; a datatype, such as date, makes a value."
        ),
    ] = "",
    who: _Who = "",
    when: _When = "",
    as_json: AsJson = False,
) -> None:
    """Add a fact on a person's word.

    A name means the entity of the graph that bears it, and a new one where none does.
    """
    from kgkit.cli.facts import stated_fact

    def decision(kg: KnowledgeGraph) -> str:
        fact = stated_fact(kg.ledger, (head, relation, tail), (head_type, tail_type))
        return kg.assert_fact(fact, who=who, when=when)

    _decide(graph, decision, as_json)


@placed
def reject(
    graph: Graph,
    fact: Annotated[str, typer.Argument(metavar="FACT", help="The id of a fact.")],
    who: _Who = "",
    when: _When = "",
    as_json: AsJson = False,
) -> None:
    """Withhold a fact from now on, whatever is read later."""
    _decide(graph, lambda kg: kg.reject_fact(fact, who=who, when=when), as_json)


@placed
def withdraw(
    graph: Graph,
    decision: Annotated[str, typer.Argument(help="The id of a decision.")],
    who: _Who = "",
    when: _When = "",
    as_json: AsJson = False,
) -> None:
    """Take back a decision."""

    def withdrawn(kg: KnowledgeGraph) -> str:
        if not kg.withdraw(decision, who=who, when=when):
            raise InputError(
                f"no decision {decision!r} is in force; list them with: kgkit decisions {graph}"
            )
        return decision

    _decide(graph, withdrawn, as_json)


@placed
def decisions(graph: Graph, as_json: AsJson = False) -> None:
    """List every decision that was made or withdrawn, in order."""
    with existing(graph) as kg:
        log = kg.decisions()
    if as_json:
        write_json([asdict(entry) for entry in log])
        return
    columns = ["decision", "what", "about", "who", "when"]
    rows = [
        {
            "decision": entry.decision.id,
            "what": f"{entry.decision.kind}{' withdrawn' if entry.withdrawn else ''}",
            "about": " ".join(entry.decision.about),
            "who": entry.decision.who,
            "when": entry.decision.when,
        }
        for entry in log
    ]
    write_table(columns, rows)


def _decide(graph: str, decision: Callable[[KnowledgeGraph], str], as_json: bool) -> None:
    """Make a decision on a graph and tell its id."""
    with existing(graph, read_only=False) as kg:
        made = decision(kg)
        # Commands that read show the graph as its last writer left it.
        _ = kg.projections.graph
    if as_json:
        write_json({"decision": made})
    else:
        write(made)
