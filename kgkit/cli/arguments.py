"""What several commands take: the graph, `--json`, and "-" for standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kgkit.errors import InputError

if TYPE_CHECKING:
    from kgkit.graph import KnowledgeGraph

__all__ = ["AsJson", "Graph", "existing", "new_or_existing", "text_of"]

#: The folder that holds a graph.
Graph = Annotated[str, typer.Argument(metavar="GRAPH", help="The folder that holds the graph.")]

#: Whether to write JSON.
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON.")]


def existing(graph: str, *, read_only: bool = True) -> KnowledgeGraph:
    """Open a graph that is there. Raises `InputError` where there is none."""
    if not _is_graph(graph):
        raise InputError(
            f"there is no graph at {graph!r}; make one with: kgkit build {graph} FILES"
        )
    from kgkit.graph import open

    return open(graph, read_only=read_only)


def new_or_existing(graph: str) -> KnowledgeGraph:
    """Open a graph, making it where there is none.

    Raises `InputError` for a folder of other things, which is most often swapped arguments.
    """
    folder = Path(graph)
    if folder.is_dir() and not _is_graph(graph) and any(folder.iterdir()):
        raise InputError(
            f"{graph!r} holds files but no graph; the graph comes first: kgkit build GRAPH FILES"
        )
    from kgkit.graph import open

    return open(graph)


def text_of(argument: str) -> str:
    """Return the argument, or all of standard input for "-". Raises `InputError` when empty."""
    text = sys.stdin.read() if argument == "-" else argument
    if not text.strip():
        where = "standard input" if argument == "-" else "the argument"
        raise InputError(f"{where} is empty; expected some text")
    return text


def _is_graph(graph: str) -> bool:
    return (Path(graph) / "ledger.db").is_file()
