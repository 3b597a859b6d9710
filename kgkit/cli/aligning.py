"""Commands on what is one entity: align, and the review of what it proposed.

An `InputError` says what is not there, or stands against it; docstrings are the help texts.
"""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from kgkit.cli.arguments import AsJson, Graph, existing, placed
from kgkit.cli.output import write, write_json, write_table
from kgkit.errors import InputError

__all__ = ["Verb", "align", "merges"]


class Verb(StrEnum):
    """What `merges` does."""

    LIST = "list"
    ACCEPT = "accept"
    REJECT = "reject"
    UNMERGE = "unmerge"


@placed
def align(graph: Graph, as_json: AsJson = False) -> None:
    """Join the names of one entity and part namesakes; what is unsure is left to be reviewed."""
    with existing(graph, read_only=False) as kg:
        report = kg.align()
    if as_json:
        write_json(asdict(report))
        return
    write(
        f"{report.merges:,} merges and {report.splits:,} splits in force; {report.pending:,} "
        f"proposals wait for a decision: kgkit merges {graph}"
    )


@placed
def merges(
    graph: Graph,
    verb: Annotated[Verb, typer.Argument(help="What to do.")] = Verb.LIST,
    one: Annotated[str, typer.Argument(metavar="[ID]", help="The id of an entity.")] = "",
    other: Annotated[str, typer.Argument(metavar="[OTHER]", help="Of another.")] = "",
    who: Annotated[str, typer.Option(help="Whose decision it is.")] = "",
    when: Annotated[str, typer.Option(metavar="DATE", help="When it was made.")] = "",
    as_json: AsJson = False,
) -> None:
    """List what align proposed to merge, or accept, reject or unmerge one of it."""
    if verb is Verb.LIST:
        _list(graph, as_json)
        return
    if not one or not other:
        raise typer.BadParameter(f"give the two ids: kgkit merges {graph} {verb} ID OTHER")
    from kgkit.aligning import accept, reject

    with existing(graph, read_only=False) as kg:
        if verb is Verb.UNMERGE:
            if not kg.unmerge(one, other, who=who, when=when):
                raise InputError(f"{one!r} and {other!r} are not merged; see kgkit merges {graph}")
            decision = ""
        else:
            decide = accept if verb is Verb.ACCEPT else reject
            decision = decide(kg.ledger, one, other, who=who, when=when)
        _ = kg.projections.graph
    if as_json:
        write_json({"decision": decision})
    else:
        write(decision or f"Unmerged {one} and {other}.")


def _list(graph: str, as_json: bool) -> None:
    with existing(graph) as kg:
        found = kg.proposals()
        ids = {id for one in found for id in (one.left, one.right)}
        names = {id: entity.name for id in sorted(ids) if (entity := kg.ledger.entity(id))}
    if as_json:
        write_json([asdict(one) for one in found])
        return
    rows = [
        {
            "state": one.state,
            "score": f"{one.score:.2f}",
            "one": f"{names.get(one.left, '')} {one.left}",
            "other": f"{names.get(one.right, '')} {one.right}",
            "because": ", ".join(one.reasons),
        }
        for one in found
    ]
    write_table(["state", "score", "one", "other", "because"], rows)
