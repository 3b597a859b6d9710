"""Running a query so that it can be stopped: by its time limit and by Ctrl-C."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from kgkit.errors import QueryTimeout
from stores.waiting import too_long, wait

__all__ = ["Task", "run_stoppable"]

_Result = TypeVar("_Result")

#: How long a stopped query may take to notice, in seconds; after that it is left behind.
_GRACE = 2.0


class Task:
    """A query that runs in a thread of its own: `stopped` once nobody waits for it any more.

    The server knows its transaction by `key`.
    """

    def __init__(self, work: Callable[[Task], Any]) -> None:
        self.key = uuid.uuid4().hex
        self.stopped = False
        self.done = threading.Event()
        self.result: Any = None
        self.error: BaseException | None = None
        self._work = work

    def run(self) -> None:
        """Do the work and keep what it returns or raises."""
        try:
            self.result = self._work(self)
        except BaseException as error:  # noqa: BLE001
            self.error = error
        finally:
            self.done.set()

    def check(self) -> None:
        """Raise `QueryTimeout` once the task is stopped."""
        if self.stopped:
            raise QueryTimeout("the query was stopped before it was done: nothing was written")

    def stop(self, terminate: Callable[[str], None]) -> None:
        """Have the server end the query; return when it has, or has not within 2 seconds."""
        self.stopped = True
        end = time.monotonic() + _GRACE
        while time.monotonic() < end:
            # Its transaction may only now begin, so this is said more than once.
            terminate(self.key)
            if self.done.wait(0.1):
                return


def run_stoppable(
    work: Callable[[Task], _Result], terminate: Callable[[str], None], timeout: float | None
) -> _Result:
    """Return what `work` returns, in another thread, so that Ctrl-C and `timeout` can end it.

    `terminate` is called with the key of a task that is to end. Raises `QueryTimeout` after
    `timeout` seconds, and what `work` raises.
    """
    task = Task(work)
    threading.Thread(target=task.run, name="kgkit-query", daemon=True).start()
    try:
        finished = wait(task.done, timeout)
    except BaseException:
        task.stop(terminate)
        raise
    if not finished:
        task.stop(terminate)
    if not finished or (timeout is not None and isinstance(task.error, QueryTimeout)):
        raise too_long(timeout)
    if task.error is not None:
        raise task.error
    result: _Result = task.result
    return result
