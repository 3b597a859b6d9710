"""The commands that ask a language model for facts, and list what it gave: harvest, harvests.

An `InputError` says what cannot be asked and a `ModelError` what is wrong with a model; docstrings
are the help texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kgkit.cli.arguments import AsJson, Graph, existing, new_or_existing, placed
from kgkit.cli.output import write, write_json, write_table
from kgkit.errors import InputError
from kgkit.facts import Entity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from extractors.harvest.inquiry import Inquiry
    from kgkit.facts import Fact

__all__ = ["harvest", "harvests"]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which facts: all of a relation, those of a head or a tail, or given ones to be verified."""

    n: int
    head: str = ""
    tail: str = ""
    verify: bool = False


@placed
def harvest(  # noqa: PLR0913 - the options of a command are its parameters
    model: Annotated[
        str, typer.Argument(metavar="[MODEL]", help="mini, or hf:<id or folder>.")
    ] = "",
    relation: Annotated[
        str,
        typer.Argument(
            metavar="[RELATION]",
            help="A name of the library, '(Person)-[DIRECTED]->(Film)', or '{0} directed {1}.'.",
        ),
    ] = "",
    seeds: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", exists=True, dir_okay=False, help="True examples: TSV, CSV or JSON."
        ),
    ] = None,
    prompt: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="A prompt with slots {0}, {1}.")
    ] = None,
    n: Annotated[int, typer.Option("-n", help="How many facts.")] = 20,
    head: Annotated[str, typer.Option(help="Only facts with this head.")] = "",
    tail: Annotated[str, typer.Option(help="Only facts with this tail.")] = "",
    verify: Annotated[
        bool, typer.Option("--verify", help="Say whether --head and --tail are believed.")
    ] = False,
    threshold: Annotated[float, typer.Option(help="Leave out facts less sure than this.")] = 0.0,
    into: Annotated[str, typer.Option(metavar="GRAPH", help="Add the facts to this graph.")] = "",
    resume: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Keep what is found, and go on from it.")
    ] = None,
    device: Annotated[str, typer.Option(help="Where the model computes: cpu, cuda.")] = "",
    listed: Annotated[
        bool, typer.Option("--list", help="List the relations of the library.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Ask a language model for the facts of a relation, best first.

    With --into they are added to a graph, signed as one harvest, which can be taken out again:
    kgkit remove GRAPH --harvest NAME.
    """
    if listed:
        _list(as_json)
        return
    if not model or not relation:
        raise typer.BadParameter("give a model and a relation, or --list to see the relations")
    wanted = _Wanted(n, head, tail, verify)
    _check(wanted)
    from extractors.harvest.harvest import inquire

    asking: dict[str, Any] = {"device": device} if device else {}
    with _watching() as progress:
        inquiry = inquire(
            model,
            relation,
            seeds=_seeds(seeds) if seeds else (),
            prompts=prompt or (),
            progress=progress,
            **asking,
        )
        found = [fact for fact in _facts(inquiry, wanted, resume) if fact.confidence >= threshold]
    added = _add(into, found) if into else None
    if as_json:
        write_json({"harvest": inquiry.source, "facts": [_row(f) for f in found], "added": added})
        return
    write_table(["head", "relation", "tail", "sure"], map(_row, found))
    if added is not None:
        write(f"Added {added} new facts to {into}; they are signed {inquiry.source}.")


@placed
def harvests(graph: Graph, as_json: AsJson = False) -> None:
    """List what language models gave to a graph, harvest by harvest."""
    from kgkit.verbs.harvesting import harvests

    with existing(graph) as kg:
        found = [asdict(record) for record in harvests(kg)]
    if as_json:
        write_json(found)
    else:
        write_table(["name", "facts"], found)


def _check(wanted: _Wanted) -> None:
    if wanted.n < 1:
        raise InputError(f"-n {wanted.n} facts cannot be harvested; give 1 or more")
    if wanted.verify and not (wanted.head and wanted.tail):
        raise InputError("--verify needs --head and --tail: the fact that is to be verified")


def _facts(inquiry: Inquiry, wanted: _Wanted, resume: Path | None) -> Iterable[Fact]:
    from extractors.harvest.harvest import kept
    from extractors.harvest.modes import tuples, verify

    if wanted.head and wanted.tail:
        return [verdict.fact for verdict in verify(inquiry, [(wanted.head, wanted.tail)])]
    ends = {place: name for place, name in enumerate((wanted.head, wanted.tail)) if name}
    found = tuples(inquiry, wanted.n, fixed=ends)
    return kept(inquiry, found, resume, mode=json.dumps(["tuples", wanted.n, sorted(ends.items())]))


def _add(graph: str, facts: list[Fact]) -> int:
    with new_or_existing(graph) as kg:
        return kg.add(facts)


def _seeds(path: Path) -> list[tuple[str, ...]]:
    """Return the examples of a file: a JSON list of lists, or lines split at tabs or commas.

    Raises `InputError` for a file that is neither.
    """
    import csv

    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path} is not text in UTF-8; give lines such as 'Paris,France'"
        ) from error
    if text.lstrip().startswith("["):
        try:
            rows = json.loads(text)
        except ValueError as error:
            raise InputError(
                f'{path} is no JSON ({error}); expected [["Paris", "France"]]'
            ) from error
    else:
        lines = [line for line in text.splitlines() if line.strip()]
        sign = "\t" if any("\t" in line for line in lines) else ","
        rows = list(csv.reader(lines, delimiter=sign))
    if not rows or not all(isinstance(row, list) and row for row in rows):
        raise InputError(f"{path} holds no examples; give lines such as 'Paris,France'")
    return [tuple(str(cell).strip() for cell in row) for row in rows]


def _list(as_json: bool) -> None:
    from extractors.harvest.library import relations
    from extractors.harvest.library.reading import GROUPS

    rows = list(
        chain.from_iterable(
            [
                {
                    "relation": each.name,
                    "group": group,
                    "types": " -> ".join(each.slot(place).type for place in range(each.arity)),
                    "prompt": each.prompts[0].text,
                }
                for each in relations(group)
            ]
            for group in GROUPS
        )
    )
    if as_json:
        write_json(rows)
    else:
        write_table(["relation", "group", "types", "prompt"], rows)


def _row(fact: Fact) -> dict[str, object]:
    tail = fact.tail
    others = {item.role: getattr(item.value, "name", item.value) for item in fact.qualifiers}
    return {
        "head": fact.head.name,
        "relation": fact.relation,
        "tail": tail.name if isinstance(tail, Entity) else tail.value,
        **others,
        "sure": f"{fact.confidence:.2f}",
    }


@contextmanager
def _watching() -> Iterator[Callable[..., object] | None]:
    """Give a callback that shows how far the search is, or None where nobody would see it."""
    import sys

    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    with Console(stderr=True).status("Preparing") as status:

        def show(progress: Any) -> None:
            status.update(
                f"found {progress.found}, expanded {progress.expanded}, "
                f"nothing to come above {progress.bound:.2f}"
            )

        yield show
