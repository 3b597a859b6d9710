"""Which names are proposed as one entity, and what becomes of it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from extractors.align import scoring
from extractors.align.blocking import block_keys, candidates
from extractors.align.features import FEATURES, NAMED, Rarity, features_of
from extractors.align.links import Groups
from extractors.align.profiles import Profile, joined
from extractors.align.proposals import Proposal, State, clusters, propose
from extractors.align.scoring import load_pair_model
from extractors.align.vetoes import vetoes
from kgkit.errors import ModelError


def person(id: str, name: str, born: str = "", **more: object) -> Profile:
    values = {"birth_year": frozenset({born})} if born else {}
    return Profile(id, name, "Person", values=MappingProxyType(values), **more)  # type: ignore[arg-type]


def states(*profiles: Profile, **more: object) -> dict[tuple[str, str], str]:
    found = propose(profiles, **more)  # type: ignore[arg-type]
    return {(one.left, one.right): str(one.state) for one in found}


@pytest.mark.parametrize(
    ("one", "other", "type"),
    [
        ("George A. Turner", "George Andrew Turner", "Person"),
        ("Sir John Maddox", "John Maddox", "Person"),
        ("Turner George", "George Turner", "Person"),
        ("The Blue Herons", "Blue Herons", "Organization"),
        ("Holloway Instruments", "Holloway Instruments Ltd.", "Organization"),
        ("Brazil", "Brazilian", "Location"),
        ("Grand Canyon Express", "Grand Canyon Expres", "Work"),
    ],
)
def test_forms_of_one_name_are_merged(one: str, other: str, type: str) -> None:
    assert states(Profile("a", one, type), Profile("b", other, type)) == {("a", "b"): "accepted"}


@pytest.mark.parametrize(
    ("one", "other", "type"),
    [
        ("Louis XIV", "Louis XV", "Person"),
        ("Anna Keller", "Maria Keller", "Person"),
        ("John Smith Jr.", "John Smith Sr.", "Person"),
        ("King Oswin", "Queen Oswin", "Person"),
        ("University of Lund", "University of Oslo", "Organization"),
        ("Alien (film)", "Alien (album)", "Work"),
        ("First World War", "Second World War", "Misc"),
    ],
)
def test_near_names_of_others_are_not(one: str, other: str, type: str) -> None:
    assert "accepted" not in states(Profile("a", one, type), Profile("b", other, type)).values()


def test_two_years_of_birth_are_two_people() -> None:
    assert states(person("a", "Ada B. Moss", "1802"), person("b", "Ada Moss", "1840")) == {
        ("a", "b"): "rejected"
    }
    assert states(person("a", "Ada B. Moss", "1802"), person("b", "Ada Moss", "1803")) == {
        ("a", "b"): "accepted"
    }


def test_a_short_name_that_fits_two_people_is_left_to_a_person() -> None:
    found = states(
        person("a", "John Adam Smith"), person("b", "John Brian Smith"), person("c", "John Smith")
    )
    assert found == {("a", "c"): "pending", ("b", "c"): "pending"}


def test_an_acronym_in_a_like_context_is_merged() -> None:
    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([[1, 0]] * len(texts), dtype=np.float32)

    rows = [
        Profile("a", "World Trade Bureau", "Organization", context="It counts ships."),
        Profile("b", "WTB", "Organization", context="It taxes ships."),
    ]
    assert states(*rows, encode=encode) == {("a", "b"): "accepted"}


def test_a_concept_is_no_name_and_has_no_slips() -> None:
    assert states(Profile("a", "Critics", "Organization"), Profile("b", "critics", "Concept")) == {
        ("a", "b"): "rejected"
    }
    concepts = (
        Profile("a", "maternal grandfather", "Concept"),
        Profile("b", "maternal grandmother", "Concept"),
    )
    assert states(*concepts) == {}


def test_a_bracket_on_one_side_is_for_a_person_to_settle() -> None:
    bare, film = Profile("a", "Old Harbour", "Misc"), Profile("b", "Old Harbour (film)", "Misc")
    assert states(bare, film) == {("a", "b"): "pending"}
    shared = frozenset({"idavale"})
    rows = [replace(bare, neighbours=shared), replace(film, neighbours=shared)]
    assert states(*rows) == {("a", "b"): "accepted"}


def test_one_word_of_two_types_is_for_a_person_to_settle() -> None:
    assert states(Profile("a", "Paris", "Location"), Profile("b", "PARIS", "Person")) == {
        ("a", "b"): "pending"
    }


def test_an_alias_that_many_bear_joins_nobody() -> None:
    assert Profile("a", "Marie Curie", aliases=("Curie", "MSC")).telling_names == (
        "Marie Curie",
        "MSC",
    )
    rows = person("a", "Anna Keller", aliases=("Keller",)), person("b", "Keller", born="1800")
    assert "accepted" not in states(*rows).values()


def test_merges_are_transitive_and_stop_at_what_a_person_keeps_apart() -> None:
    rows = [person("a", "Ida R. Vale"), person("b", "Ida Rose Vale"), person("c", "Ida Vale")]
    assert clusters("abc", propose(rows)) == [["a", "b", "c"]]
    found = propose(rows, apart=[("a", "b")])
    assert {(o.left, o.right): o.state for o in found}["a", "b"] is State.REJECTED
    assert not any({"a", "b"} <= set(group) for group in clusters("abc", found))


def test_what_a_person_merged_stays_merged() -> None:
    rows = [person("a", "Ann Lee", "1800"), person("b", "Zoe Fox", "1900")]
    assert clusters("ab", propose(rows, together=[("a", "b")]), [("a", "b")]) == [["a", "b"]]


@given(st.permutations(list(range(6))))
@settings(max_examples=20, deadline=None)
def test_the_order_of_profiles_is_no_matter(order: list[int]) -> None:
    names = ["Ada Moss", "Ada B. Moss", "Ada Moss Jr.", "Oslo", "OSLO", "Oslo Hall"]
    rows = [Profile(f"e{i}", name, "Person") for i, name in enumerate(names)]
    assert propose([rows[i] for i in order]) == propose(rows)


def test_contexts_speak_for_a_pair() -> None:
    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([[1, 0] if "river" in t else [0, 1] for t in texts], dtype=np.float32)

    def score(context: str) -> float:
        rows = [
            Profile("a", "Bren Hollow", "Person", context="a river"),
            Profile("b", "Bren Ash Hollow", "Person", context=context),
        ]
        found = propose(rows, encode=encode)
        return found[0].score if found else 0.0

    assert score("the river") > score("a hill")


def test_features_do_not_depend_on_the_order_of_the_pair() -> None:
    a = Profile("a", "Bureau of Mines", "Organization", aliases=("BoM",))
    b = Profile("b", "BOM", "Organization")
    rarity = Rarity.of([a, b])
    assert features_of(a, b, rarity) == features_of(b, a, rarity)
    assert len(features_of(a, b, rarity)) == len(FEATURES) > len(NAMED)
    assert vetoes(a, b) == ()


def test_blocking_is_no_square() -> None:
    chance = random.Random(0)
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ["".join(chance.choices(letters, k=6)).title() for _ in range(400)]
    rows = [Profile(str(i), f"{chance.choice(words)} {words[i % 400]}") for i in range(2000)]
    pairs = candidates(rows)
    assert len(pairs) < 2000 * 60
    assert all(i < j for i, j in pairs)


def test_a_crowded_key_still_joins_whole_names() -> None:
    rows = [Profile(str(i), "The Same Name") for i in range(80)]
    assert set(candidates(rows, largest=10)) == {(0, i) for i in range(1, 80)}
    assert "name samename" in block_keys(rows[0])


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30))
def test_groups_never_hold_what_is_forbidden(joins: list[tuple[int, int]]) -> None:
    groups = Groups(range(10))
    groups.forbid(0, 1)
    for a, b in joins:
        groups.join(a, b)
    assert groups.find(0) != groups.find(1)
    assert sorted(i for group in groups.all() for i in group) == list(range(10))


def test_joined_profiles_keep_what_all_say() -> None:
    whole = joined([person("b", "Ada", "1802"), person("a", "Ada Moss", documents=frozenset("d"))])
    assert (whole.id, whole.name, whole.aliases) == ("a", "Ada Moss", ("Ada",))
    assert whole.values["birth_year"] == {"1802"}
    with pytest.raises(ValueError, match="at least one"):
        joined([])


def test_a_damaged_model_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr(scoring, "_FOLDER", tmp_path)
    with pytest.raises(ModelError, match=r"none\.json cannot be read"):
        load_pair_model("none")


def test_reasons_name_what_moved_the_score() -> None:
    (found,) = propose([person("a", "Sir John Maddox"), person("b", "John Maddox")])
    assert isinstance(found, Proposal)
    assert found.reasons[0] == "+same letters"
