"""Commands of logic: run (a program) and deduce (what follows by rules)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kgkit.cli.arguments import AsJson, Graph, existing, placed, text_of
from kgkit.cli.output import write, write_json, write_table
from kgkit.cli.schemas import schema_text

if TYPE_CHECKING:
    from kgkit.bindings import Bindings
    from kgkit.schema import Schema

__all__ = ["deduce", "run"]

_Rules = Annotated[
    Path | None,
    typer.Option("--rules", metavar="FILE", help="Rules, or a schema with rules, one a line."),
]


@placed
def run(
    graph: Graph,
    program: Annotated[str, typer.Argument(help="The program; - reads standard input.")],
    rules: _Rules = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="TIME", help="Only what held then: 1990-05.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show the steps and the program as Cypher.")
    ] = False,
    timeout: Annotated[float | None, typer.Option(help="Stop after so many seconds.")] = None,
    as_json: AsJson = False,
) -> None:
    """Run a program such as 'retrieve(?p, BORN_IN, "Paris")' (docs/logic.md)."""
    from kgkit.verbs import deducing

    text, given = text_of(program), _read(rules)
    with existing(graph) as kg:
        rows = deducing.run(kg, text, rules=given, as_of=as_of, timeout=timeout)
    if as_json:
        write_json(_as_json(rows))
        return
    write_table(rows.columns, rows)
    for note in rows.notes:
        write(note)
    if explain:
        for done in rows.steps:
            write(f"{done.rows:>8} rows after {done.step}")
        write(rows.cypher or f"not as Cypher: {rows.why_not_cypher}")


@placed
def deduce(
    graph: Graph,
    rules: _Rules = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep the rules, and what they conclude.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show what follows by rules, each fact with its rule; --keep records it."""
    from kgkit.evidence import RuleEvidence
    from kgkit.verbs import deducing

    given = _read(rules)
    with existing(graph, read_only=not keep) as kg:
        found = deducing.deduce(kg, given, keep=keep)
    shown = [
        {"fact": str(fact), "confidence": fact.confidence, "id": fact.id, "rule": piece.rule}
        for fact in found
        for piece in fact.evidence
        if isinstance(piece, RuleEvidence)
    ]
    if as_json:
        write_json(shown)
    else:
        write_table(("fact", "confidence", "rule"), shown)


def _read(rules: Path | None) -> Schema | None:
    from kgkit.schema import Schema

    return None if rules is None else Schema.parse(schema_text(rules))


def _as_json(rows: Bindings) -> dict[str, object]:
    found = [{"row": row, "facts": ids} for row, ids in zip(rows, rows.fact_ids, strict=True)]
    steps = [{"step": done.step, "rows": done.rows} for done in rows.steps]
    return {
        "columns": rows.columns,
        "rows": found,
        "steps": steps,
        "notes": rows.notes,
        "cypher": rows.cypher,
        "sparql": rows.sparql,
    }
