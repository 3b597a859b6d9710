"""Names are found where the text says them, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.llm.anchors import Passage
from extractors.llm.folding import fold


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("Ann met Annie.", "Ann", ["Ann"]),
        ("ann met ANN.", "Ann", ["ann", "ANN"]),
        ("Ann, not ann.", "Ann", ["Ann"]),  # exact places first
        ("New\n  York is big.", "New York", ["New\n  York"]),
        ("São Paulo grew.", "Sao Paulo", ["São Paulo"]),
        ("Sa\u0303o Paulo grew.", "São Paulo", ["Sa\u0303o Paulo"]),
        ("He met Rene\u0301.", "Rene", ["Rene\u0301"]),
        ("Straße 5", "STRASSE", ["Straße"]),
        ("ﬁne ﬁlm", "film", ["ﬁlm"]),
        ("Jean–Luc’s film", "Jean-Luc's", ["Jean–Luc’s"]),
        ("zero\u200bwidth soft\u00adhyphen", "zerowidth", ["zero\u200bwidth"]),
        ("ＩＢＭ made it", "IBM", ["ＩＢＭ"]),
        ("王菲是歌手。", "王菲", ["王菲"]),
        ("서울은 크다", "서울", ["서울"]),
        ("मुंबई में", "मुंबई", ["मुंबई"]),
        ("כתב משה ספר", "משה", ["משה"]),
        ("C++ and C# and C", "C", ["C"]),
        ("the 1990s", "1990", []),
        ("Annual", "Ann", []),
        ("Anna", "Hanna", []),
        ("straight", "ﬀ", []),
        ("ﬀ", "f", []),  # half a character
        ("anything", "", []),
        ("anything", " \u200b", []),
    ],
)
def test_where_a_name_stands(text: str, name: str, found: list[str]) -> None:
    spans = Passage(text).find(name)
    assert [text[start:end] for start, end in spans] == found


@settings(deadline=None)
@given(st.text(max_size=60), st.text(min_size=1, max_size=6))
def test_what_is_found_is_what_was_looked_for(text: str, name: str) -> None:
    for start, end in Passage(text).find(name):
        assert 0 <= start < end <= len(text)
        assert fold(text[start:end]).text == fold(name).text


@settings(deadline=None)
@given(st.text(max_size=20), st.text(max_size=20))
def test_a_word_between_blanks_is_found(before: str, after: str) -> None:
    text = f"{before} Kalle {after}"
    assert (len(before) + 1, len(before) + 6) in Passage(text).find("Kalle")


@settings(deadline=None)
@given(st.text(max_size=80))
def test_folding_knows_where_it_came_from(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.origins)
    assert list(folded.origins) == sorted(folded.origins)
    assert all(0 <= place < len(text) for place in folded.origins)
