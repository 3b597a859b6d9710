"""What a database needs before it is written to: keys, indexes, and the mark that it is ours.

One node `:KgkitMeta` holds the id of the ledger that the graph follows, and the sequence number
of it that has been reached. A node
`:KgkitFact` stands for each fact with a literal tail (`stores.neo4j.literals`). They belong to
the bookkeeping: `describe` leaves them out, and so do queries that name labels.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kgkit.errors import StoreError
from stores.neo4j.connection import Connection

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

__all__ = [
    "FACT",
    "META",
    "NODES",
    "OWN",
    "PREFIX",
    "Mark",
    "check_ledger",
    "claim",
    "erase",
    "read_mark",
    "write_watermark",
]

#: The base labels; their nodes are found by `id`.
NODES = ("Document", "Chunk", "Entity", "Statement")
META = "KgkitMeta"
FACT = "KgkitFact"
#: The labels of the bookkeeping, and what the names of its properties begin with.
OWN = frozenset({META, FACT})
PREFIX = "kgkit_"

_OLDEST = (5, 26)
_SLICE = 20_000
_SCHEMA = (
    *(
        f"CREATE CONSTRAINT kgkit_{name.lower()}_id IF NOT EXISTS "
        f"FOR (n:{name}) REQUIRE n.id IS UNIQUE"
        for name in (*NODES, META, FACT)
    ),
    f"CREATE INDEX kgkit_fact_head IF NOT EXISTS FOR (n:{FACT}) ON (n.kgkit_head)",
    "CREATE FULLTEXT INDEX kgkit_entity_names IF NOT EXISTS "
    "FOR (n:Entity) ON EACH [n.name, n.aliases]",
    "CREATE FULLTEXT INDEX kgkit_chunk_text IF NOT EXISTS FOR (n:Chunk) ON EACH [n.text]",
)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a database says of itself: the sequence number reached, None where kgkit has not
    written; whether a `clear` was cut short; whether there is any node; and the id of the ledger
    that it follows, "" where nobody said."""

    watermark: int | None
    is_clearing: bool
    has_nodes: bool
    ledger: str = ""


def read_mark(connection: Connection) -> Mark:
    """Return what the database says of itself."""

    def work(tx: ManagedTransaction) -> Mark:
        row = tx.run(
            f"OPTIONAL MATCH (m:{META}) RETURN m.kgkit_watermark AS watermark, "
            "m.kgkit_clearing AS clearing, m.kgkit_ledger AS ledger, EXISTS { MATCH () } AS nodes"
        ).single(strict=True)
        reached = 0 if row["clearing"] else row["watermark"]
        return Mark(reached, bool(row["clearing"]), row["nodes"], row["ledger"] or "")

    return connection.read(work)


def check_ledger(connection: Connection, kept: str, ledger: str) -> None:
    """Raise `StoreError` when a database follows the ledger `kept` and not this one."""
    if kept and ledger and kept != ledger:
        raise StoreError(
            f"the database at {connection.address} follows another graph's ledger: give this one "
            "a database of its own, or empty that one first"
        )


def claim(connection: Connection, ledger: str = "") -> bool:
    """Make the database ready to follow a ledger, if it is empty or ours; return whether it is.

    Raises `StoreError` when it follows another ledger, and when the server is older than 5.26,
    the first that creates relationships of many types in one statement.
    """
    mark = read_mark(connection)
    check_ledger(connection, mark.ledger, ledger)
    if mark.watermark is None and mark.has_nodes:
        return False
    version = connection.server_version()
    if version and version < _OLDEST:
        raise StoreError(
            f"the server at {connection.address} is Neo4j {'.'.join(map(str, version))}: "
            "kgkit writes to 5.26 and later, and reads 5.7 and later with read_only=True"
        )
    if mark.watermark is None:
        connection.write(_create_schema)
        connection.write(lambda tx: write_watermark(tx, 0))
    if ledger and not mark.ledger:
        check_ledger(connection, connection.write(partial(_keep_ledger, ledger)), ledger)
    if mark.is_clearing:
        erase(connection)
    return True


def erase(connection: Connection) -> None:
    """Take everything out of the database, in slices; the mark that it is ours stays.

    A crash on the way leaves a mark that says so, and the next `claim` goes on.
    """
    connection.write(partial(_set_clearing, True))
    # Relationships first: a node with very many would not fit in a transaction of its own.
    for match in ("()-[x]->()", f"(x) WHERE NOT x:{META}"):
        text = f"MATCH {match} WITH x LIMIT {_SLICE} DELETE x RETURN count(*) AS taken"
        while connection.write(partial(_take, text)):
            pass
    connection.write(partial(_set_clearing, False))


def write_watermark(tx: ManagedTransaction, upto: int) -> None:
    """Set the sequence number; another process that writes waits until this transaction ends."""
    tx.run(f"MERGE (m:{META} {{id: 'graph'}}) SET m.kgkit_watermark = $upto", upto=upto).consume()


def _keep_ledger(ledger: str, tx: ManagedTransaction) -> str:
    """Keep the id of the ledger unless another process has kept one; return the one kept."""
    text = f"MATCH (m:{META}) SET m.kgkit_ledger = coalesce(m.kgkit_ledger, $ledger)"
    row = tx.run(f"{text} RETURN m.kgkit_ledger AS kept", ledger=ledger).single(strict=True)
    return str(row["kept"])


def _set_clearing(is_clearing: bool, tx: ManagedTransaction) -> None:
    write_watermark(tx, 0)
    tx.run(f"MATCH (m:{META}) SET m.kgkit_clearing = $is", {"is": is_clearing}).consume()


def _take(text: str, tx: ManagedTransaction) -> int:
    return int(tx.run(text).single(strict=True)["taken"])


def _create_schema(tx: ManagedTransaction) -> None:
    for statement in _SCHEMA:
        tx.run(statement).consume()
