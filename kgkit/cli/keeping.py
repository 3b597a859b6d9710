"""Commands that keep a graph: doctor, copy, reindex, export; docstrings are the help texts.

An `InputError` says that there is no graph, or that a target is taken.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kgkit.cli.arguments import AsJson, Graph, existing, given_place, placed
from kgkit.cli.output import write, write_json, write_table

if TYPE_CHECKING:
    from kgkit.doctor import Finding

__all__ = ["copy", "doctor", "export", "reindex"]


@placed
def doctor(
    graph: Graph,
    repair: Annotated[
        bool, typer.Option("--repair", help="Make again, from the ledger, what is broken.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check the ledger, and whether the graph and the indexes hold what it holds.

    Exits with 1 when a problem is left.
    """
    from kgkit import doctor as doctors

    with existing(graph) as kg:
        diagnosis = doctors.examine(kg)
    if repair and diagnosis.broken:
        with existing(graph, read_only=False) as kg:
            doctors.repair(kg, diagnosis)
        with existing(graph) as kg:
            diagnosis = doctors.examine(kg)
    if as_json:
        write_json(diagnosis.to_dict())
    else:
        write_table(["where", "check", "found"], [_row(f) for f in diagnosis.findings])
    if not diagnosis.is_sound:
        raise typer.Exit(1)


@placed
def copy(
    graph: Graph,
    target: Annotated[
        str, typer.Argument(help="A free folder, or a postgresql:// URL for the ledger alone.")
    ],
    store: Annotated[str, typer.Option(help="The graph store of the copy.")] = "embedded",
    as_json: AsJson = False,
) -> None:
    """Copy a graph as it is now, also while another process writes to it."""
    from kgkit.copying import copy as copy_graph

    with existing(graph) as kg:
        copy_graph(kg, target, store=store)
    if as_json:
        write_json({"copied": graph, "to": target})
    else:
        write(f"Copied {graph} to {target}.")


@placed
def reindex(
    graph: Graph,
    encoder: Annotated[str, typer.Option(help="The encoder that makes the vectors.")],
    as_json: AsJson = False,
) -> None:
    """Make the vectors of a graph again with another encoder; the old ones are erased."""
    from kgkit.reindexing import reindex as index_again

    with existing(graph):
        pass
    count = index_again(graph, encoder, **given_place())
    if as_json:
        write_json({"encoder": encoder, "vectors": count})
    else:
        write(f"Made {count} vectors of {graph} with {encoder}.")


@placed
def export(
    graph: Graph,
    format: Annotated[
        str | None,
        typer.Option(help="jsonl (default), csv, graphml, json, or a format of RDF as turtle."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="The file to write; its suffix may say the format.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write a graph to standard output or a file.

    The same records give the same bytes. jsonl has all live records, the others the facts.
    """
    from kgkit.exporting import export as export_to

    with existing(graph) as kg, tempfile.TemporaryDirectory(prefix="kgkit-") as folder:
        if out is not None:
            export_to(kg.ledger, out, format)
        elif format is None:
            for line in kg.export():
                write(line)
        else:
            made = Path(folder) / "export"
            export_to(kg.ledger, made, format)
            with made.open(encoding="utf-8", newline="") as file:
                shutil.copyfileobj(file, sys.stdout)


def _row(finding: Finding) -> dict[str, object]:
    named = "; ".join(finding.problems)
    more = f" (and {finding.count - len(finding.problems)} more)"
    found = named + (more if finding.count > len(finding.problems) else "")
    return {"where": finding.place, "check": finding.check, "found": found or finding.note or "ok"}
