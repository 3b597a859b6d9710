"""Where a server is and who asks: read from the address, from arguments and the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

from kgkit.errors import InputError

__all__ = ["SCHEMES", "Address", "read_address"]

#: `neo4j` asks the server for its cluster, `bolt` speaks to one server; `+s` is TLS with a
#: certificate that is checked, `+ssc` TLS with any certificate.
SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


@dataclass(frozen=True, slots=True)
class Address:
    """A server and database, and the user that asks; `uri` holds no password.

    Without a user the server is asked without authentication, without a database the user's own.
    """

    uri: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    database: str | None = None

    def __str__(self) -> str:
        return f"{self.uri} (database {self.database})" if self.database else self.uri


def read_address(
    url: str,
    user: str | None = None,
    password: str | None = None,
    database: str | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Address:
    """Return the address that a URL means.

    User, password and database come from the arguments, else from the URL
    ("neo4j://user:password@host:7687?database=films"), else from KGKIT_NEO4J_USER,
    KGKIT_NEO4J_PASSWORD and KGKIT_NEO4J_DATABASE. Characters such as "@" in a password are
    written "%40" in a URL. A password without a user is that of "neo4j". Raises `InputError`
    for another scheme, a URL without host, and a user without password.

    >>> read_address("neo4j+s://ada:secret@example.org?database=films", environment={})
    Address(uri='neo4j+s://example.org', user='ada', database='films')
    """
    parts = _split(url)
    settings = parse_qsl(parts.query)
    named = [value for key, value in settings if key == "database"]
    user = user or unquote(parts.username or "") or environment.get("KGKIT_NEO4J_USER") or None
    password = (
        password or unquote(parts.password or "") or environment.get("KGKIT_NEO4J_PASSWORD") or None
    )
    database = database or "".join(named[-1:]) or environment.get("KGKIT_NEO4J_DATABASE") or None
    if password and not user:
        user = "neo4j"
    if user and not password:
        raise InputError(
            f"user {user!r} has no password for {_bare(parts)}: set KGKIT_NEO4J_PASSWORD, or pass "
            "password="
        )
    rest = urlencode([(key, value) for key, value in settings if key != "database"])
    uri = f"{_bare(parts)}?{rest}" if rest else _bare(parts)
    return Address(uri, user, password, database)


def _split(url: str) -> SplitResult:
    """Return the parts of a URL; its own text is in no error, since it may hold a password."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise InputError(
            "the address of the server cannot be read: write it as neo4j://host:7687, with "
            'characters such as "@" or "/" in a password written "%40" or "%2F"'
        ) from error
    if parts.scheme not in SCHEMES or not host:
        raise InputError(
            f"the address of the server begins with {parts.scheme!r} and names the host "
            f"{host or ''!r}: write it as neo4j://host:7687, with one of {', '.join(SCHEMES)}"
        )
    return parts


def _bare(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
