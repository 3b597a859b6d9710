"""A graph that kgkit did not write: here one made in Cypher on the embedded engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kgkit
from kgkit.errors import InputError, ReadOnlyError, StoreError
from stores.embedded import EmbeddedGraph

FILMS = """
CREATE (s:Director {name: 'Ridley Scott', born: date('1937-11-30')}),
       (a:Movie {name: 'Alien', year: 1979}), (b:Movie {name: 'Blade Runner', year: 1982}),
       (s)-[:DIRECTED {paid: true}]->(a), (s)-[:DIRECTED]->(b)
"""


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kgkit.ForeignGraph]:
    folder = tmp_path_factory.mktemp("films")
    with EmbeddedGraph.open(folder, heap_mb=128) as graph:
        graph.query(FILMS, write=True)
    with kgkit.connect(f"embedded:{folder}", heap_mb=128) as foreign:
        yield foreign


def test_it_is_described_and_queried_as_it_is(films: kgkit.ForeignGraph) -> None:
    summary = films.describe()
    assert dict(summary.labels) == {"Director": 1, "Movie": 2}
    assert dict(summary.relationships) == {"DIRECTED": 2}
    text = "MATCH (:Director)-[:DIRECTED]->(m {year: $year}) RETURN m.name AS name"
    assert list(films.query(text, {"year": 1979})) == [{"name": "Alien"}]


def test_it_is_asked(films: kgkit.ForeignGraph) -> None:
    answer = films.ask("Who directed Alien?")
    assert answer.text == "Ridley Scott"
    assert answer.citations


def test_nothing_is_written_to_it(films: kgkit.ForeignGraph) -> None:
    with pytest.raises(ReadOnlyError):
        films.query("MATCH (n) DETACH DELETE n")
    assert films.query("MATCH (n) RETURN count(n) AS n")[0]["n"] == 3


def test_a_file_of_rdf_is_described_queried_and_asked(tmp_path: Path) -> None:
    file = tmp_path / "films.ttl"
    file.write_text(
        "@prefix f: <https://example.org/> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        'f:scott a f:Director ; rdfs:label "Ridley Scott" ; f:directed f:alien .\n'
        'f:alien a f:Film ; rdfs:label "Alien" .\n'
    )
    with kgkit.connect(f"rdf:{file}") as films:
        assert sum(films.describe().labels.values()) == 2
        found = films.query("SELECT ?n WHERE { <https://example.org/alien> rdfs:label ?n }")
        assert list(found) == [{"n": "Alien"}]
        assert films.ask("Who directed Alien?").text == "Ridley Scott"


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph"), kgkit.connect(f"embedded:{tmp_path / 'no'}"):
        pass
    with pytest.raises(InputError, match="no store is named 'mysql'"):
        kgkit.connect("mysql://host")
