"""An import can be taken out again: what rests on it alone goes, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kgkit
from kgkit.facts import Document, Entity, Fact
from kgkit.importing import import_from
from stores.ledger import ImportRecord, Ledger
from tests.extractors.imports.samples import write_graphrag, write_hipporag, write_lightrag
from tests.kgkit.worlds import ADA, BOB, Words

WRITERS: dict[str, Callable[[Path], Path]] = {
    "hipporag.json": write_hipporag,
    "graphrag": write_graphrag,
    "lightrag": write_lightrag,
}


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with Ledger.open(":memory:") as ledger:
        yield ledger


def table(path: Path, *rows: str) -> str:
    path.write_text("\n".join(["head,relation,tail", *rows]))
    return path.as_posix()


names = st.sampled_from(["Ada", "Bob", "Cid", "Dee"])
rows = st.lists(st.tuples(names, st.sampled_from(["knows", "met"]), names).map(",".join))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows, rows)
def test_a_and_b_without_b_is_a(tmp_path: Path, first: list[str], second: list[str]) -> None:
    a, b = table(tmp_path / "a.csv", *first), table(tmp_path / "b.csv", *second)
    with Ledger.open(":memory:") as ledger:
        import_from(ledger, [a])
        only = list(ledger.export())
        import_from(ledger, [b])
        assert ledger.remove_import(b) == bool(second)
        assert list(ledger.export()) == only
        assert list(ledger.problems()) == []
        ledger.remove_import(a)
        assert list(ledger.export()) == []


@pytest.mark.parametrize("name", WRITERS)
def test_documents_that_came_along_go_too(tmp_path: Path, ledger: Ledger, name: str) -> None:
    source = WRITERS[name](tmp_path / name)
    other = table(tmp_path / "other.csv", "Marie Curie,lived in,Paris")
    import_from(ledger, [other])
    before = list(ledger.export())
    report = import_from(ledger, [source])
    assert report.totals["documents"] > 0
    (record,) = [r for r in ledger.imports() if r.source.startswith(source.as_posix())]
    assert record.documents == report.totals["documents"]
    assert ledger.remove_import(record.source)
    assert list(ledger.export()) == before
    assert [r.source for r in ledger.imports()] == [other]
    assert not ledger.remove_import(record.source)


def test_imports_are_listed(tmp_path: Path, ledger: Ledger) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    a = table(folder / "a.csv", "Ada,knows,Bob", "Bob,knows,Ada")
    b = table(folder / "b.csv", "Ada,knows,Bob")
    like = table(tmp_path / "in_a.csv", "Cid,knows,Bob")
    import_from(ledger, [a, b, like])
    assert ledger.imports() == [
        ImportRecord(a, 0, 2),
        ImportRecord(b, 0, 1),
        ImportRecord(like, 0, 1),
    ]
    assert not ledger.remove_import("")
    assert not ledger.remove_import(folder.as_posix() + "/a")
    assert ledger.remove_import(folder.as_posix())
    assert ledger.imports() == [ImportRecord(like, 0, 1)]


def test_what_others_say_stays(tmp_path: Path) -> None:
    source = table(tmp_path / "a.csv", "Ada,saw,Cid", "Ada,knows,Eve")
    with kgkit.open(tmp_path / "a.kg", extractor=Words()) as kg:
        kg.build(ADA, BOB)
        kg.assert_fact(Fact(Entity.named("Ada"), "LIKES", Entity.named("Eve")), who="Ida")
        before = list(kg.export())
        kg.import_from(source)
        kg.merge(Entity.named("Eve").id, Entity.named("Cid").id)
        assert [record.source for record in kg.imports()] == [source]
        assert kg.remove_import(source)
        assert kg.imports() == []
        kg.withdraw(kg.decisions()[-1].decision.id)
        assert list(kg.export()) == before
        names = kg.query("MATCH (n:Entity) RETURN n.name AS name")
        assert "Eve" in {row["name"] for row in names}
        assert not kg.remove_import(source)
    assert b"knows" not in b"".join(
        path.read_bytes() for path in (tmp_path / "a.kg").rglob("*") if path.is_file()
    )


def test_a_text_that_was_built_as_well_stays(tmp_path: Path, ledger: Ledger) -> None:
    run = ledger.add_run("words", "1", {}, 0)
    ledger.add_document(Document("a.txt", "Ada met Bob."), [], [], [], run)
    import_from(ledger, [write_hipporag(tmp_path / "h.json")])
    ledger.remove_import((tmp_path / "h.json").as_posix())
    assert ledger.counts()["documents"] == 1
