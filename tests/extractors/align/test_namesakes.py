"""One name, several entities: told apart by what documents say."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from extractors.align.namesakes import tell_apart
from extractors.align.profiles import Profile
from extractors.align.sightings import sightings
from extractors.align.values import single_value, value_of
from kgkit.evidence import PersonEvidence, TextEvidence
from kgkit.facts import Chunk, Document, Entity, Fact, Literal, Mention, Polarity


def seen(document: str, born: str = "", context: str = "", around: str = "") -> Profile:
    values = {"birth_year": frozenset({born})} if born else {}
    return Profile(
        "k",
        "John Hale",
        "Person",
        values=MappingProxyType(values),
        neighbours=frozenset(around.split()),
        documents=frozenset({document}),
        context=context,
    )


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return one direction for texts on ships and another for all others."""
    return np.array([[1, 0] if "ship" in text else [0, 1] for text in texts], dtype=np.float32)


def test_two_years_of_birth_split_a_name() -> None:
    (found,) = tell_apart([seen("d1", "1802"), seen("d2", "1802"), seen("d3", "1901")])
    assert found.groups == (("d1", "d2"), ("d3",))
    assert found.reasons[1] == ("!birth year differs",)
    assert found.is_sure


def test_without_anything_against_it_one_name_is_one() -> None:
    assert tell_apart([seen("d1", "1802"), seen("d2"), seen("d3")]) == []
    assert tell_apart([seen("d1")]) == []


def test_contexts_that_share_nothing_split_a_person() -> None:
    rows = [
        seen("d1", context="captain of a ship", around="navy harbour"),
        seen("d2", context="the ship sailed", around="navy fleet"),
        seen("d3", context="a professor of law", around="court college"),
    ]
    (found,) = tell_apart(rows, encode=encode)
    assert found.groups == (("d1", "d2"), ("d3",))
    assert not found.is_sure


def test_places_are_split_by_contradiction_alone() -> None:
    rows = [
        Profile("k", "York", "Location", documents=frozenset({"d1"}), context="ship"),
        Profile("k", "York", "Location", documents=frozenset({"d2"}), context="law"),
    ]
    assert tell_apart(rows, encode=encode) == []


@given(st.permutations(list(range(5))))
@settings(max_examples=15, deadline=None)
def test_the_order_of_documents_is_no_matter(order: list[int]) -> None:
    rows = [seen(f"d{i}", born) for i, born in enumerate(["1802", "", "1901", "1902", ""])]
    assert tell_apart([rows[i] for i in order]) == tell_apart(rows)


def test_sightings_gather_what_each_document_says() -> None:
    ada, oslo = Entity.named("Ada Moss", "Person"), Entity.named("Oslo", "Location")
    text = "Ada Moss was born in 1802. She left Oslo."
    document = Document("a.txt", text)
    chunk = Chunk(document.id, 0, 0, len(text), text, ((0, 26), (27, len(text))))
    mentions = [
        Mention(document.id, chunk.id, 0, 8, "Ada Moss", ada),
        Mention(document.id, chunk.id, 36, 40, "Oslo", oslo),
    ]
    said = TextEvidence(document.id, chunk.id, 0, 26, "mini")
    facts = [
        Fact(ada, "BORN_IN", Literal(1802, "gYear"), evidence=(said,)),
        Fact(ada, "LEAVE", oslo, evidence=(said,)),
        Fact(ada, "LIKE", oslo, evidence=(PersonEvidence("Bob"),)),
    ]
    found = {one.name: one for one in sightings(mentions, facts, [chunk])}
    assert found["Ada Moss"].values == {"birth_year": {"1802"}}
    assert found["Ada Moss"].neighbours == {"oslo"}
    assert found["Oslo"].context == "She left Oslo."
    assert found["Oslo"].documents == {document.id}


def test_only_what_is_asserted_counts() -> None:
    ada = Entity.named("Ada Moss", "Person")
    born = Fact(ada, "BORN_IN", Literal(1802, "gYear"))
    assert single_value(born) == ("birth_year", "1802")
    denied = Fact(ada, "BORN_IN", Literal(1802, "gYear"), polarity=Polarity.NEGATIVE)
    assert single_value(denied) is None
    assert single_value(Fact(ada, "BORN_IN", Entity.named("Oslo", "Location"))) is None
    assert value_of("occupation", "1802") is None
