"""A ledger in PostgreSQL: connections, one writing transaction at a time, and texts as they are.

PostgreSQL keeps no NUL character in a text. Every string on its way there is therefore written
with NUL as the two characters U+001A "0" (and U+001A itself as U+001A "1"), and read back.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from kgkit.errors import MissingExtra

__all__ = ["connect_postgres"]

#: The key of the advisory lock that a writing transaction holds: the letters "kgkit".
_LOCK = int.from_bytes(b"kgkit")
_SETTINGS = "-c lock_timeout=60s -c client_encoding=utf8"
_ESCAPE, _NUL = "\x1a", "\x00"


def connect_postgres(url: URL) -> Engine:
    """Return an engine whose writing transactions follow one another, in every process.

    So the numbers of changes grow in the order in which they are committed. A transaction that
    reads sees one state. Raises `MissingExtra` without psycopg.
    """
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise MissingExtra("a ledger in PostgreSQL needs: pip install 'kgkit[postgres]'") from error
    own = url.set(drivername="postgresql+psycopg")
    given = {"options": f"{url.query.get('options', '')} {_SETTINGS}".strip()}
    engine = create_engine(own, hide_parameters=True, connect_args=given)
    event.listen(engine, "connect", _keep_texts)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("writes", False):
        # Read committed: what the lock was waited for is seen by every statement after it.
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _keep_texts(raw: Any, _: object) -> None:
    from psycopg.types.string import StrDumperUnknown, TextLoader

    class Escaping(StrDumperUnknown):
        def dump(self, obj: str) -> Any:
            if _ESCAPE in obj or _NUL in obj:
                obj = obj.replace(_ESCAPE, f"{_ESCAPE}1").replace(_NUL, f"{_ESCAPE}0")
            return super().dump(obj)

    class Unescaping(TextLoader):
        def load(self, data: Any) -> str:
            text = super().load(data)
            assert isinstance(text, str)
            if _ESCAPE in text:
                text = text.replace(f"{_ESCAPE}0", _NUL).replace(f"{_ESCAPE}1", _ESCAPE)
            return text

    raw.adapters.register_dumper(str, Escaping)
    for name in ("text", "varchar"):
        raw.adapters.register_loader(name, Unescaping)
