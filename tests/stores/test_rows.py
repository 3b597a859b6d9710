from __future__ import annotations

import sys

import pytest

from kgkit.errors import InputError, MissingExtra
from stores.rows import Node, Path, Relationship, Rows

FILM = Node(("Entity", "Film"), {"id": "f", "name": "Alien"})
SCOTT = Node(("Entity", "Person"), {"id": "s", "name": "Ridley Scott"})
DIRECTED = Relationship("DIRECTED", "s", "f", {"id": "d", "confidence": 0.9})


def test_rows_are_a_list_of_dicts() -> None:
    rows = Rows([{"n": 1}, {"n": 2}, {"n": 3}], ["n"], ["a note"])
    assert rows == [{"n": 1}, {"n": 2}, {"n": 3}]
    assert rows == Rows([{"n": 1}, {"n": 2}, {"n": 3}])
    assert rows != [{"n": 1}]
    assert [row["n"] for row in rows] == [1, 2, 3]
    assert rows[-1] == {"n": 3}
    assert rows[1:] == [{"n": 2}, {"n": 3}]
    assert (rows[1:].columns, rows[1:].notes) == (("n",), ("a note",))
    assert {"n": 2} in rows
    assert not Rows([])
    with pytest.raises(TypeError):
        hash(rows)


def test_columns_come_from_the_rows_when_nobody_names_them() -> None:
    assert Rows([{"a": 1}, {"b": 2, "a": 3}]).columns == ("a", "b")


def test_rows_print_as_a_table() -> None:
    rows = Rows([{"film": FILM, "note": "a\nb" + "x" * 50}, {"film": None, "note": 1}])
    lines = str(rows).splitlines()
    assert lines[0].split() == ["film", "|", "note"]
    assert lines[2].startswith("(:Entity:Film Alien) | a bxxx")
    assert "…" in lines[2]
    assert lines[-1] == "(2 rows)"
    assert repr(rows) == str(rows)


def test_long_results_print_their_beginning() -> None:
    lines = str(Rows({"n": n} for n in range(50))).splitlines()
    assert len(lines) == 23
    assert lines[-1] == "(50 rows, 30 more not shown)"


def test_an_empty_result_prints_its_columns_and_notes() -> None:
    text = str(Rows([], ["name"], ["the graph has no label :X"]))
    assert text == "name\n----\n(0 rows)\nthe graph has no label :X"
    assert str(Rows([])) == "(0 rows)"


def test_html_is_escaped() -> None:
    html = Rows([{"<b>": "<script>"}], notes=["a < b"])._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "<th>&lt;b&gt;</th>" in html
    assert "a &lt; b" in html


def test_rows_make_a_data_frame() -> None:
    frame = Rows([{"a": 1}, {"a": 2}], ["a", "b"]).to_pandas()
    assert list(frame.columns) == ["a", "b"]
    assert list(frame["a"]) == [1, 2]


def test_without_pandas_the_message_is_what_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtra, match="pip install"):
        Rows([]).to_pandas()


def test_rows_make_a_graph() -> None:
    path = Path((SCOTT, FILM), (DIRECTED,))
    for rows in (
        Rows([{"a": SCOTT, "r": DIRECTED, "b": FILM}]),
        Rows([{"p": path}]),
        Rows([{"x": [SCOTT, {"y": [FILM, DIRECTED]}]}]),
    ):
        graph = rows.to_networkx()
        names = {id: graph.nodes[id]["name"] for id in graph}
        assert names == {"s": "Ridley Scott", "f": "Alien"}
        assert graph.nodes["f"]["labels"] == ["Entity", "Film"]
        assert graph.edges["s", "f", "d"] == {"id": "d", "confidence": 0.9, "type": "DIRECTED"}
    with pytest.raises(InputError, match="RETURN a, r, b"):
        Rows([{"n": 1}]).to_networkx()
    assert len(Rows([]).to_networkx()) == 0


def test_properties_may_be_called_anything() -> None:
    named = dict.fromkeys(
        ("labels", "type", "key", "node_for_adding", "u_for_edge", "v_for_edge", "self", "attr"), 1
    )
    node, edge = (
        Node(("X",), {**named, "id": "a"}),
        Relationship("R", "a", "a", {**named, "id": "r"}),
    )
    graph = Rows([{"n": node, "r": edge}]).to_networkx()
    assert graph.nodes["a"] == {**named, "id": "a", "labels": ["X"]}
    assert graph.edges["a", "a", "r"] == {**named, "id": "r", "type": "R"}


def test_a_path_reads_in_its_direction() -> None:
    there = Path((SCOTT, FILM), (DIRECTED,))
    back = Path((FILM, SCOTT), (DIRECTED,))
    assert str(there) == "(:Entity:Person Ridley Scott)-[:DIRECTED]->(:Entity:Film Alien)"
    assert str(back) == "(:Entity:Film Alien)<-[:DIRECTED]-(:Entity:Person Ridley Scott)"
    assert len(there) == 1


def test_nodes_without_an_id_are_told_apart_by_content() -> None:
    a, b = Node(("X",), {"n": 1}), Node(("X",), {"n": 2})
    assert a.id != b.id
    assert a.id == Node(("X",), {"n": 1}).id
