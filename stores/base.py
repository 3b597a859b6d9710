"""The contracts of stores: what follows the ledger, and what can be asked in a query language."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Flag, auto
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from stores.ledger.batch import Batch
from stores.rows import Rows

__all__ = ["Ability", "GraphStore", "GraphSummary", "Loads", "Place", "Projection"]


class Ability(Flag):
    """What a graph store can do beyond its contract."""

    #: Queries are openCypher.
    CYPHER = auto()
    #: Queries are SPARQL 1.1.
    SPARQL = auto()
    #: Queries may write with `write=True`.
    WRITES = auto()
    #: Queries stop after `timeout`.
    TIMEOUT = auto()
    #: What is kept outlives the process.
    DURABLE = auto()


@dataclass(frozen=True, slots=True)
class Place:
    """Where and how a store is opened: the folder for its files, which need not exist yet, and
    the memory in MiB that an engine inside this process may take.

    `ledger` is the id of the ledger that is followed, so that a store that others reach can
    tell it from theirs; "" where nobody says.
    """

    folder: Path
    read_only: bool = False
    heap_mb: int = 1024
    ledger: str = ""


@dataclass(frozen=True, slots=True)
class GraphSummary:
    """What a graph holds: nodes by label, relationships by type, and the names of properties."""

    labels: Mapping[str, int]
    relationships: Mapping[str, int]
    properties: tuple[str, ...]


@runtime_checkable
class Projection(Protocol):
    """A store that is made from the ledger and can be made again.

    It keeps the number of the last change it has applied in the same transaction as the change,
    so that after a crash it goes on where it was.
    """

    def watermark(self) -> int:
        """Return the sequence number of the ledger that this store has reached, 0 at first."""

    def apply(self, batch: Batch) -> None:
        """Make the store agree with the batch, all or nothing; applying twice changes nothing."""

    def clear(self) -> None:
        """Forget everything, the watermark too."""

    def close(self) -> None:
        """Give back files, locks and memory; closing twice is fine."""


@runtime_checkable
class Loads(Protocol):
    """A projection that takes a whole ledger faster than batch by batch, while it is empty."""

    def loading(self, until: int) -> AbstractContextManager[None]:
        """Let batches up to this number be applied together: they are kept when the block ends.

        Changes made meanwhile have numbers above `until`. A load that is cut short leaves the
        store empty.
        """


@runtime_checkable
class GraphStore(Projection, Protocol):
    """A projection that answers queries."""

    @property
    def abilities(self) -> Ability:
        """What this store can do."""

    def query(
        self,
        text: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        write: bool = False,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Rows:
        """Return the rows of a query.

        `timeout` is in seconds. Raises `QueryError`, `QueryTimeout`, `ReadOnlyError` for a
        query that writes without `write`, and `ClosedError`.
        """

    def describe(self) -> GraphSummary:
        """Return what the graph holds."""
