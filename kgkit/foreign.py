"""A graph that kgkit did not write: opened as it is, read-only, described, queried and asked."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from stores.base import GraphStore, GraphSummary, Place
from stores.registry import open_store

if TYPE_CHECKING:
    from kgkit.graph import KnowledgeGraph
    from reasoning.answers import Answer
    from stores.rows import Rows

__all__ = ["ForeignGraph", "connect"]


def connect(target: str, *, heap_mb: int = 1024) -> ForeignGraph:
    """Open someone else's graph for reading: "neo4j://host:7687", "rdf:films.ttl".

    What it begins with is the name of a store (`stores.registry`). Raises `InputError` for a name
    that no installed package offers, and `StoreError` where there is nothing to read.

    >>> connect("mysql://host")
    Traceback (most recent call last):
    kgkit.errors.InputError: no store is named 'mysql'; installed are ...
    """
    _, _, rest = target.partition(":")
    store = open_store(target, Place(Path(), read_only=True, heap_mb=heap_mb))
    return ForeignGraph(store, Path(rest) if Path(rest).is_file() else None)


class ForeignGraph:
    """Someone else's graph. Use it as a context manager, or `close()` it.

    `file` is where the graph stands, for a store that is one file.
    """

    def __init__(self, store: GraphStore, file: Path | None = None) -> None:
        self.store = store
        self._file = file
        self._parts = ExitStack()
        self._parts.callback(store.close)

    def query(
        self,
        text: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Rows:
        """Return the rows of a query in the store's language; what would write is refused.

        Raises what `stores.base.GraphStore.query` raises.
        """
        return self.store.query(text, parameters, timeout=timeout, limit=limit)

    def describe(self) -> GraphSummary:
        """Return its labels or classes, its relationships and its property names."""
        return self.store.describe()

    def ask(self, question: str) -> Answer:
        """Answer a question from its facts, or say what is missing.

        The first question copies the facts into a graph of kgkit's own that is forgotten with
        `close`. Raises `InputError` for an empty question.
        """
        return self._copy.ask(question)

    @cached_property
    def _copy(self) -> KnowledgeGraph:
        from kgkit.graph import open
        from kgkit.importing import import_from

        copy = self._parts.enter_context(open(":memory:"))
        import_from(copy.ledger, [self._file or self.store])
        return copy

    def close(self) -> None:
        """Give the connection and the copy back; closing twice is fine."""
        self._parts.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
