"""Tables of any kind to typed entities, by a mapping."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from extractors.imports.mapping import Link, Property, TableMapping, load_mapping, parse_mapping
from extractors.imports.rows import map_table, read_table
from kgkit.errors import InputError, ReadError
from kgkit.evidence import ImportEvidence
from kgkit.facts import Entity, Fact, Literal
from tests.extractors.imports.samples import sorted_out, write_parquet

FILMS = TableMapping(
    "Film",
    key="id",
    name="title",
    properties=(
        Property("released", "RELEASED", "date"),
        Property("minutes", datatype="integer", unit="min"),
        Property("colour", datatype="boolean"),
        Property("genres", "GENRE", separator="|"),
    ),
    links=(
        Link("director", "DIRECTED_BY", "Person"),
        Link("studio_id", "MADE_BY", "Organization", key=True, name="studio"),
        Link("sequel_of", "HAS_SEQUEL", "Film", key=True, incoming=True),
    ),
)
CELLS: list[dict[str, Any]] = [
    {
        "id": 1,
        "title": "Alien",
        "released": date(1979, 5, 25),
        "minutes": 117,
        "colour": True,
        "genres": "horror|science fiction",
        "director": "Ridley Scott",
        "studio_id": 7,
        "studio": "Brandywine",
        "sequel_of": None,
    },
    {
        "id": 2,
        "title": "Aliens",
        "released": date(1986, 7, 18),
        "minutes": None,
        "colour": True,
        "genres": "action",
        "director": "James Cameron",
        "studio_id": 7,
        "studio": "Brandywine",
        "sequel_of": 1,
    },
]
SAID = [
    "(Alien)-[RELEASED]->(1979-05-25)",
    "(Alien)-[MINUTES]->(117)",
    "(Alien)-[COLOUR]->(True)",
    "(Alien)-[GENRE]->(horror)",
    "(Alien)-[GENRE]->(science fiction)",
    "(Alien)-[DIRECTED_BY]->(Ridley Scott)",
    "(Alien)-[MADE_BY]->(Brandywine)",
    "(Aliens)-[RELEASED]->(1986-07-18)",
    "(Aliens)-[COLOUR]->(True)",
    "(Aliens)-[GENRE]->(action)",
    "(Aliens)-[DIRECTED_BY]->(James Cameron)",
    "(Aliens)-[MADE_BY]->(Brandywine)",
    "(1)-[HAS_SEQUEL]->(Aliens)",
]


def said(facts: list[Fact]) -> list[str]:
    return [str(fact) for fact in facts]


def test_dicts_frames_and_arrow_tables_say_the_same() -> None:
    frame = pd.DataFrame(CELLS)
    assert frame["minutes"].dtype == np.float64  # a gap makes numbers floats
    frame["released"] = pd.to_datetime(frame["released"])
    for rows in (CELLS, iter(CELLS), frame, pa.Table.from_pylist(CELLS)):
        facts, _, refused = sorted_out(map_table(rows, FILMS, source="films"))
        assert refused == []
        assert said(facts) == SAID
    assert facts[1].tail == Literal(117, "integer", "117", "min")
    assert facts[0].evidence == (ImportEvidence("films", "1"),)


def test_files_say_the_same(tmp_path: Path) -> None:
    csv = tmp_path / "films.csv"
    pd.DataFrame(CELLS).convert_dtypes().to_csv(csv, index=False)
    columns = {name: [row[name] for row in CELLS] for name in CELLS[0]}
    for path in (csv, write_parquet(tmp_path / "films.parquet", columns)):
        facts, _, refused = sorted_out(read_table(path, mapping=FILMS))
        assert refused == []
        assert said(facts) == SAID


def test_a_key_is_an_identity_within_its_type() -> None:
    facts = sorted_out(map_table(CELLS, FILMS))[0]
    film, sequel = facts[0].head, facts[-1]
    assert film == Entity("Film/1", "Alien", "Film")
    assert sequel.head.id == film.id
    assert isinstance(sequel.tail, Entity)
    assert sequel.tail.id == "Film/2"
    assert facts[5].tail == Entity.named("Ridley Scott", "Person")
    people = TableMapping("Person", key="id", name="title")
    assert sorted_out(map_table(CELLS, people))[0][0].head.id == "Person/1"


def test_iris_and_namespaces_are_kept() -> None:
    mapping = TableMapping("Film", key="id", namespace="imdb:")
    rows = [{"id": "tt0078748"}, {"id": "http://ex.org/Alien"}]
    heads = [fact.head.id for fact in sorted_out(map_table(rows, mapping))[0]]
    assert heads == ["imdb:tt0078748", "http://ex.org/Alien"]


def test_an_entity_of_which_nothing_is_known_has_its_name() -> None:
    (fact,) = sorted_out(map_table([{"n": "Ada"}], TableMapping("Person", name="n")))[0]
    assert fact.head == Entity.named("Ada", "Person")
    assert (fact.relation, fact.tail) == ("LABEL", Literal("Ada"))


def test_a_cell_that_does_not_fit_refuses_its_row() -> None:
    rows: list[Any] = [
        {"id": 1, "born": "1867-11-07"},
        {"id": 2, "born": "November"},
        {"id": None, "born": "1900-01-01"},
        {"id": 4, "born": {"year": 1900}},
        ["no", "dict"],
    ]
    mapping = TableMapping("Person", key="id", properties=(Property("born", datatype="date"),))
    facts, _, refused = sorted_out(map_table(rows, mapping))
    assert said(facts) == ["(1)-[BORN]->(1867-11-07)"]
    assert [row.row for row in refused] == ["2", "3", "4", "5"]
    assert "column 'born': 'November' is no date" in refused[0].reason
    assert "column 'id' is empty" in refused[1].reason


def test_a_missing_column_names_those_that_are_there() -> None:
    frame = pd.DataFrame({"a": [1], "b": [2]})
    with pytest.raises(InputError, match=r"no column 'id'; its columns are 'a', 'b'"):
        list(map_table(frame, TableMapping(key="id")))
    facts, _, refused = sorted_out(map_table([{"a": 1}], TableMapping(key="id")))
    assert not facts
    assert "with a value: 'a'" in refused[0].reason


@pytest.mark.parametrize("rows", [7, "text", {"a": 1}, None])
def test_what_is_no_table_is_refused(rows: object) -> None:
    with pytest.raises(InputError, match="is no table"):
        list(map_table(rows, TableMapping(key="id")))


def test_values_of_pandas_and_numpy_become_plain() -> None:
    frame = pd.DataFrame(
        {
            "id": ["x", "y"],
            "when": [pd.Timestamp("2020-01-02 03:04:05.000000006"), pd.NaT],
            "n": pd.array([1, None], dtype="Int64"),
            "f": np.array([1.5, np.nan], dtype=np.float32),
        }
    )
    mapping = TableMapping(key="id", properties=(Property("when"), Property("n"), Property("f")))
    facts, _, refused = sorted_out(map_table(frame, mapping))
    assert refused == []
    assert [fact.tail for fact in facts] == [
        Literal(datetime(2020, 1, 2, 3, 4, 5), "dateTime", "2020-01-02 03:04:05"),
        Literal(1, "integer", "1"),
        Literal(1.5, "decimal", "1.5"),
        Literal("y"),
    ]


TOML = """
type = "Film"
key = "id"
[[properties]]
column = "released"
datatype = "date"
[[links]]
column = "studio_id"
type = "Organization"
key = true
"""


def test_a_mapping_is_a_toml_or_json_file(tmp_path: Path) -> None:
    wanted = TableMapping(
        "Film",
        key="id",
        properties=(Property("released", datatype="date"),),
        links=(Link("studio_id", type="Organization", key=True),),
    )
    toml, as_json = tmp_path / "films.toml", tmp_path / "films.json"
    toml.write_text(TOML)
    as_json.write_text(
        json.dumps(
            {
                "type": "Film",
                "key": "id",
                "properties": [{"column": "released", "datatype": "date"}],
                "links": [{"column": "studio_id", "type": "Organization", "key": True}],
            }
        )
    )
    assert load_mapping(toml) == load_mapping(as_json) == wanted
    assert wanted.columns == ("id", "released", "studio_id")
    facts = sorted_out(map_table(CELLS, toml))[0]
    assert said(facts)[:2] == ["(1)-[RELEASED]->(1979-05-25)", "(1)-[STUDIO_ID]->(7)"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "neither a key nor a name"),
        ({"key": "id", "colour": "red"}, r"no field 'colour'; it has type, key"),
        ({"key": 7}, "key is 7; expected a str"),
        ({"key": "id", "links": {"column": "a"}}, "expected a list"),
        ({"key": "id", "links": [{"column": "a", "key": "yes"}]}, "expected a bool"),
        ({"key": "id", "properties": [{"datatype": "date"}]}, "has no column"),
        ({"key": "id", "properties": [{"column": "a", "datatype": "colour"}]}, "expected one of"),
        (["id"], "is no TableMapping"),
    ],
)
def test_a_wrong_mapping_says_what_is_wrong(given: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse_mapping(given)


def test_a_broken_mapping_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "films.toml"
    path.write_text("type = ")
    with pytest.raises(ReadError, match=r"films\.toml is no"):
        load_mapping(path)
    with pytest.raises(ReadError, match="cannot be read"):
        load_mapping(tmp_path / "none.toml")
