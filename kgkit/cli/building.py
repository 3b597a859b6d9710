"""Commands that change a graph: build, rebuild, remove.

An `InputError` says that the graph or the document is not there; docstrings are the help texts.
"""

from __future__ import annotations

from typing import Annotated

import typer

from kgkit.cli.arguments import AsJson, Graph, existing, new_or_existing, text_of
from kgkit.cli.output import write, write_json
from kgkit.cli.progress import progress_bar
from kgkit.errors import InputError

__all__ = ["build", "rebuild", "remove"]


def build(
    graph: Graph,
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUTS", help="Files, folders, patterns; - is standard input."),
    ],
    name: Annotated[
        str, typer.Option(help="The address of the text from standard input.")
    ] = "stdin",
    as_json: AsJson = False,
) -> None:
    """Read files into the graph, making it when there is none.

    Files that are in it already are passed over, and a build that was stopped goes on where it
    was. Exits with 1 when an input failed, after listing it.
    """
    from kgkit.facts import Document

    sources = [Document(name, text_of("-")) if i == "-" else i for i in inputs]
    with new_or_existing(graph) as kg, progress_bar() as progress:
        report = kg.build(*sources, progress=progress)
    if as_json:
        write_json(report.to_dict())
    else:
        write(str(report))
    if report.failed:
        raise typer.Exit(1)


def rebuild(graph: Graph, as_json: AsJson = False) -> None:
    """Make the graph and its indexes anew from the ledger."""
    with existing(graph, read_only=False) as kg:
        kg.rebuild()
        stats = kg.stats()
    if as_json:
        write_json(stats)
    else:
        write(f"Rebuilt {graph} from its ledger.")


def remove(
    graph: Graph,
    document: Annotated[str, typer.Argument(help="The address or id of the document.")],
    as_json: AsJson = False,
) -> None:
    """Remove a document and everything that rested on it alone."""
    with existing(graph, read_only=False) as kg:
        if not kg.remove_document(document):
            raise InputError(
                f"{graph} holds no document {document!r}; list them with: kgkit query {graph} "
                "'MATCH (d:Document) RETURN d.uri'"
            )
    if as_json:
        write_json({"removed": document})
    else:
        write(f"Removed {document}.")
