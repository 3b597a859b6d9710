from __future__ import annotations

from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from stores.property_graph.naming import label, property_name, relationship_type

NAMES = st.text(max_size=300)


@given(NAMES, NAMES)
def test_labels_and_types_never_meet(a: str, b: str) -> None:
    assert label(a) != relationship_type(b)
    assert label(a) != relationship_type(a)


@given(NAMES)
def test_names_need_no_quotes_and_fit_a_file_name(text: str) -> None:
    for made in (label(text), relationship_type(text), property_name(text)):
        assert made.replace("_", "a").isalnum()
        assert made[0].isalpha()
    assert len(quote(label(text))) < 200
    assert len(quote(relationship_type(text))) < 200


@given(NAMES)
def test_a_label_has_a_small_letter_and_a_type_has_none(text: str) -> None:
    assert any(c.islower() for c in label(text))
    assert not any(c.islower() for c in relationship_type(text))


def test_made_names_stay_as_they_are() -> None:
    assert relationship_type(relationship_type("was born in")) == "WAS_BORN_IN"
    assert label(label("work of art")) == "WorkOfArt"
    assert property_name(property_name("Birth date")) == "birth_date"


def test_reserved_names_get_an_underscore() -> None:
    assert [label(name) for name in ("Entity", "document", "Chunk", "statement")] == [
        "Entity_",
        "Document_",
        "Chunk_",
        "Statement_",
    ]
    assert [relationship_type(t) for t in ("PART_OF", "mentioned in", "HEAD", "TAIL")] == [
        "PART_OF_",
        "MENTIONED_IN_",
        "HEAD_",
        "TAIL_",
    ]
    assert [property_name(name) for name in ("ID", "Name", "type")] == ["id_", "name_", "type_"]
