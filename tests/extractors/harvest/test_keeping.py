"""An interrupted harvest goes on without loss, and its file ends with the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from extractors.harvest.keeping import Keeping
from kgkit.errors import ReadError
from kgkit.evidence import ModelEvidence
from kgkit.facts import Entity, Fact, Literal, Qualifier

EVIDENCE = ModelEvidence("mini#r", ("{0} é {1}.",), (-1.25,), 0.5)
FACTS = [
    Fact(
        Entity.named(f"Head {i}", "Person"),
        "KNOWS",
        Entity.named(f"Tail {i}") if i % 2 else Literal(True, "boolean"),
        (Qualifier("place", Entity.named("Århus", "City")),) if i % 3 else (),
        predicate="knows",
        evidence=(EVIDENCE,),
    )
    for i in range(6)
]


class Source:
    """Yields the facts and counts how many were asked for."""

    def __init__(self) -> None:
        self.given = 0

    def __iter__(self) -> Iterator[Fact]:
        for fact in FACTS:
            self.given += 1
            yield fact


def test_a_whole_harvest_is_read_back_without_asking(tmp_path: Path) -> None:
    path, again = tmp_path / "kept.jsonl", Source()
    assert list(Keeping(path).keep("a", FACTS)) == FACTS
    assert list(Keeping(path).keep("a", again)) == FACTS
    assert again.given == 0


@pytest.mark.parametrize("stop", range(7))
@pytest.mark.parametrize("torn", [b"", b'{"fact": {"head"'])
def test_an_interrupted_harvest_ends_with_the_same_bytes(
    tmp_path: Path, stop: int, torn: bytes
) -> None:
    whole, path = tmp_path / "whole.jsonl", tmp_path / "kept.jsonl"
    for key in ("a", "b"):
        list(Keeping(whole).keep(key, FACTS))
    list(Keeping(path).keep("a", FACTS))
    assert list(islice(Keeping(path).keep("b", FACTS), stop)) == FACTS[:stop]
    with path.open("ab") as file:
        file.write(torn)
    assert list(Keeping(path).keep("b", FACTS)) == FACTS
    assert path.read_bytes() == whole.read_bytes()
    assert Keeping(path).kept("b").is_complete


def test_other_files_are_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.jsonl"
    for text in ('{"name": "x"}\n', "no json\n", "[1]\n", '{"fact": {}}\n'):
        path.write_text(text)
        with pytest.raises(ReadError, match="line 1"):
            Keeping(path)
        assert path.read_text() == text
