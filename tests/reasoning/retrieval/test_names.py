"""Names: compared without case and accents, found by capitals, and by being known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasoning.retrieval.names import NameTable, capitalised, name_key, without_bracket
from reasoning.retrieval.words import words


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("In May the Duke of York met Ada Lovelace.", ["duke of york", "ada lovelace"]),
        ("J. R. Smith wrote it. He sang.", ["j r smith"]),
        ("Paris. London", ["paris", "london"]),
        ("Ada's mother saw King and Queen", ["ada", "king", "queen"]),
        ("nothing here", []),
        ("", []),
    ],
)
def test_capitalised_runs(text: str, names: list[str]) -> None:
    assert [found.key for found in capitalised(text, words(text))] == names


def test_the_longest_known_name_is_found() -> None:
    table = NameTable.of(["york", "duke of york", "new york"])
    text = "The duke of York left New York's harbour; york is no name."
    found = list(table.find(text, words(text)))
    assert [name.key for name in found] == ["duke of york", "new york"]
    assert [text[name.start : name.end] for name in found] == ["duke of York", "New York"]


def test_keys_fold_what_does_not_tell_names_apart() -> None:
    assert name_key("São  PAULO") == name_key("sao paulo")
    assert name_key(without_bracket("Storm (2009 film)")) == "storm"
    assert without_bracket("(untitled)") == "(untitled)"


@given(st.text(max_size=80))
def test_found_names_lie_in_order_in_any_text(text: str) -> None:
    found = list(capitalised(text, words(text)))
    borders = [at for name in found for at in (name.start, name.end)]
    assert borders == sorted(borders)
    assert all(0 <= at <= len(text) for at in borders)
    table = NameTable.of(name.key for name in found)
    assert {name.key for name in table.find(text, words(text))} <= set(table.keys)
