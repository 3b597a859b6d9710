"""What several commands take: the graph and its place, `--json`, and "-" for standard input."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ParamSpec, TypedDict

import typer

from kgkit.errors import InputError

if TYPE_CHECKING:
    from kgkit.graph import KnowledgeGraph

__all__ = [
    "AsJson",
    "Graph",
    "existing",
    "existing_or_none",
    "given_place",
    "new_or_existing",
    "placed",
    "text_of",
]

_P = ParamSpec("_P")

#: The folder that holds a graph.
Graph = Annotated[str, typer.Argument(metavar="GRAPH", help="The folder that holds the graph.")]

#: Whether to write JSON.
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON.")]


class _Place(TypedDict):
    """The store and the ledger of a graph, as `open` takes them."""

    store: str | None
    ledger: str | None


#: Where a graph keeps what is not in its folder.
_STORE = Annotated[
    str, typer.Option("--store", metavar="STORE", help="The graph store, as neo4j://host:7687.")
]
_LEDGER = Annotated[
    str, typer.Option("--ledger", metavar="URL", help="The ledger, where it is in PostgreSQL.")
]
#: What the command that runs was given of them.
_GIVEN: ContextVar[_Place] = ContextVar("given")


def placed(command: Callable[_P, None]) -> Callable[_P, None]:
    """Give a command on a graph the options --store and --ledger, for `existing` and others.

    One that has an option of this name of its own keeps it.
    """
    signature = inspect.signature(command, eval_str=True)
    options = (("store", _STORE), ("ledger", _LEDGER))
    own = {name: kind for name, kind in options if name not in signature.parameters}

    @wraps(command)
    def run(*arguments: _P.args, **named: _P.kwargs) -> None:
        given = {name: str(named.pop(name, "")) for name in own}
        place = _Place(store=given.get("store") or None, ledger=given.get("ledger") or None)
        before = _GIVEN.set(place)
        try:
            command(*arguments, **named)
        finally:
            _GIVEN.reset(before)

    parameters = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default="", annotation=kind)
        for name, kind in own.items()
    ]
    everything = [*signature.parameters.values(), *parameters]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in everything}
    run.__dict__["__signature__"] = signature.replace(parameters=everything)
    return run


def given_place() -> _Place:
    """Return the store and the ledger that the command that runs was given, for `open`."""
    return _GIVEN.get(_Place(store=None, ledger=None))


def existing(graph: str, *, read_only: bool = True, extractor: str = "mini") -> KnowledgeGraph:
    """Open a graph that is there. Raises `InputError` where there is none."""
    place = given_place()
    if place["ledger"] is None and not _is_graph(graph):
        raise InputError(
            f"there is no graph at {graph!r}; make one with: kgkit build {graph} FILES"
        )
    from kgkit.graph import open

    return open(graph, read_only=read_only, extractor=extractor, **place)


def existing_or_none(graph: str, *, extractor: str) -> KnowledgeGraph:
    """Open a graph for reading, or an empty one in memory where there is none."""
    from kgkit.graph import open

    if given_place()["ledger"] is not None or _is_graph(graph):
        return existing(graph, extractor=extractor)
    return open(":memory:", extractor=extractor)


def new_or_existing(graph: str, *, extractor: str = "mini") -> KnowledgeGraph:
    """Open a graph, making it where there is none.

    Raises `InputError` for a folder of other things, which is most often swapped arguments.
    """
    folder, place = Path(graph), given_place()
    is_known = place["ledger"] is not None or _is_graph(graph)
    if folder.is_dir() and not is_known and any(folder.iterdir()):
        raise InputError(
            f"{graph!r} holds files but no graph; the graph comes first: kgkit build GRAPH FILES"
        )
    from kgkit.graph import open

    return open(graph, extractor=extractor, **place)


def text_of(argument: str) -> str:
    """Return the argument, or all of standard input for "-". Raises `InputError` when empty."""
    text = sys.stdin.read() if argument == "-" else argument
    if not text.strip():
        where = "standard input" if argument == "-" else "the argument"
        raise InputError(f"{where} is empty; expected some text")
    return text


def _is_graph(graph: str) -> bool:
    return (Path(graph) / "ledger.db").is_file()
