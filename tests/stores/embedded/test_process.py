"""The graph and the processes around it: start, fork, exit, a second process, a sudden end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from kgkit.errors import ClosedError, InputError, LockedError, StoreError
from stores.embedded import EmbeddedGraph
from tests.stores.embedded.conftest import HEAP
from tests.stores.embedded.records import content, world

ROOT = Path(__file__).resolve().parents[3]

FIRST_LINES = f"""
    import os, sys
    from stores.embedded import EmbeddedGraph
    from tests.stores.embedded.records import batch, literal, world
    graph = EmbeddedGraph.open(sys.argv[1], heap_mb={HEAP})
"""


def run(folder: Path, lines: str) -> subprocess.CompletedProcess[str]:
    """Run a script that has a graph at hand in a process of its own."""
    script = textwrap.dedent(FIRST_LINES) + textwrap.dedent(lines)
    return subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


def test_the_engine_starts_late_says_nothing_and_ends(folder: Path) -> None:
    done = run(
        folder,
        """
        assert "jpype" not in sys.modules
        graph.apply(world())
        os.write(1, f"{graph.watermark()}".encode())
        """,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("1", "", 0)
    assert sorted(path.name for path in folder.iterdir()) == ["database"]
    with EmbeddedGraph.open(folder, heap_mb=HEAP) as graph:
        assert graph.watermark() == 1


def test_a_worker_may_start_the_engine_and_end_before_the_process(folder: Path) -> None:
    done = run(
        folder,
        """
        import threading
        worker = threading.Thread(target=graph.apply, args=(world(),))
        worker.start()
        worker.join()
        os.write(1, f"{graph.watermark()}".encode())
        """,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("1", "", 0)


def test_collecting_garbage_in_java_does_not_collect_it_in_python(folder: Path) -> None:
    done = run(
        folder,
        """
        import gc, time
        from stores.embedded.jvm import java
        graph.apply(world())
        runtime = java("java.lang.Runtime").getRuntime()
        runtime.gc()
        time.sleep(0.5)
        before = gc.get_stats()[2]["collections"]
        for _ in range(5):
            runtime.gc()
            time.sleep(0.1)
        assert gc.get_stats()[2]["collections"] == before
        """,
    )
    assert (done.stderr, done.returncode) == ("", 0)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGTERM")
def test_the_signal_to_end_is_left_to_python(folder: Path) -> None:
    done = run(
        folder,
        """
        import signal
        graph.apply(world())
        os.kill(os.getpid(), signal.SIGTERM)
        """,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("", "", -signal.SIGTERM)
    with EmbeddedGraph.open(folder, heap_mb=HEAP) as graph:
        assert graph.watermark() == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_forked_child_is_told_to_spawn(folder: Path) -> None:
    done = run(
        folder,
        """
        from kgkit.errors import ClosedError
        graph.apply(world())
        child = os.fork()
        if child == 0:
            for call in (graph.watermark, graph.describe, lambda: graph.query("RETURN 1")):
                try:
                    call()
                except ClosedError as error:
                    assert "use spawn" in str(error), error
                else:
                    raise AssertionError("the child reached the engine")
            graph.close()
            sys.exit(0)
        assert os.waitpid(child, 0)[1] == 0
        assert graph.watermark() == 1
        """,
    )
    assert (done.stderr, done.returncode) == ("", 0)


def test_a_second_process_is_told_who_is_first(folder: Path) -> None:
    lines = """
        from kgkit.errors import LockedError
        for read_only in (False, True):
            second = EmbeddedGraph.open(sys.argv[1], heap_mb=256, read_only=read_only)
            try:
                second.watermark()
            except LockedError as error:
                sys.stdout.write(f"{error}|")
        """
    with EmbeddedGraph.open(folder, heap_mb=HEAP) as graph:
        graph.apply(world())
        done = run(folder, lines)
        assert done.returncode == 0, done.stderr
        assert done.stdout.count(f"process {os.getpid()} on") == 2
        assert graph.watermark() == 1


def test_a_closed_graph_says_so(folder: Path) -> None:
    graph = EmbeddedGraph.open(folder, heap_mb=HEAP)
    graph.close()
    graph.close()
    for call in (graph.watermark, graph.describe, graph.clear):
        with pytest.raises(ClosedError, match="open it again"):
            call()


def test_what_is_not_there_cannot_be_read(folder: Path) -> None:
    with pytest.raises(StoreError, match="build one first"):
        EmbeddedGraph.open(folder, read_only=True)
    with pytest.raises(InputError, match="heap_mb=8"):
        EmbeddedGraph.open(folder, heap_mb=8)


def test_a_closed_graph_can_be_read(folder: Path) -> None:
    with EmbeddedGraph.open(folder, heap_mb=HEAP) as graph:
        graph.apply(world())
        whole = content(graph)
    with EmbeddedGraph.open(folder, heap_mb=HEAP, read_only=True) as reader:
        assert content(reader) == whole
        assert reader.watermark() == 1


def test_a_damaged_graph_says_how_to_go_on(folder: Path) -> None:
    (folder / "database").mkdir(parents=True)
    (folder / "database" / "schema.json").write_text("{")
    (folder / "database" / "dictionary.0.65536.v1.dict").write_bytes(b"x" * 70_000)
    with pytest.raises(StoreError, match="rebuild"):
        EmbeddedGraph.open(folder, heap_mb=HEAP).watermark()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="needs kill -9")
def test_a_sudden_end_loses_nothing_and_leaves_nothing_half_done(folder: Path) -> None:
    script = textwrap.dedent(FIRST_LINES) + textwrap.dedent(
        """
        for step in range(graph.watermark() + 1, 10_000):
            graph.apply(batch([literal(step), *world().facts], upto=step, texts=True))
            os.write(1, f"{step}\\n".encode())
        """
    )
    told = 0
    for _ in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", script, str(folder)], cwd=ROOT, stdout=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            told = max(told, int(process.stdout.readline()))
            time.sleep(0.4)
            process.send_signal(signal.SIGKILL)
            told = max([told, *map(int, process.stdout.read().split())])
    with EmbeddedGraph.open(folder, heap_mb=HEAP) as graph:
        reached = graph.watermark()
        assert reached in (told, told + 1)
        (row,) = graph.query("MATCH (p:Person {name: 'Marie Curie'}) RETURN p.height AS h")
        assert row["h"] == (list(range(1, reached + 1)) if reached > 1 else 1)
        assert graph.query("MATCH (:Person)-[r:BORN_IN]->() RETURN count(r) AS n") == [{"n": 1}]


def test_opening_twice_in_one_process_says_where_it_is_open(folder: Path) -> None:
    with EmbeddedGraph.open(folder, heap_mb=HEAP) as graph:
        graph.apply(world())
        with pytest.raises(LockedError, match=f"process {os.getpid()}"):
            EmbeddedGraph.open(folder, heap_mb=HEAP).watermark()
        (folder / "writer.json").unlink()
        with pytest.raises(LockedError, match="another process"):
            EmbeddedGraph.open(folder, heap_mb=HEAP).watermark()
