"""IRIs lead back to what they were made of, and no two things share one."""

from __future__ import annotations

from hypothesis import given
from pyoxigraph import NamedNode

from stores.rdf.names import (
    entity_id,
    entity_iri,
    escape,
    relation_iri,
    relation_of,
    shorten,
    type_iri,
    type_of,
    unescape,
)
from tests.stores.rdf.strategies import ids, texts


@given(texts)
def test_names_lead_back(text: str) -> None:
    assert unescape(escape(text)) == text
    assert relation_of(relation_iri(text)) == text
    assert type_of(type_iri(text)) == text
    assert NamedNode(relation_iri(text)).value == relation_iri(text)


@given(ids)
def test_entities_keep_their_ids(id: str) -> None:
    assert entity_id(entity_iri(id)) == id
    NamedNode(entity_iri(id))


def test_own_iris_are_kept_and_ours_cannot_be_forged() -> None:
    assert entity_iri("https://example.org/a") == "https://example.org/a"
    assert entity_iri("urn:kgkit:entity:x") != entity_iri("x")


def test_foreign_terms_name_none_of_ours() -> None:
    assert relation_of("http://example.org/p") is None
    assert type_of("http://example.org/T") is None


def test_a_name_that_no_prefix_can_hold_is_written_out() -> None:
    assert shorten("urn:kgkit:relation:A.3f.B") == "<urn:kgkit:relation:A.3f.B>"
    assert unescape("a.ffffff.b") == "a.ffffff.b", "beyond the last character"
