"""Triples: read, numbered, split; unseen entities stay."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from kgkit.errors import InputError, ReadError
from kgkit.facts import Entity, Fact, Literal
from reasoning.embeddings.triples import Triples, number, reciprocal


def entity(name: str) -> Entity:
    return Entity.named(name, "Thing")


def test_a_folder_is_read_with_its_texts(tmp_path: Path) -> None:
    (tmp_path / "train.txt.gz").write_bytes(gzip.compress(b"a\tlikes\tb\r\nb\tlikes\tb\r\n"))
    (tmp_path / "test.txt").write_text("a\tlikes\tc\n")
    (tmp_path / "entity2text.txt").write_text("a\tAda\nb\tBen\nx\tnobody\n")
    (tmp_path / "entity2textlong.tsv").write_text(
        "entity\tlabel\ttype\tdescription\textract\na\tAda\thuman\ta poet.\tShe wrote.\n"
    )
    (tmp_path / "entity2types.tsv").write_text("entity\ttype_id\ttype_label\na\tQ5\thuman\n")
    (tmp_path / "relation2text.tsv").write_text(
        "relation\tlabel\tdescription\nlikes\tis fond of\thas a liking\n"
    )
    triples = Triples.read(tmp_path)
    assert triples.entities == ("a", "b", "c")
    assert triples.train.tolist() == [[0, 0, 1], [1, 0, 1]]
    assert triples.valid.shape == (0, 3)
    assert triples.names == {"a": "Ada", "b": "Ben"}
    assert triples.describe("a") == "Ada, human: a poet. She wrote."
    assert triples.relation_texts == {"likes": "is fond of: has a liking"}
    assert triples.unseen(triples.test) == 1
    assert triples.seen.tolist() == [True, True, False]


def test_dictionary_lines_are_name_and_gloss(tmp_path: Path) -> None:
    (tmp_path / "train.txt").write_text("1\tr\t2\n")
    (tmp_path / "entity2text.txt").write_text("1\tstool, a seat, low\n2\tdog, an animal\n")
    triples = Triples.read(tmp_path)
    assert triples.names["1"] == "stool"
    assert triples.texts["1"] == "a seat, low"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "holds no train"),
        ({"train.txt": b""}, "holds no triple"),
        ({"train.txt": b"a\tb\n"}, "line 1 .* 2 columns"),
        ({"train.txt": b"a\t\tb\n"}, "line 1"),
        ({"train.txt": b"\xff\xfe\t"}, "no UTF-8"),
        ({"train.txt.gz": b"plain"}, "cannot be read"),
    ],
)
def test_bad_folders_are_named(tmp_path: Path, files: dict[str, bytes], message: str) -> None:
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    with pytest.raises(ReadError, match=message):
        Triples.read(tmp_path)


def test_facts_become_triples_once_each() -> None:
    ada, ben = entity("Ada"), entity("Ben")
    facts = [
        Fact(ada, "LIKES", ben),
        Fact(ada, "LIKES", ben),
        Fact(ben, "LIKES", ben),
        Fact(ada, "BORN", Literal(1815)),
    ]
    triples = Triples.of(facts)
    assert len(triples.train) == 2
    held = Triples.of(facts, valid=0.5)  # Ada has one fact only, so it stays
    assert held.valid.tolist() == [[held.entities.index(ben.id), 0, held.entities.index(ben.id)]]
    assert triples.names[ada.id] == "Ada"
    assert triples.types[ada.id] == ("Thing",)


def test_what_cannot_be_trained_is_said() -> None:
    with pytest.raises(InputError, match="no fact joins"):
        Triples.of([Fact(entity("Ada"), "BORN", Literal(1815))])
    with pytest.raises(InputError, match="leave nothing"):
        Triples.of([], valid=0.6, test=0.5)


@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 2), st.integers(0, 6)), min_size=1),
    st.integers(0, 3),
)
def test_a_split_keeps_every_entity_in_training(
    rows: list[tuple[int, int, int]], seed: int
) -> None:
    facts = [Fact(entity(f"e{h}"), f"R{r}", entity(f"e{t}")) for h, r, t in rows]
    triples = Triples.of(facts, valid=0.3, test=0.2, seed=seed)
    assert len(triples.train) + len(triples.valid) + len(triples.test) == len(set(rows))
    assert bool(triples.seen.all())
    assert set(triples.train[:, 1].tolist()) == set(range(len(triples.relations)))
    again = Triples.of(facts[::-1], valid=0.3, test=0.2, seed=seed)
    assert again.fingerprint == triples.fingerprint


def test_the_reciprocal_of_the_reciprocal_is_the_triple() -> None:
    triples = torch.tensor([[0, 1, 2], [3, 0, 3]])
    assert torch.equal(reciprocal(reciprocal(triples, 2), 2), triples)


def test_another_graph_has_another_fingerprint() -> None:
    one, two = number([("a", "r", "b")]), number([("a", "r", "c")])
    assert one.fingerprint != two.fingerprint
