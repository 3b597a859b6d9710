"""A question as words, with names, dates and numbers as one word each."""

from __future__ import annotations

from reasoning.planning.tokens import tokens_of


def test_names_dates_and_numbers_are_one_word() -> None:
    text = "Which films of Anna Lind made before 5 May 1990 cost more than 3 million?"
    tokens = tokens_of(text)
    assert [t.name for t in tokens if t.name] == ["Anna Lind"]
    assert [str(t.value) for t in tokens if t.value is not None] == ["1990-05-05", "3000000"]
    assert all(text[t.start : t.end] == t.text or " " in t.text for t in tokens)


def test_titles_do_not_disturb_the_parse() -> None:
    tokens = tokens_of("Who directed Who's Afraid Of The Dark?")
    assert [t.text for t in tokens] == ["Who", "directed", "Who's Afraid Of The Dark", "?"]
    assert tokens[1].upos == "VERB"


def test_kin_by_law_is_one_word() -> None:
    assert [t.low for t in tokens_of("Who is her mother-in-law?")][-2:] == ["mother-in-law", "?"]
