"""The command that asks the texts for what a schema wants: fill.

An `InputError` says what is wrong with the schema or the reader; docstrings are the help texts.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kgkit.cli.arguments import AsJson, Graph, existing, placed
from kgkit.cli.output import write, write_json, write_table
from kgkit.cli.schemas import schema_text
from kgkit.facts import Entity

if TYPE_CHECKING:
    from kgkit.facts import Fact

__all__ = ["fill"]


@placed
def fill(
    graph: Graph,
    schema: Annotated[
        Path,
        typer.Option(
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="The schema whose missing values are asked for.",
        ),
    ],
    about: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Ask about this entity only.")
    ] = None,
    threshold: Annotated[
        float, typer.Option(help="The least probability of an answer that is taken.")
    ] = 0.5,
    reader: Annotated[str, typer.Option(help="What reads the answers off the texts.")] = "mini",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be filled.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Ask the texts for every value that a schema wants and the graph lacks.

    What earlier fills gave for its relations is decided anew; everything else stays.
    """
    wanted = schema_text(schema)
    with existing(graph, read_only=dry_run) as kg:
        report = kg.fill(
            wanted, threshold=threshold, reader=reader, about=about or None, dry_run=dry_run
        )
    if as_json:
        write_json(report.to_dict())
        return
    write(str(report))
    if report.facts:
        write_table(["head", "relation", "tail", "sure"], map(_row, report.facts))


def _row(fact: Fact) -> dict[str, object]:
    tail = fact.tail
    return {
        "head": fact.head.name,
        "relation": fact.relation,
        "tail": tail.name if isinstance(tail, Entity) else tail.value,
        "sure": f"{fact.confidence:.2f}",
    }
