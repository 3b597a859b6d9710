"""Running a query so that it can be stopped, and saying in one sentence what was wrong with it."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from kgkit.errors import KgkitError, QueryError, QueryTimeout, ReadOnlyError, StoreError
from stores.embedded.jvm import java
from stores.waiting import too_long, wait

__all__ = ["Stoppable", "run_stoppable", "translate"]

_Result = TypeVar("_Result")

#: How long a stopped query may take to notice, in seconds; after that it is left behind.
_GRACE = 2.0

_WRITES = re.compile(
    r"\b(DETACH\s+DELETE|CREATE|MERGE|DELETE|SET|REMOVE|FOREACH|DROP|ALTER|INSERT|CALL\s+[\w.]+)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`[^`]*`|//[^\n]*|/\*.*?\*/", re.DOTALL
)
_CAUSE = re.compile(r"\s*\(caused by [\w.$]+\)")
_CLASS = re.compile(r"^(?:[a-z]\w*\.)+[\w$]+: ?")


@dataclass(slots=True)
class Stoppable:
    """A query that runs in a thread of its own: `stopped` once nobody waits for it any more."""

    work: Callable[[Stoppable], Any]
    done: threading.Event = field(default_factory=threading.Event)
    stopped: bool = False
    result: Any = None
    error: BaseException | None = None
    _query: Any = None

    def run(self) -> None:
        """Do the work under a registration that `stop` can end."""
        client = java("com.arcadedb.query.RunningQuery$Client").NONE
        try:
            self._query = _registry().register("graph", "", "python", "", "", client)
            self.result = self.work(self)
        except BaseException as error:  # noqa: BLE001
            self.error = error
        finally:
            if self._query is not None:
                self._query.close()

    def stop(self) -> None:
        """Have the engine end the query; return when it has, or has not within 2 seconds."""
        self.stopped = True
        if self._query is not None:
            self._query.terminate("kgkit")
        self.done.wait(_GRACE)


def run_stoppable(work: Callable[[Stoppable], _Result], timeout: float | None) -> _Result:
    """Return what `work` returns, in another thread, so that Ctrl-C and `timeout` can end it.

    Raises `QueryTimeout` after `timeout` seconds, and what `work` raises.
    """
    task = Stoppable(work)
    _Worker.take().do(task)
    try:
        finished = wait(task.done, timeout)
    except BaseException:
        task.stop()
        raise
    if not finished:
        task.stop()
        raise too_long(timeout)
    if task.error is not None:
        raise task.error
    result: _Result = task.result
    return result


class _Worker(threading.Thread):
    """A thread that does one task at a time and then waits for another."""

    idle: SimpleQueue[_Worker] = SimpleQueue()

    def __init__(self) -> None:
        super().__init__(name="kgkit-query", daemon=True)
        self._tasks: SimpleQueue[Stoppable] = SimpleQueue()
        self.start()

    @classmethod
    def take(cls) -> _Worker:
        """Return a worker that has nothing to do."""
        try:
            return cls.idle.get_nowait()
        except Empty:
            return cls()

    def do(self, task: Stoppable) -> None:
        self._tasks.put(task)

    def run(self) -> None:
        while True:
            task = self._tasks.get()
            task.run()
            self.idle.put(self)
            task.done.set()
            del task


@cache
def _registry() -> Any:
    return java("com.arcadedb.query.RunningQueryRegistry")()


def translate(error: BaseException, text: str) -> KgkitError:
    """Return what a Java error means to the writer of the query `text`."""
    cause = _java_cause(error)
    name = str(getattr(type(cause), "__name__", "")).rpartition(".")[2]
    said = _sentence(str(cause))
    if name == "QueryNotIdempotentException":
        found = _WRITES.search(_QUOTED.sub(" ", text))
        clause = " ".join(found[0].upper().split()) if found else "a writing clause"
        return ReadOnlyError(
            f"the query writes ({clause}) and queries only read: pass write=True to change the "
            "graph, or remove the clause"
        )
    if name == "DatabaseIsReadOnlyException":
        return ReadOnlyError("the graph was opened for reading: open it without read_only to write")
    if name in ("QueryTerminatedException", "TimeoutException"):
        return QueryTimeout("the query was stopped before it was done: allow more time")
    if name == "CommandParameterMissingException":
        missing = said.rpartition(":")[2].strip()
        return QueryError(f"the query names ${missing}: pass parameters with a value for it")
    if name == "ConcurrentModificationException":
        return StoreError(f"another writer changed the same records ({said}): run the query again")
    if isinstance(cause, MemoryError) or "heap budget" in said or name == "OutOfMemoryError":
        return QueryError(
            "the query needs more memory than the engine has: narrow it, add LIMIT, or open the "
            "graph with a larger heap_mb"
        )
    return QueryError(f"the query cannot run: {said}{_excerpt(said, text)}")


def _java_cause(error: BaseException) -> BaseException:
    throwable = java("java.lang.Throwable")
    while not isinstance(error, throwable) and error.__cause__ is not None:
        error = error.__cause__
    return error


def _sentence(message: str) -> str:
    plain = _CAUSE.sub("", _CLASS.sub("", message.strip()))
    first = plain.splitlines()[0] if plain else "the engine gave no reason"
    return first.rstrip(". ")


def _excerpt(said: str, text: str) -> str:
    place = re.search(r"line (\d+)(?::|, column )(\d+)", said)
    if place is None:
        return "; check the query"
    lines = text.splitlines() or [""]
    line = lines[min(int(place[1]), len(lines)) - 1]
    near = line[max(0, int(place[2]) - 20) : int(place[2]) + 20].strip()
    return f"; check it near {near!r}"
