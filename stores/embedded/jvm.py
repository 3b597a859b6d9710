"""The Java machine of this process: started once, silent, with a heap that cannot change later.

A Java machine does not survive a fork: in a child it hangs on the first call. So every use asks
`check_process` first, and what exit would run in the child is taken back.
"""

from __future__ import annotations

import atexit
import gc
import os
import tempfile
import weakref
from functools import cache
from pathlib import Path
from threading import RLock
from typing import Any, Protocol

from kgkit.errors import ClosedError, MissingExtra, StoreError

__all__ = ["check_process", "close_at_exit", "is_forked", "java", "start", "tidy"]

#: The engine's page cache at most, in MiB; what it drops is still in the system's.
_PAGES_MB = 128
#: Garbage that is let be, in bytes.
_SLACK = 96 * 2**20


class _Closeable(Protocol):
    def close(self) -> None:
        """Close the store; in a forked process, without a call to Java."""


_lock = RLock()
_started_in: int | None = None
_in_use = 0
_open: weakref.WeakSet[Any] = weakref.WeakSet()


def start(heap_mb: int) -> None:
    """Start the Java machine with a heap of at most `heap_mb` MiB, unless it runs already.

    The heap of a running machine stays as it is. Raises `MissingExtra` where the engine is not
    installed, `StoreError` when the machine cannot start, and `ClosedError` after a fork.
    """
    global _started_in  # noqa: PLW0603
    check_process()
    with _lock:
        if _started_in is not None:
            return
        try:
            import jpype
            from arcadedb_embedded.jvm import get_bundled_jre_lib_path, get_jar_path
        except ImportError as error:
            raise MissingExtra(
                "the graph engine is not installed: pip install arcadedb-embedded "
                "(there is no wheel for Intel Macs and Alpine)"
            ) from error
        jars = sorted(str(jar) for jar in Path(get_jar_path()).glob("*.jar"))
        if not jpype.isJVMStarted():
            try:
                # Without `interrupt`, Ctrl-C would end the process instead of the query.
                jpype.startJVM(
                    get_bundled_jre_lib_path(),
                    *_arguments(heap_mb),
                    classpath=os.pathsep.join(jars),
                    interrupt=False,
                )
            except (OSError, RuntimeError) as error:
                raise StoreError(
                    f"the graph engine cannot start with heap_mb={heap_mb}: {error}; "
                    "give it a heap that fits this machine"
                ) from error
            # As Java's main thread this one would have to live as long as the process: a worker
            # that has ended would keep it from exiting. Further calls attach it as a guest.
            jpype.java.lang.Thread.detach()
            _unlink_collectors()
        _started_in = os.getpid()
        # Registered after jpype's own hook, so it runs before it.
        atexit.register(_close_all)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=_forget_in_child)
        _configure(heap_mb)


def check_process() -> None:
    """Raise `ClosedError` in a process forked from the one where the Java machine runs."""
    if is_forked():
        raise ClosedError(
            f"process {os.getpid()} was forked from {_started_in}, where the graph engine runs: "
            'use spawn, as in multiprocessing.get_context("spawn")'
        )


def is_forked() -> bool:
    """Return whether this process was forked from the one where the Java machine runs."""
    return _started_in is not None and _started_in != os.getpid()


def close_at_exit(store: _Closeable) -> None:
    """Close this store when the interpreter exits, if it is still there."""
    _open.add(store)


def tidy() -> None:
    """Collect garbage when there is much, so that the heap stays near what is in use.

    Left alone, the machine would first grow to the whole heap that it is allowed.
    """
    global _in_use  # noqa: PLW0603
    runtime = java("java.lang.Runtime").getRuntime()
    if runtime.totalMemory() - runtime.freeMemory() > 2 * _in_use + _SLACK:
        runtime.gc()
        _in_use = runtime.totalMemory() - runtime.freeMemory()


@cache
def java(name: str) -> Any:
    """Return a Java class by its full name; the machine must be running."""
    import jpype

    return jpype.JClass(name)


def _unlink_collectors() -> None:
    """Let Java and Python collect their own garbage.

    JPype has each collection in one start a whole one in the other (jpype-project/jpype#1197).
    With a large Python heap that stops all other threads for most of a build.
    """
    import jpype

    gc.callbacks[:] = [call for call in gc.callbacks if call is not jpype._jpype._collect]


def _arguments(heap_mb: int) -> list[str]:
    return [
        "-Xms48m",
        f"-Xmx{heap_mb}m",
        # Signals stay with Python: Java's own handler crashes on SIGTERM.
        "-Xrs",
        # The quick compiler alone: most sessions are short, and the thorough one would take a
        # core for longer than a build lasts.
        "-XX:TieredStopAtLevel=1",
        # One collector thread; memory that is free goes back to the system.
        "-XX:+UseSerialGC",
        "-XX:MinHeapFreeRatio=10",
        "-XX:MaxHeapFreeRatio=25",
        "-XX:+UseCompactObjectHeaders",
        f"-XX:ErrorFile={Path(tempfile.gettempdir()) / 'kgkit_engine_%p.log'}",
        "-Djava.awt.headless=true",
        "-Dfile.encoding=UTF8",
        "-Dpolyglot.engine.WarnInterpreterOnly=false",
        # Logging goes through slf4j to java.util.logging, whose configuration is an empty file.
        "-Darcadedb.log.impl=slf4j",
        "-Dslf4j.internal.verbosity=ERROR",
        f"-Djava.util.logging.config.file={os.devnull}",
        "--enable-native-access=ALL-UNNAMED",
        "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
        "--add-opens=java.base/java.nio.channels.spi=ALL-UNNAMED",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
    ]


def _configure(heap_mb: int) -> None:
    """Bound the page cache, and keep queries off files and the network (`LOAD CSV`)."""
    settings = java("com.arcadedb.GlobalConfiguration")
    settings.MAX_PAGE_RAM.setValue(min(_PAGES_MB, heap_mb // 4))
    settings.OPENCYPHER_LOAD_CSV_ALLOW_FILE_URLS.setValue(False)
    settings.OPENCYPHER_LOAD_CSV_ALLOW_REMOTE_URLS.setValue(False)


def _close_all() -> None:
    if not is_forked():
        for store in list(_open):
            store.close()


def _forget_in_child() -> None:
    """Keep a forked child from ending Java in its exit, which would hang."""
    from jpype import config

    config.onexit = False
    for store in list(_open):
        store.close()
