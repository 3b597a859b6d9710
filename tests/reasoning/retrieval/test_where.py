"""Filters of documents, and voices left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kgkit.errors import InputError
from reasoning.retrieval import VOICES, RetrievalIndex, Where, retrieve
from reasoning.retrieval.index import IndexedDocument
from tests.reasoning.retrieval.town import TOWN, WordEncoder, indexed

BORN = "Where was the founder of the Nordlys laboratory born?"


@pytest.fixture(scope="module")
def town() -> RetrievalIndex:
    """The index of the town, each document noted under its address as id."""
    kinds = {"ada": "person", "per": "person", "film": "work", "band": "work"}
    documents = [
        IndexedDocument(d.uri, f"town/{d.uri}.txt", {"kind": kinds.get(d.uri, "place")})
        for d in TOWN
    ]
    return replace(indexed(TOWN), documents=tuple(documents))


def found(index: RetrievalIndex, where: object) -> set[str]:
    return {
        hit.document_id
        for hit in retrieve(index, BORN, encoder=WordEncoder(), where=where)  # type: ignore[arg-type]
    }


@pytest.mark.parametrize(
    ("where", "ids"),
    [
        ("town/[ab]*", {"ada", "bakery", "band"}),
        ({"uri": "*.md"}, set()),
        ({"metadata": {"kind": "person"}}, {"ada", "per"}),
        ({"documents": ["ada", "town/per.txt"]}, {"ada", "per"}),
        ({"documents": ["ada", "per"], "uri": "*/a*", "metadata": {"kind": "person"}}, {"ada"}),
        (Where(metadata={"kind": "stone"}), set()),
        ({}, {d.uri for d in TOWN}),
    ],
)
def test_only_what_is_let_through_is_shown(
    town: RetrievalIndex, where: object, ids: set[str]
) -> None:
    assert found(town, where) == ids


def test_a_walk_may_pass_through_what_is_not_shown(town: RetrievalIndex) -> None:
    (hit,) = retrieve(town, BORN, encoder=WordEncoder(), where="town/ada*")
    assert hit.via is not None
    assert hit.via.chunk_id == "lab"
    whole = {h.chunk_id: h for h in retrieve(town, BORN, encoder=WordEncoder())}
    assert hit == whole["ada"]


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ({"author": "x"}, "no part 'author'"),
        ({"uri": 3}, "uri is 3"),
        ({"documents": "ada"}, "give a list"),
        ({"documents": ["zoe"]}, "no document 'zoe'"),
        ({"metadata": "person"}, "give a dict"),
    ],
)
def test_a_filter_that_cannot_be_meant_is_refused(
    town: RetrievalIndex, where: object, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        found(town, where)


def test_each_voice_can_be_left_out(town: RetrievalIndex) -> None:
    def scores(*without: str) -> list[float]:
        return [h.score for h in retrieve(town, BORN, encoder=WordEncoder(), without=without)]

    assert all(scores(voice) != scores() for voice in VOICES)
    alone = retrieve(town, BORN, encoder=WordEncoder(), without=["walk"])
    assert all(hit.via is None for hit in alone)
    assert set(scores(*VOICES)) == {0.0}
    with pytest.raises(InputError, match="no voice 'sparse'"):
        scores("sparse")
