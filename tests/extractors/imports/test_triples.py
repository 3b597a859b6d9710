"""Triples from tables: which columns hold what, and what becomes of each row."""

from __future__ import annotations

import codecs
import csv
import tempfile
import tracemalloc
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.imports.delimited import open_delimited
from extractors.imports.tables import Row
from extractors.imports.triples import TripleColumns, map_triples, read_triples
from kgkit.errors import InputError
from kgkit.evidence import ImportEvidence
from kgkit.facts import Entity, Literal
from tests.extractors.imports.samples import sorted_out, write_parquet


def test_a_row_is_a_fact_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "films.csv"
    path.write_text('subject,predicate,object\nAlien,"directed by",Ridley Scott\n')
    facts, _, refused = sorted_out(read_triples(path))
    assert refused == []
    assert [str(fact) for fact in facts] == ["(Alien)-[DIRECTED_BY]->(Ridley Scott)"]
    assert facts[0].predicate == "directed by"
    assert facts[0].evidence == (ImportEvidence(path.as_posix(), "1"),)
    assert facts[0].head == Entity.named("Alien")


def test_types_confidence_and_further_columns(tmp_path: Path) -> None:
    path = tmp_path / "films.tsv"
    path.write_text(
        "head\thead_type\trelation\ttail\ttail_type\tconfidence\tValid From\n"
        "Alien\tfilm\treleased\t1979-05-25\tdate\t0.5\t\n"
        "Alien\tfilm\tdirected by\tRidley Scott\tPERSON\t0.9\t1978\n"
    )
    released, directed = sorted_out(read_triples(path))[0]
    assert released.tail == Literal(date(1979, 5, 25), "date", "1979-05-25")
    assert released.head == Entity.named("Alien", "Film")
    assert (released.confidence, directed.confidence) == (0.5, 0.9)
    assert released.qualifiers == ()
    assert directed.tail == Entity.named("Ridley Scott", "Person")
    assert [(q.role, q.value) for q in directed.qualifiers] == [
        ("valid_from", Literal(1978, "integer", "1978"))
    ]


@pytest.mark.parametrize(
    "columns",
    [
        TripleColumns("who", "what", "whom", qualifiers=()),
        {"head": 3, "relation": "2", "tail": 1, "qualifiers": ()},
    ],
)
def test_columns_are_stated_by_name_or_number(tmp_path: Path, columns: TripleColumns) -> None:
    path = tmp_path / "a.csv"
    path.write_text("whom;what;who;note\nRadium;discovered;Marie Curie;x\n")
    facts = sorted_out(read_triples(path, columns=columns))[0]
    assert [str(fact) for fact in facts] == ["(Marie Curie)-[DISCOVERED]->(Radium)"]
    assert facts[0].qualifiers == ()


def test_no_header_takes_the_first_three_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("/m/01\tborn in\t/m/02\n\n/m/01\tdied in\t/m/03\n")
    facts = sorted_out(read_triples(path, header=False))[0]
    assert [fact.relation for fact in facts] == ["BORN_IN", "DIED_IN"]
    assert [fact.evidence[0] for fact in facts] == [
        ImportEvidence(path.as_posix(), "1"),
        ImportEvidence(path.as_posix(), "2"),
    ]


def test_an_iri_keeps_its_identity(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("s,p,o\nhttp://ex.org/Alien,http://ex.org/p#directedBy,urn:x:7\n")
    (fact,) = sorted_out(read_triples(path))[0]
    assert fact.head == Entity("http://ex.org/Alien", "Alien")
    assert (fact.relation, fact.predicate) == ("DIRECTED_BY", "http://ex.org/p#directedBy")


def test_bad_rows_are_reported_and_the_others_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "head,relation,tail,score\n"
        "A,knows,B,0.5\n"
        "A,knows\n"
        "A,knows,B,0.5,too many\n"
        ",knows,B,0.5\n"
        "A,???,B,0.5\n"
        "A,knows,B,high\n"
        "A,knows,B,1.5\n"
        'A,"knows"x,B,1\n'
        "A,likes,B,1\n"
    )
    facts, _, refused = sorted_out(read_triples(path))
    assert [fact.relation for fact in facts] == ["KNOWS", "LIKES"]
    assert [row.row for row in refused] == ["2", "3", "4", "5", "6", "7", "8"]
    reasons = " / ".join(row.reason for row in refused)
    for part in ("2 cells", "5 cells", "'head'", "'???'", "'high'", "'1.5'", "no table row"):
        assert part in reasons


