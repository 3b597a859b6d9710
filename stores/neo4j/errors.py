"""What the driver and the server complain about, as kgkit's own errors of one sentence."""

from __future__ import annotations

import re

from kgkit.errors import KgkitError, QueryError, QueryTimeout, ReadOnlyError, StoreError
from stores.neo4j.address import Address

__all__ = ["translate"]

_STOPPED = (
    "Neo.ClientError.Transaction.Terminated",
    "Neo.ClientError.Transaction.TransactionTimedOut",
    "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
)
_MEMORY = ("MemoryPoolOutOfMemoryError", "TransactionOutOfMemoryError", "OutOfMemoryError")
_PLACE = re.compile(r"\s*\(line (\d+), column (\d+) \(offset: \d+\)\)")


def translate(error: Exception, address: Address, text: str | None = None) -> KgkitError:
    """Return what an error of the driver means; `text` is the query that was asked, if one was."""
    from neo4j.exceptions import ClientError, Neo4jError

    if not isinstance(error, Neo4jError):
        return _of_connection(error, address)
    code = error.code or ""
    said = _first_line(error.message or "the server gave no reason")
    known = _of_access(code, address) or _of_running(code, said)
    if known is not None:
        return known
    if text is not None and isinstance(error, ClientError):
        return _of_query(code, error.message or said, text)
    return StoreError(f"the server at {address} cannot do this ({said}): see the server's log")


def _of_connection(error: Exception, address: Address) -> KgkitError:
    from neo4j.exceptions import BrokenRecordError, ConfigurationError, IncompleteCommit

    reason = str(error).strip().splitlines() or [type(error).__name__]
    if isinstance(error, IncompleteCommit):
        return StoreError(
            f"the server at {address} went away while it committed, and whether it did is not "
            "known: look before you write again"
        )
    if isinstance(error, BrokenRecordError):
        return QueryError(
            f"a value in the result has no place in Python ({reason[0]}), such as a date before "
            "the year 1: return it as text, with toString()"
        )
    if isinstance(error, ConfigurationError):
        return StoreError(f"the driver cannot use {address} ({reason[0]}): check the address")
    return StoreError(
        f"no Neo4j server answers at {address} ({reason[0].rstrip(':')}): start it, or check the "
        "address; schemes with +s and +ssc are for servers with TLS"
    )


def _of_access(code: str, address: Address) -> KgkitError | None:
    if code == "Neo.ClientError.Statement.AccessMode":
        return ReadOnlyError(
            "the query writes and queries only read: pass write=True to change the graph, or "
            "remove the clause that writes"
        )
    if code in (
        "Neo.ClientError.Security.Unauthorized",
        "Neo.ClientError.Security.CredentialsExpired",
    ):
        who = f"user {address.user!r}" if address.user else "no user"
        return StoreError(
            f"the server at {address.uri} does not let {who} in: check user and password (the "
            "arguments, the URL, or KGKIT_NEO4J_USER and KGKIT_NEO4J_PASSWORD)"
        )
    if code == "Neo.ClientError.Security.AuthenticationRateLimit":
        return StoreError(
            f"the server at {address.uri} refuses after too many wrong passwords: wait some "
            "seconds, then try with the right one"
        )
    if code == "Neo.ClientError.Database.DatabaseNotFound":
        return StoreError(
            f"the server at {address.uri} has no database {address.database!r}: SHOW DATABASES "
            "lists what it has"
        )
    if code == "Neo.ClientError.Security.Forbidden":
        return StoreError(
            f"the server at {address} does not permit this to user {address.user!r}: ask for the "
            "right, or open the graph as another user"
        )
    if code.startswith("Neo.ClientError.General.ForbiddenOnReadOnlyDatabase"):
        return ReadOnlyError(f"the database at {address} is read-only on the server")
    return None


def _of_running(code: str, said: str) -> KgkitError | None:
    if code in _STOPPED:
        return QueryTimeout("the query was stopped before it was done: allow more time")
    if code.endswith(_MEMORY):
        return QueryError(
            "the query needs more memory than the server gives it: narrow it, add LIMIT, or raise "
            "the server's memory"
        )
    if code.startswith("Neo.TransientError"):
        return StoreError(f"the server could not do it now ({said}): run it again")
    return None


def _of_query(code: str, message: str, text: str) -> QueryError:
    if code == "Neo.ClientError.Statement.ParameterMissing":
        missing = ", $".join(message.rpartition(":")[2].replace(" ", "").split(","))
        return QueryError(f"the query names ${missing}: pass parameters with a value for it")
    if not text.strip():
        return QueryError("the query is empty: write one, such as MATCH (n) RETURN n LIMIT 10")
    said = _first_line(message)
    place = _PLACE.search(said)
    if place is None:
        return QueryError(f"the query cannot run: {said}; check the query")
    lines = text.splitlines()
    line = lines[max(0, min(int(place[1]), len(lines)) - 1)]
    near = line[max(0, int(place[2]) - 20) : int(place[2]) + 20].strip()
    said = _PLACE.sub("", said)
    return QueryError(f"the query cannot run: {said}; check line {place[1]} near {near!r}")


def _first_line(message: str) -> str:
    return (message.strip().splitlines() or [""])[0].rstrip(". ")
