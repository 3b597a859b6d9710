"""Opening, closing and sharing a graph of RDF."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kgkit.errors import ClosedError, LockedError, ReadError, ReadOnlyError, StoreError
from stores.base import Ability, GraphStore, Place
from stores.ledger import Batch
from stores.rdf import RdfGraph, import_rdf, open_rdf
from tests.stores.embedded.records import BORN, FACTS, batch, world

COUNT = "SELECT (COUNT(*) AS ?n) { ?f a kg:Fact }"
ROOT = Path(__file__).parents[3]
FILM = "<urn:x:alien> a <urn:x:Film> ; <urn:x:title> 'Alien' ; <urn:x:by> <urn:x:scott> ."


def run(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run code in another process."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


def test_it_meets_the_contract_and_says_what_it_can(tmp_path: Path) -> None:
    with RdfGraph.open() as memory, RdfGraph.open(tmp_path / "g") as kept:
        assert isinstance(memory, GraphStore)
        assert memory.abilities == Ability.SPARQL | Ability.WRITES
        assert kept.abilities == Ability.SPARQL | Ability.WRITES | Ability.DURABLE
        assert (memory.watermark(), kept.watermark()) == (0, 0)


def test_what_was_applied_is_there_again(tmp_path: Path) -> None:
    with RdfGraph.open(tmp_path / "g") as graph:
        graph.apply(world(upto=7))
    with RdfGraph.open(tmp_path / "g") as graph:
        assert (graph.query(COUNT)[0]["n"], graph.watermark()) == (6, 7)
        graph.clear()
        assert (graph.query(COUNT)[0]["n"], graph.watermark()) == (0, 0)
        assert list(graph.quads()) == []


def test_a_reader_changes_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no graph"):
        RdfGraph.open(tmp_path / "none", read_only=True)
    with RdfGraph.open(tmp_path / "g") as graph:
        graph.apply(world())
    with RdfGraph.open(tmp_path / "g", read_only=True) as one:
        with RdfGraph.open(tmp_path / "g", read_only=True) as two:
            assert one.query(COUNT) == two.query(COUNT) == [{"n": 6}]
        assert Ability.WRITES not in one.abilities
        with pytest.raises(ReadOnlyError, match="for reading only"):
            one.apply(batch([BORN]))
        with pytest.raises(ReadOnlyError, match="for reading only"):
            one.clear()
        with pytest.raises(ReadOnlyError, match="for reading only"):
            one.query("INSERT DATA { ent:a rel:P 1 }", write=True)


def test_a_second_process_is_told_who_writes(tmp_path: Path) -> None:
    code = "import sys; from stores.rdf import RdfGraph; RdfGraph.open(sys.argv[1])"
    with RdfGraph.open(tmp_path / "g"):
        done = run(code, tmp_path / "g")
        assert f"LockedError: {str(tmp_path / 'g' / 'oxigraph')!r} is being" in done.stderr
        assert f"process {os.getpid()} " in done.stderr
        with pytest.raises(LockedError):
            RdfGraph.open(tmp_path / "g", read_only=True)
    assert run(code, tmp_path / "g").returncode == 0


def test_a_closed_graph_says_so(tmp_path: Path) -> None:
    graph = RdfGraph.open(tmp_path / "g")
    graph.close()
    graph.close()
    for call in (graph.watermark, graph.describe, graph.clear, lambda: graph.query("ASK {}")):
        with pytest.raises(ClosedError, match="open it again"):
            call()


def test_a_forked_process_is_refused(tmp_path: Path) -> None:
    code = """if True:
        import os, sys
        from kgkit.errors import ClosedError
        from stores.rdf import RdfGraph
        graph = RdfGraph.open(sys.argv[1])
        child = os.fork()
        if child == 0:
            try:
                graph.watermark()
            except ClosedError:
                os._exit(7)
            os._exit(1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
        graph.close()
    """
    if not hasattr(os, "fork"):
        pytest.skip("this system does not fork")
    done = run(code, tmp_path / "g")
    assert done.returncode == 0, done.stderr


def test_a_damaged_graph_is_said_to_be(tmp_path: Path) -> None:
    RdfGraph.open(tmp_path / "g").close()
    (tmp_path / "g" / "oxigraph.1" / "CURRENT").write_text("nothing")
    with pytest.raises(StoreError, match="cannot be opened"):
        RdfGraph.open(tmp_path / "g")


def test_a_target_opens_a_folder_or_a_file(tmp_path: Path) -> None:
    file = tmp_path / "film.ttl"
    file.write_text(FILM)
    with open_rdf("rdf", Place(tmp_path / "g")) as graph:
        graph.apply(world())
    with open_rdf("rdf", Place(tmp_path / "g", read_only=True)) as graph:
        assert graph.query(COUNT) == [{"n": 6}]
    with open_rdf(f"rdf:{file}", Place(tmp_path / "unused")) as graph:
        assert not (tmp_path / "unused").exists()
        assert graph.query("SELECT ?t { ?f <urn:x:title> ?t }") == [{"t": "Alien"}]
        assert graph.describe().labels == {"<urn:x:Film>": 1}
        assert graph.describe().properties == ("<urn:x:title>",)
        with pytest.raises(ReadOnlyError):
            graph.apply(batch([BORN]))
    with pytest.raises(ReadError, match=r"none\.ttl"):
        open_rdf(f"rdf:{tmp_path / 'none.ttl'}", Place(tmp_path))


def test_a_graph_says_its_facts(tmp_path: Path) -> None:
    with RdfGraph.open() as graph:
        graph.apply(world())
        assert graph.facts() == sorted(FACTS, key=lambda fact: fact.id)
    (tmp_path / "film.ttl").write_text(FILM + " [] <urn:x:p> [] .")
    with RdfGraph.open_file(tmp_path / "film.ttl") as graph:
        assert graph.facts() == list(import_rdf(tmp_path / "film.ttl"))
        assert len(graph.facts()) == 3


def test_named_graphs_of_a_file_are_asked_as_one(tmp_path: Path) -> None:
    (tmp_path / "g.trig").write_text("<urn:x:g> { <urn:x:a> a <urn:x:T> }")
    with RdfGraph.open_file(tmp_path / "g.trig") as graph:
        assert graph.query("SELECT ?s { ?s a <urn:x:T> }") == [{"s": "urn:x:a"}]
        assert graph.query("SELECT ?g { GRAPH ?g { ?s ?p ?o } }") == [{"g": "urn:x:g"}]
        assert graph.describe().labels == {"<urn:x:T>": 1}


def holds(folder: Path, text: bytes) -> bool:
    """Return whether a file in a folder holds a text."""
    return any(text in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_removed_text_is_gone_from_the_files(tmp_path: Path) -> None:
    place = tmp_path / "g"
    text = world().chunks[0].text.encode()
    gone = (("chunk", world().chunks[0].id), ("document", world().documents[0].id))
    with RdfGraph.open(place) as graph:
        graph.apply(world())
        before = sorted(map(str, graph.quads()))
    assert holds(place, text)
    with RdfGraph.open(place) as graph:
        reading = graph.quads()
        next(reading)
        graph.apply(Batch(2, gone=gone))
        assert not holds(place, text)
        assert len(list(reading)) == len(before) - 1, "who was reading goes on"
        assert graph.query(COUNT) == [{"n": 6}]
        assert graph.watermark() == 2
    assert not holds(place, text)
    with RdfGraph.open(place) as graph:
        assert set(map(str, graph.quads())) < set(before)
        graph.apply(world(upto=3))
        assert sorted(map(str, graph.quads())) == before


def test_the_words_of_a_removed_fact_are_gone_when_closed(tmp_path: Path) -> None:
    words = replace(BORN, predicate="first saw the light of this world in")
    with RdfGraph.open(tmp_path / "g") as graph:
        graph.apply(batch([words]))
    assert holds(tmp_path / "g", b"saw the light")
    with RdfGraph.open(tmp_path / "g") as graph:
        graph.apply(batch(upto=2, gone=[("fact", words.id)]))
    assert not holds(tmp_path / "g", b"saw the light")


def test_clearing_leaves_no_words_either(tmp_path: Path) -> None:
    with RdfGraph.open(tmp_path / "g") as graph:
        graph.apply(world())
        graph.clear()
        assert not holds(tmp_path / "g", b"Marie Curie")
        graph.apply(world())
        assert graph.query(COUNT) == [{"n": 6}]


def test_an_erasure_that_was_interrupted_is_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process ends between the commit and the copy."""
    from stores.rdf import folder

    text = world().chunks[0].text.encode()
    gone = (("chunk", world().chunks[0].id), ("document", world().documents[0].id))
    graph = RdfGraph.open(tmp_path / "g")
    graph.apply(world())
    with monkeypatch.context() as patch:
        patch.setattr(folder, "erase", lambda _, store: store)
        graph.apply(Batch(2, gone=gone))
        graph.apply(Batch(3))
        graph.close()
    assert holds(tmp_path / "g", text)
    (tmp_path / "g" / "oxigraph.part").mkdir()
    with RdfGraph.open(tmp_path / "g") as graph:
        assert not holds(tmp_path / "g", text)
        assert graph.watermark() == 3
        assert not (tmp_path / "g" / "oxigraph.part").exists()


def after_a_power_cut(folder: Path, copy: Path, forced: dict[int, int]) -> int:
    """Return the watermark of a folder that lost what was not forced to the disk.

    `forced` are the bytes of files that were, by inode; the engine's log is what is not its own
    care.
    """
    while True:
        try:
            shutil.copytree(folder, copy)
        except shutil.Error:
            # The engine put files together meanwhile; what it left is copied anew.
            shutil.rmtree(copy)
        else:
            break
    for log in folder.glob("*/*.log"):
        kept = forced.get(log.stat().st_ino, 0)
        os.truncate(copy / log.relative_to(folder), kept)
    with RdfGraph.open(copy) as graph:
        return graph.watermark()


@pytest.mark.skipif(os.name == "nt", reason="what is forced there is the engine's")
def test_a_power_cut_takes_nothing_that_was_committed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from stores.rdf import folder

    forced: dict[int, int] = {}

    def note(opened: int) -> None:
        forced[os.fstat(opened).st_ino] = os.fstat(opened).st_size

    monkeypatch.setattr(os, "fsync", note)
    place = tmp_path / "g"
    with RdfGraph.open(place) as graph:
        graph.apply(world())
        assert after_a_power_cut(place, tmp_path / "1", forced) == 1
        graph.apply(Batch(2, gone=(("fact", BORN.id),)))
        assert after_a_power_cut(place, tmp_path / "2", forced) == 2
        graph.query("INSERT DATA { ent:a rel:P 1 }", write=True)
        assert after_a_power_cut(place, tmp_path / "3", forced) == 2
        with RdfGraph.open(tmp_path / "3") as kept:
            assert kept.query("ASK { ent:a rel:P 1 }") == [{"answer": True}]
        with monkeypatch.context() as patch:
            patch.setattr(folder, "force", lambda *_: None)
            graph.apply(batch([BORN], upto=3))
        assert after_a_power_cut(place, tmp_path / "4", forced) == 2, "this test can fail"


def test_a_lower_watermark_that_stayed_behind_does_not_count(tmp_path: Path) -> None:
    """A process ends between the steps that set the new one and take the old one away."""
    state = "GRAPH <urn:kgkit:state> { <urn:kgkit:state> kg:watermark"
    with RdfGraph.open(tmp_path / "g") as graph:
        graph.apply(world(upto=7))
        graph.query(f"INSERT DATA {{ {state} 3 }} }}", write=True)
        assert graph.watermark() == 7
        graph.apply(world(upto=8))
        assert graph.query(f"SELECT ?n {{ {state} ?n }} }}") == [{"n": 8}]


@pytest.mark.slow
def test_a_killed_writer_leaves_whole_batches(tmp_path: Path) -> None:
    """Batch n holds n facts: whenever the writer is killed, facts and watermark agree."""
    code = """if True:
        import sys
        from dataclasses import replace
        from stores.rdf import RdfGraph
        from tests.stores.embedded.records import BORN, batch
        graph = RdfGraph.open(sys.argv[1])
        for n in range(graph.watermark() + 1, 10**6):
            graph.apply(batch([replace(BORN, relation=f"R_{i}") for i in range(n)], upto=n))
            print(n, flush=True)
    """
    command = [sys.executable, "-c", code, str(tmp_path / "g")]
    reached = 0
    for lines in (3, 7, 12, 20):
        writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        assert writer.stdout is not None
        said = [int(writer.stdout.readline()) for _ in range(lines)]
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        with RdfGraph.open(tmp_path / "g") as graph:
            assert graph.watermark() >= said[-1] > reached
            assert graph.query(COUNT) == [{"n": graph.watermark()}]
            reached = graph.watermark()
