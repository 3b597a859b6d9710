"""Clauses of being."""

from __future__ import annotations

from collections.abc import Callable

Told = Callable[..., list[str]]


def test_predicate_noun(told: Told) -> None:
    assert told(
        """Quito/Quito/PROPN/NNP/4/nsubj is/be/AUX/VBZ/4/cop the/the/DET/DT/4/det
        capital/capital/NOUN/NN/0/root of/of/ADP/IN/6/case Ecuador/Ecuador/PROPN/NNP/4/nmod"""
    ) == ["Quito | is | attribute:the capital of Ecuador"]


def test_predicate_after_a_preposition(told: Told) -> None:
    assert told(
        """Ulm/Ulm/PROPN/NNP/4/nsubj is/be/AUX/VBZ/4/cop in/in/ADP/IN/4/case
        Germany/Germany/PROPN/NNP/0/root"""
    ) == ["Ulm | is | attribute:in+Germany"]


def test_relative_clause_of_a_predicate_noun_speaks_of_the_subject(told: Told) -> None:
    assert told(
        """Ida/Ida/PROPN/NNP/4/nsubj is/be/AUX/VBZ/4/cop a/a/DET/DT/4/det
        poet/poet/NOUN/NN/0/root who/who/PRON/WP/6/nsubj lives/live/VERB/VBZ/4/acl:relcl
        in/in/ADP/IN/8/case Oslo/Oslo/PROPN/NNP/6/obl"""
    ) == ["Ida | is | attribute:a poet", "Ida | lives | oblique:in+Oslo"]


def test_seeming_takes_the_attribute_along(told: Told) -> None:
    assert told(
        """It/it/PRON/PRP/2/nsubj seems/seem/VERB/VBZ/0/root to/to/PART/TO/5/mark
        be/be/AUX/VB/5/cop cold/cold/ADJ/JJ/2/xcomp"""
    ) == ["It | seems to be | attribute:cold"]
