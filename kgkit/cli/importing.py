"""The command that takes in what others wrote: import."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kgkit.cli.arguments import AsJson, Graph, new_or_existing, placed
from kgkit.cli.output import write, write_json
from kgkit.cli.progress import progress_bar

__all__ = ["import_"]

_Column = Annotated[str, typer.Option(metavar="COL", help="Column, by name or number.")]


@placed
def import_(  # noqa: PLR0913 - the options of a command are its parameters
    graph: Graph,
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files and folders.")],
    format: Annotated[
        str,
        typer.Option(
            help="auto, triples, table, rdf, network, hipporag, graphrag, lightrag, facts, "
            "records, or what a package adds."
        ),
    ] = "auto",
    map: Annotated[
        str, typer.Option(metavar="FILE", help="How rows become entities, in TOML or JSON.")
    ] = "",
    head: _Column = "",
    relation: _Column = "",
    tail: _Column = "",
    head_type: _Column = "",
    tail_type: _Column = "",
    confidence: _Column = "",
    qualifier: Annotated[
        list[str] | None,
        typer.Option(metavar="COL", help="A further column to keep; default all."),
    ] = None,
    score: Annotated[
        float | None, typer.Option(help="Trust in the model that read the texts, 0 to 1.")
    ] = None,
    header: Annotated[bool, typer.Option(help="Whether the first row names the columns.")] = True,
    delimiter: Annotated[str, typer.Option(help="What stands between cells.")] = "",
    encoding: Annotated[str, typer.Option(help="That of tables without a byte order mark.")] = "",
    as_json: AsJson = False,
) -> None:
    """Add the facts that others wrote to the graph, making it when there is none.

    Triples from CSV, TSV or Parquet, tables with --map, RDF, GraphML, node-link JSON, the outputs
    of HippoRAG, GraphRAG and LightRAG, and what kgkit exported. Rows that cannot be used are
    listed and passed over. Exits with 1 when a file could not be read.
    """
    from kgkit.importing import import_from

    named = {"head": head, "relation": relation, "tail": tail}
    named |= {"head_type": head_type, "tail_type": tail_type, "confidence": confidence}
    columns: dict[str, Any] = {role: column for role, column in named.items() if column}
    if qualifier is not None:
        columns["qualifiers"] = tuple(qualifier)
    options: dict[str, Any] = {"mapping": map, "columns": columns, "delimiter": delimiter}
    options |= {"encoding": encoding, "score": score, "header": None if header else False}
    options = {name: value for name, value in options.items() if value not in ("", None, {})}
    with new_or_existing(graph) as kg, progress_bar() as progress:
        report = import_from(kg.ledger, files, format=format, progress=progress, options=options)
        kg.projections.follow(progress)
    if as_json:
        write_json(report.to_dict())
    else:
        write(str(report))
    if report.failed:
        raise typer.Exit(1)