def test_a_missing_column_names_those_that_are_there(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("alpha,beta,gamma\n1,2,3\n")
    with pytest.raises(InputError, match=r"no column for the head.*'alpha', 'beta', 'gamma'"):
        list(read_triples(path))
    with pytest.raises(InputError, match=r"no column 'who'; its columns are 'alpha'"):
        list(read_triples(path, columns={"head": "who", "relation": "beta", "tail": "gamma"}))
    with pytest.raises(InputError, match=r"'heads' is no role.*expected head"):
        list(read_triples(path, columns={"heads": "alpha"}))


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_says_the_encoding(tmp_path: Path, mark: bytes, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(mark + "head,relation,tail\nCafé,in,Košice\n".encode(encoding))
    (fact,) = sorted_out(read_triples(path))[0]
    assert str(fact) == "(Café)-[IN]->(Košice)"


def test_another_encoding_is_stated(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("head,relation,tail\nA,in,B\nCafé,in,B\nC,in,B\n".encode("latin-1"))
    facts, _, refused = sorted_out(read_triples(path))
    assert [fact.head.name for fact in facts] == ["A", "C"]
    assert "byte 0xe9" in refused[0].reason
    assert "latin-1" in refused[0].reason
    facts, _, refused = sorted_out(read_triples(path, encoding="latin-1"))
    assert [fact.head.name for fact in facts] == ["A", "Café", "C"]
    with pytest.raises(InputError, match="'klingon' is not known"):
        list(read_triples(path, encoding="klingon"))


def test_quotes_hold_delimiters_and_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('head,relation,tail\n"A, ""the"" first",is,"two\nlines"\nB,is,C\n')
    facts = sorted_out(read_triples(path))[0]
    assert [fact.head.name for fact in facts] == ['A, "the" first', "B"]
    assert facts[0].tail == Entity.named("two lines")
    assert facts[1].evidence[0] == ImportEvidence(path.as_posix(), "2")


def test_parquet_is_read_like_text(tmp_path: Path) -> None:
    columns: dict[str, list[Any]] = {"head": ["A", "B", None], "relation": ["knows"] * 3}
    columns |= {"tail": ["B", "C", "D"], "since": [1, None, 3]}
    path = write_parquet(tmp_path / "a.parquet", columns)
    facts, _, refused = sorted_out(read_triples(path))
    assert [str(fact) for fact in facts] == ["(A)-[KNOWS]->(B)", "(B)-[KNOWS]->(C)"]
    assert [len(fact.qualifiers) for fact in facts] == [1, 0]
    assert [row.row for row in refused] == ["3"]


def test_reading_is_lazy_and_memory_bounded(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    with path.open("w") as file:
        file.write("head,relation,tail,note\n")
        for n in range(2_000):
            file.write(f"entity {n},is next to,entity {n + 1},{'x' * 2_000}\n")
    tracemalloc.start()
    count = sum(1 for _ in read_triples(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 2_000
    assert peak < path.stat().st_size / 2


CELL = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=20
)


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=5))
def test_every_row_is_a_fact_or_refused(rows: list[tuple[str, str, str]]) -> None:
    dicts = [dict(zip(("head", "relation", "tail"), row, strict=True)) for row in rows]
    facts, _, refused = sorted_out(map_triples(dicts))
    assert len(facts) + len(refused) == len(rows)
    assert [fact.id for fact in facts] == [fact.id for fact in sorted_out(map_triples(dicts))[0]]


LINES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@given(st.lists(st.tuples(LINES, LINES, LINES), max_size=5), st.sampled_from(",;\t|"))
def test_what_csv_writes_is_read_back(rows: list[tuple[str, str, str]], delimiter: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows([("a", "b", "c"), *rows])
        table = open_delimited(path)
        found = [tuple(row.cells.values()) for row in table.rows() if isinstance(row, Row)]
    assert found == rows
