"""Commands on what is one entity: align, and the review of what it proposed.

An `InputError` says what is not there, or stands against it; docstrings are the help texts.
"""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kgkit.cli.arguments import AsJson, Graph, existing, placed
from kgkit.cli.output import write, write_json, write_table
from kgkit.errors import InputError

if TYPE_CHECKING:
    from stores.ledger import Ledger

__all__ = ["Became", "Verb", "align", "merges"]


class Verb(StrEnum):
    """What `merges` does."""

    LIST = "list"
    ACCEPT = "accept"
    REJECT = "reject"
    UNMERGE = "unmerge"


class Became(StrEnum):
    """What became of a proposal."""

    ACCEPTED = "accepted"
    PENDING = "pending"
    REJECTED = "rejected"


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
    one: Annotated[
        str,
        typer.Argument(
            metavar="[NUMBER|ID]", help="The number in the list, an id or a name; or what to list."
        ),
    ] = "",
    other: Annotated[str, typer.Argument(metavar="[ID]", help="Of the other entity.")] = "",
    who: Annotated[str, typer.Option(help="Whose decision it is.")] = "",
    when: Annotated[str, typer.Option(metavar="DATE", help="When it was made.")] = "",
    as_json: AsJson = False,
) -> None:
    """List what align proposed to merge; accept or reject a proposal, or unmerge two entities.

    "list pending" lists what waits for you, "list accepted" and "list rejected" the rest.
    Accepted are merges in force, pending ones wait for you, rejected ones are kept apart. What you
    accept or reject stands whatever is read later; what you unmerge waits again, and the next
    align may merge it once more: reject it to keep it apart.
    """
    if verb is Verb.LIST:
        if one not in ("", *Became):
            raise typer.BadParameter(f"{one!r} is no state: list accepted, pending or rejected")
        _list(graph, one, as_json)
        return
    if not other and not one.isdecimal():
        raise typer.BadParameter(f"say which: kgkit merges {graph} {verb} NUMBER, or two names")
    from kgkit.aligning import accept, reject

    with existing(graph, read_only=False) as kg:
        left, right, shown = _pair(kg.ledger, one, other)
        if verb is Verb.UNMERGE:
            if not kg.unmerge(left, right, who=who, when=when):
                raise InputError(f"{shown} are not merged; see kgkit merges {graph}")
            decision = ""
        else:
            decide = accept if verb is Verb.ACCEPT else reject
            decision = decide(kg.ledger, left, right, who=who, when=when)
        _ = kg.projections.graph
    if as_json:
        write_json({"decision": decision, "left": left, "right": right})
    else:
        done = {Verb.ACCEPT: "are one now", Verb.REJECT: "are kept apart now"}
        write(f"{shown} {done.get(verb, 'are not merged any more')}.")


def _pair(ledger: Ledger, one: str, other: str) -> tuple[str, str, str]:
    """Return two ids and how to show them: of a proposal, or of any two entities by their ids."""
    if other and ledger.entity(one) is not None and ledger.entity(other) is not None:
        return one, other, f"{one} and {other}"
    from kgkit.aligning import chosen

    found = chosen(ledger, one, other)
    return found.left, found.right, " and ".join(map(repr, found.names))


def _list(graph: str, state: str, as_json: bool) -> None:
    with existing(graph) as kg:
        found = list(enumerate(kg.proposals(), start=1))
    kept = [(number, one) for number, one in found if state in ("", one.state)]
    if as_json:
        write_json([{"number": number, **asdict(one)} for number, one in kept])
        return
    if not kept:
        none = f"No proposal is {state}." if found else f"Nothing is proposed: kgkit align {graph}"
        write(none)
        return
    rows = [
        {
            "number": number,
            "state": one.state,
            "score": f"{one.score:.2f}",
            "one": f"{one.names[0]} ({one.left[:8]})",
            "other": f"{one.names[1]} ({one.right[:8]})",
            "because": ", ".join(one.reasons),
        }
        for number, one in kept
    ]
    write_table(["number", "state", "score", "one", "other", "because"], rows)
    write(
        "+ speaks for it, - against it, ! forbids it, ? leaves it to you: "
        f"kgkit merges {graph} accept|reject|unmerge NUMBER --who YOU"
    )
