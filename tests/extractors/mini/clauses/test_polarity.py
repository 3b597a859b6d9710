"""What is denied and what is not vouched for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[..., list[str]]


def test_not_and_no_deny(told: Told) -> None:
    assert told(
        """Ida/Ida/PROPN/NNP/4/nsubj did/do/AUX/VBD/4/aux not/not/PART/RB/4/advmod
        win/win/VERB/VB/0/root prizes/prize/NOUN/NNS/4/obj"""
    ) == ["Ida | did not win | object:prizes | not"]
    assert told(
        """Ida/Ida/PROPN/NNP/2/nsubj won/win/VERB/VBD/0/root no/no/DET/DT/4/det
        prize/prize/NOUN/NN/2/obj"""
    ) == ["Ida | won | object:no prize | not"]


@pytest.mark.parametrize("modal", ["may", "might", "could", "would"])
def test_modals_hedge(told: Told, modal: str) -> None:
    lines = f"""Ida/Ida/PROPN/NNP/3/nsubj {modal}/{modal}/AUX/MD/3/aux win/win/VERB/VB/0/root
        prizes/prize/NOUN/NNS/3/obj"""
    assert told(lines) == [f"Ida | {modal} win | object:prizes | maybe"]


def test_what_someone_said_is_hedged_and_what_was_found_is_not(told: Told) -> None:
    lines = """Tom/Tom/PROPN/NNP/2/nsubj {verb}/{verb}/VERB/VBD/0/root that/that/SCONJ/IN/5/mark
        Ida/Ida/PROPN/NNP/5/nsubj won/win/VERB/VBD/2/ccomp prizes/prize/NOUN/NNS/5/obj"""
    assert "Ida | won | object:prizes | maybe" in told(lines.format(verb="say"))
    assert "Ida | won | object:prizes" in told(lines.format(verb="discover"))


def test_condition_hedges_both_sides(told: Told) -> None:
    found = told(
        """If/if/SCONJ/IN/3/mark Ida/Ida/PROPN/NNP/3/nsubj wins/win/VERB/VBZ/5/advcl
        Tom/Tom/PROPN/NNP/5/nsubj sings/sing/VERB/VBZ/0/root songs/song/NOUN/NNS/5/obj"""
    )
    assert [line.endswith("maybe") for line in found] == [True, True]


def test_question_is_hedged(told: Told) -> None:
    (line,) = told(
        """Did/do/AUX/VBD/3/aux Ida/Ida/PROPN/NNP/3/nsubj win/win/VERB/VB/0/root
        it/it/PRON/PRP/3/obj ?/?/PUNCT/./3/punct"""
    )
    assert line.endswith("maybe")


def test_denial_passes_over_or_but_not_over_and(told: Told) -> None:
    lines = """Ida/Ida/PROPN/NNP/4/nsubj did/do/AUX/VBD/4/aux not/not/PART/RB/4/advmod
        sing/sing/VERB/VB/0/root {word}/{word}/CCONJ/CC/6/cc dance/dance/VERB/{tag}/4/conj"""
    assert told(lines.format(word="or", tag="VB"))[1].endswith("not")
    assert told(lines.format(word="but", tag="VBD"))[1] == "Ida | dance | "


def test_the_first_to_do_it_did_it(told: Told) -> None:
    lines = """the/the/DET/DT/3/det {word}/{word}/ADJ/JJ/3/amod woman/woman/NOUN/NN/0/root
        to/to/PART/TO/5/mark win/win/VERB/VB/3/acl it/it/PRON/PRP/5/obj"""
    assert not told(lines.format(word="first"))[0].endswith("maybe")
    assert told(lines.format(word="right"))[0].endswith("maybe")
