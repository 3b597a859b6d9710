"""Predicates that say the same come under one name, those that do not stay apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from extractors.align.predicates import read_predicate
from extractors.align.relations import (
    Canonical,
    RelationUse,
    canonical_relations,
    relation_uses,
)
from extractors.align.stems import is_participle, stem
from kgkit.facts import Entity, Fact, Literal


def compared(one: str, other: str) -> str:
    found = canonical_relations([RelationUse(one, 2), RelationUse(other)])
    if found[one].name != found[other].name:
        return "different"
    return "inverse" if found[one].inverted != found[other].inverted else "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SING", "sang"),
        ("was raised in", "RAISED_IN"),
        ("CONTINUE_TO_PAINT", "painted"),
        ("resided in", "LIVE_IN"),
        ("is the editor of", "EDIT"),
        ("performed alongside", "PERFORM_WITH"),
        ("birth place", "place of birth"),
        ("directed", "hasDirected"),
        ("cousin of", "COUSIN"),
    ],
)
def test_same(one: str, other: str) -> None:
    assert compared(one, other) == compared(other, one) == "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PAINT", "painted by"),
        ("uncle", "uncle of"),
        ("predecessor of", "successor of"),
        ("translator", "translate"),
        ("owns", "was owned by"),
    ],
)
def test_inverse(one: str, other: str) -> None:
    assert compared(one, other) == compared(other, one) == "inverse"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MOVE_TO", "MOVE_FROM"),
        ("aunt of", "uncle of"),
        ("FAIL_TO_WIN", "WIN"),
        ("VICE_CHAIRMAN_OF", "CHAIRMAN_OF"),
        ("date of birth", "place of birth"),
        ("is found in", "was founded in"),
        ("LOOK_FOR", "LOOK_AT"),
        ("arrested", "released"),
    ],
)
def test_different(one: str, other: str) -> None:
    assert compared(one, other) == "different"


def test_the_most_frequent_name_is_canonical_and_others_turn_round() -> None:
    found = canonical_relations([RelationUse("WRITTEN_BY", 5), RelationUse("WRITE", 2)])
    assert found["WRITE"] == Canonical("WRITTEN_BY", inverted=True)
    assert found["WRITTEN_BY"] == Canonical("WRITTEN_BY")
    assert found["NEVER_SEEN"] == Canonical("NEVER_SEEN")
    assert found.names == ("WRITTEN_BY",)


def test_symmetric_relations_have_no_direction() -> None:
    found = canonical_relations([RelationUse("SPOUSE_OF", 2), RelationUse("SPOUSE")])
    assert found.symmetric == {"SPOUSE_OF"}
    assert not found["SPOUSE"].inverted
    both = frozenset((a, b) for n in range(6) for a, b in ((f"x{n}", f"y{n}"), (f"y{n}", f"x{n}")))
    assert canonical_relations([RelationUse("ALLY", 12, both)]).symmetric == {"ALLY"}


def test_pairs_in_common_join_what_is_worded_alike() -> None:
    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([[0, 1] if "hate" in text else [1, 0] for text in texts], np.float32)

    pairs = frozenset((f"h{n}", f"t{n}") for n in range(5))
    turned = frozenset((tail, head) for head, tail in pairs)
    uses = [
        RelationUse("MENTOR", 9, pairs),
        RelationUse("COACHING", 5, pairs),
        RelationUse("APPRENTICE", 4, turned),
        RelationUse("HATE", 4, pairs),
    ]
    found = canonical_relations(uses, encode=encode)
    assert found["COACHING"] == Canonical("MENTOR")
    assert found["APPRENTICE"] == Canonical("MENTOR", inverted=True)
    assert found["HATE"] == Canonical("HATE")
    assert canonical_relations(uses).names == ("APPRENTICE", "COACHING", "HATE", "MENTOR")


def test_dates_make_on_the_same_as_in() -> None:
    dated, placed = RelationUse("ARRIVE_ON", 3, timed=1.0), RelationUse("ARRIVE_ON", 3)
    other = RelationUse("ARRIVE_IN", 9)
    assert canonical_relations([dated, other])["ARRIVE_ON"].name == "ARRIVE_IN"
    assert canonical_relations([placed, other])["ARRIVE_ON"].name == "ARRIVE_ON"


def test_uses_are_read_from_asserted_facts() -> None:
    ada, oslo = Entity.named("Ada", "Person"), Entity.named("Oslo", "Location")
    facts = [Fact(ada, "BORN_IN", oslo), Fact(ada, "BORN_IN", Literal(1802, "gYear"))]
    (use,) = relation_uses(facts)
    assert (use.count, use.timed, use.heads) == (2, 0.5, frozenset({"Person"}))
    assert use.pairs == {(ada.id, oslo.id)}


@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=8, unique=True))
def test_any_names_have_a_canonical_one_of_their_own(names: list[str]) -> None:
    found = canonical_relations([RelationUse(name) for name in names])
    again = canonical_relations([RelationUse(name) for name in reversed(names)])
    assert found == again
    for name in names:
        canonical = found[name]
        assert canonical.name in names
        assert found[canonical.name] == Canonical(canonical.name)


def test_stems_join_the_forms_of_a_word() -> None:
    for forms in (("marry", "married", "marries"), ("stop", "stopped"), ("write", "wrote")):
        assert len({stem(form) for form in forms}) == 1
    assert is_participle("written")
    assert not is_participle("need")


def test_a_bare_copula_keeps_its_preposition() -> None:
    assert read_predicate("is in").key == "be in"
    assert read_predicate("IS").key != read_predicate("IS_IN").key


def test_known_names_stay_and_others_of_their_group_get_them() -> None:
    uses = [RelationUse("DIRECTED", 9), RelationUse("DIRECT", 2), RelationUse("DIRECTED_BY", 1)]
    assert canonical_relations(uses)["DIRECT"].name == "DIRECTED"
    found = canonical_relations(uses, known={"DIRECT"})
    assert found["DIRECTED"] == Canonical("DIRECT")
    assert found["DIRECTED_BY"] == Canonical("DIRECT", inverted=True)
    both = canonical_relations(uses, known={"DIRECT", "DIRECTED_BY"})
    assert both["DIRECTED_BY"] == Canonical("DIRECTED_BY")
