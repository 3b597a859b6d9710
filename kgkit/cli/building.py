"""Commands that change a graph: build, rebuild, remove.

An `InputError` says that the graph or the document is not there; docstrings are the help texts.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from kgkit.cli.arguments import (
    AsJson,
    Graph,
    existing,
    existing_or_none,
    new_or_existing,
    placed,
    text_of,
)
from kgkit.cli.output import write, write_json
from kgkit.cli.progress import progress_bar
from kgkit.cli.schemas import schema_text
from kgkit.errors import InputError

__all__ = ["build", "rebuild", "remove"]


@placed
def build(
    graph: Graph,
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUTS", help="Files, folders, patterns; - is standard input."),
    ],
    name: Annotated[
        str, typer.Option(help="The address of the text from standard input.")
    ] = "stdin",
    extractor: Annotated[
        str, typer.Option(help='What reads: "mini", "mini:relations", "llm:openai:MODEL", ...')
    ] = "mini",
    schema: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="Read only the relations of this schema.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what a language model would be asked.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Read files into the graph, making it when there is none.

    Files that are in it already are passed over, and a build that was stopped goes on where it
    was. Exits with 1 when an input failed, after listing it.
    """
    from kgkit.facts import Document

    sources = [Document(name, text_of("-")) if i == "-" else i for i in inputs]
    wanted = schema_text(schema) if schema is not None else None
    if dry_run:
        with existing_or_none(graph, extractor=extractor) as kg:
            estimate = kg.estimate(*sources)
        write_json(asdict(estimate)) if as_json else write(str(estimate))
        return
    with new_or_existing(graph, extractor=extractor) as kg, progress_bar() as progress:
        report = kg.build(*sources, schema=wanted, progress=progress)
    if as_json:
        write_json(report.to_dict())
    else:
        write(str(report))
    if report.failed:
        raise typer.Exit(1)


@placed
def rebuild(graph: Graph, as_json: AsJson = False) -> None:
    """Make the graph and its indexes anew from the ledger."""
    with existing(graph, read_only=False) as kg:
        kg.rebuild()
        stats = kg.stats()
    if as_json:
        write_json(stats)
    else:
        write(f"Rebuilt {graph} from its ledger.")


@placed
def remove(
    graph: Graph,
    document: Annotated[
        str, typer.Argument(metavar="[DOCUMENT]", help="The address or id of a document.")
    ] = "",
    source: Annotated[
        str,
        typer.Option("--import", metavar="SOURCE", help="An import, as kgkit imports lists it."),
    ] = "",
    harvest: Annotated[
        str,
        typer.Option("--harvest", metavar="NAME", help="A harvest, as kgkit harvests lists it."),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Remove a document, an import or a harvest, and everything that rested on it alone."""
    if [bool(document), bool(source), bool(harvest)].count(True) != 1:
        raise typer.BadParameter(
            "give a document, an import with --import SOURCE, or a harvest with --harvest NAME"
        )
    named = document or source or harvest
    with existing(graph, read_only=False) as kg:
        if source and not kg.remove_import(source):
            raise InputError(
                f"{graph} holds nothing imported from {source!r}; list imports with: "
                f"kgkit imports {graph}"
            )
        if harvest and not kg.remove_harvest(harvest):
            raise InputError(
                f"{graph} holds nothing of the harvest {harvest!r}; list harvests with: "
                f"kgkit harvests {graph}"
            )
        if document and not kg.remove_document(document):
            raise InputError(
                f"{graph} holds no document {document!r}; list them with: kgkit query {graph} "
                "'MATCH (d:Document) RETURN d.uri'"
            )
    if as_json:
        write_json({"removed": named})
    else:
        write(f"Removed {named}.")
