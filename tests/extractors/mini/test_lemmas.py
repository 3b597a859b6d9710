from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractors.mini.lemmas import apply_script, script

WORDS = st.text(alphabet="abcdefgABCDEFG'-", min_size=1, max_size=12)


@given(WORDS, WORDS)
def test_a_script_makes_the_lemma_that_it_was_learnt_from(form: str, lemma: str) -> None:
    assert apply_script(form, script(form, lemma)) == lemma


@given(WORDS, WORDS, WORDS)
def test_a_script_never_leaves_a_word_empty(form: str, lemma: str, other: str) -> None:
    assert apply_script(other, script(form, lemma))
