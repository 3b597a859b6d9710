"""Statements inside noun phrases."""

from __future__ import annotations

from collections.abc import Callable

Told = Callable[..., list[str]]


def test_apposition_speaks_of_the_name(told: Told) -> None:
    assert told(
        """The/the/DET/DT/2/det painter/painter/NOUN/NN/4/nsubj Kahlo/Kahlo/PROPN/NNP/2/appos
        smiled/smile/VERB/VBD/0/root"""
    ) == ["Kahlo | be | attribute:The painter", "The painter | smiled | "]


def test_possessor_has_the_possessed(told: Told) -> None:
    assert "Peru | have | object:capital" in told(
        """Peru/Peru/PROPN/NNP/3/nmod:poss 's/'s/PART/POS/1/case capital/capital/NOUN/NN/4/nsubj
        grew/grow/VERB/VBD/0/root"""
    )


def test_title_before_a_name(told: Told) -> None:
    assert "Jane Doe | be | attribute:director" in told(
        """director/director/NOUN/NN/2/nmod:desc Jane/Jane/PROPN/NNP/4/nsubj
        Doe/Doe/PROPN/NNP/2/flat left/leave/VERB/VBD/0/root""",
        (1, 3, "Person"),
    )


def test_a_noun_before_a_place_is_no_title(told: Told) -> None:
    assert told(
        """night/night/NOUN/NN/2/compound Paris/Paris/PROPN/NNP/3/nsubj
        sleeps/sleep/VERB/VBZ/0/root""",
        (1, 2, "Location"),
    ) == ["night Paris | sleeps | "]


def test_lifespan_in_brackets(told: Told) -> None:
    lines = """Noether/Noether/PROPN/NNP/7/nsubj (/(/PUNCT/-LRB-/3/punct 1882/1882/NUM/CD/1/nmod
        -/-/PUNCT/HYPH/5/punct 1935/1935/NUM/CD/3/nmod )/)/PUNCT/-RRB-/3/punct
        taught/teach/VERB/VBD/0/root"""
    found = told(lines, (0, 1, "Person"), (2, 3, "Time"), (4, 5, "Time"))
    assert found[:2] == ["Noether | born | oblique:1882", "Noether | die | oblique:1935"]


def test_birth_in_brackets(told: Told) -> None:
    lines = """Noether/Noether/PROPN/NNP/6/nsubj (/(/PUNCT/-LRB-/3/punct born/bear/VERB/VBN/1/acl
        1882/1882/NUM/CD/3/obl )/)/PUNCT/-RRB-/3/punct taught/teach/VERB/VBD/0/root"""
    assert "Noether | born | oblique:1882" in told(lines, (0, 1, "Person"), (3, 4, "Time"))
