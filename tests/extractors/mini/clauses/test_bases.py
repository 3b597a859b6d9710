"""Base forms, whatever the tagger makes of an ending."""

from __future__ import annotations

import pytest

from extractors.mini.clauses.bases import base_form
from extractors.mini.syntax import Token


def base(form: str, lemma: str, upos: str = "VERB", xpos: str = "VBD") -> str:
    return base_form(Token(0, len(form), form, lemma, upos, xpos, -1, "root"))


@pytest.mark.parametrize(
    ("form", "lemma", "wanted"),
    [
        ("died", "di", "die"),
        ("married", "marrie", "marry"),
        ("starred", "starr", "star"),
        ("served", "serv", "serve"),
        ("designed", "designe", "design"),
        ("adopted", "adopte", "adopt"),
        ("retired", "retir", "retire"),
        ("created", "creat", "create"),
        ("treated", "treat", "treat"),
        ("occurred", "occur", "occur"),
        ("stopped", "stoppe", "stop"),
        ("Wrote", "wrote", "write"),
        ("visited", "visit", "visit"),
        ("directed", "direct", "direct"),
        ("co-founded", "co-founded", "co-found"),
        ("owned", "owne", "own"),
        ("edited", "edite", "edit"),
        ("united", "unite", "unite"),
    ],
)
def test_past_forms_of_verbs(form: str, lemma: str, wanted: str) -> None:
    assert base(form, lemma) == wanted


def test_other_words() -> None:
    assert base("Creates", "create", xpos="VBZ") == "create"
    assert base("Film", "Films", "NOUN", "NN") == "film"
    assert base("films", "film", "NOUN", "NNS") == "film"
    assert base("Curie", "Curie", "PROPN", "NNP") == "Curie"
