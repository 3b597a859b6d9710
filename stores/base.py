"""The contracts of stores: what follows the ledger, and what can be asked in a query language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Flag, auto
from typing import Any, Protocol, runtime_checkable

from stores.ledger.batch import Batch
from stores.rows import Rows

__all__ = ["Ability", "GraphStore", "GraphSummary", "Projection"]


class Ability(Flag):
    """What a graph store can do beyond its contract."""

    CYPHER = auto()
    SPARQL = auto()
    WRITES = auto()
    TIMEOUT = auto()


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
