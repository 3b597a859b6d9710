"""Commands that ask a graph: ask (in words) and query (in Cypher)."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from kgkit.cli.arguments import AsJson, Graph, existing, placed, text_of
from kgkit.cli.output import write, write_json, write_table

__all__ = ["ask", "query"]


@placed
def ask(
    graph: Graph,
    question: Annotated[str, typer.Argument(help="The question; - reads standard input.")],
    lm: Annotated[
        str | None, typer.Option(metavar="SPEC", help="A language model plans and words it.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="TIME", help="Only what held then: 1990, 1990-05.")
    ] = None,
    refuse_below: Annotated[
        float | None, typer.Option(help="Refuse what is less probable; 0 gives every answer.")
    ] = None,
    explain: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Draw steps and evidence: .html or .svg.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question with citations, or say what is missing."""
    asked = text_of(question).strip()
    with existing(graph) as kg:
        answer = kg.ask(asked, lm=lm, as_of=as_of, refuse_below=refuse_below)
    if explain is not None:
        answer.explain().write(explain)
    if as_json:
        shown = asdict(answer)
        del shown["explained"]
        write_json(shown)
    else:
        write(str(answer))


@placed
def query(
    graph: Graph,
    cypher: Annotated[str, typer.Argument(help="The query; - reads standard input.")],
    param: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="NAME=VALUE", help="A parameter; JSON or text."),
    ] = None,
    write_too: Annotated[bool, typer.Option("--write", help="Allow changes.")] = False,
    timeout: Annotated[float | None, typer.Option(help="Stop after so many seconds.")] = None,
    limit: Annotated[int | None, typer.Option(help="Return at most so many rows.")] = None,
    as_json: AsJson = False,
) -> None:
    """Run a Cypher query; changes need --write."""
    text = text_of(cypher)
    parameters = dict(_parameter(pair) for pair in param or [])
    with existing(graph, read_only=not write_too) as kg:
        rows = kg.query(text, write=write_too, timeout=timeout, limit=limit, **parameters)
        columns, found = list(rows.columns), [dict(row) for row in rows]
    if as_json:
        write_json(found)
    else:
        write_table(columns, found)


def _parameter(pair: str) -> tuple[str, object]:
    name, sign, value = pair.partition("=")
    if not sign or not name.isidentifier():
        raise typer.BadParameter(f"{pair!r} is not NAME=VALUE", param_hint="--param")
    try:
        return name, json.loads(value)
    except json.JSONDecodeError:
        return name, value
