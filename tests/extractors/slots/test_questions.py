"""Questions are good English, and ask for the tail."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.slots import make_question
from kgkit.schema import Pattern


@pytest.mark.parametrize(
    ("pattern", "question"),
    [
        ("(Person)-[BORN_IN]->(Place)", "Where was Ida Vale born?"),
        ("(Person)-[BORN_IN]->(City)", "Which city was Ida Vale born in?"),
        ("(Person)-[BORN_IN]->(gYear)", "When was Ida Vale born?"),
        ("(Person)-[birthDate]->(date)", "When was Ida Vale born?"),
        ("(Person)-[DIE_IN]->(Location)", "Where did Ida Vale die?"),
        ("(Person)-[DIED_OF]->(Disease)", "Which disease did Ida Vale die of?"),
        ("(Person)-[LIVES_IN]->(City)", "Which city does Ida Vale live in?"),
        ("(Person)-[WORKED_WITH]->(Person)", "Who did Ida Vale work with?"),
        ("(Person)-[STUDIED_UNDER]->(Person)", "Who did Ida Vale study under?"),
        ("(Person)-[FOUNDED]->(Company)", "Which company did Ida Vale found?"),
        ("(Person)-[WROTE]->(Book)", "Which book did Ida Vale write?"),
        ("(Person)-[LEADS]->(Organization)", "Which organization does Ida Vale lead?"),
        ("(Person)-[WON_AWARD]->(Award)", "Which award did Ida Vale win?"),
        ("(Person)-[PLAYS_INSTRUMENT]->(Instrument)", "Which instrument does Ida Vale play?"),
        ("(Person)-[MEMBER_OF]->(Band)", "Which band is Ida Vale a member of?"),
        ("(Person)-[AUTHOR_OF]->(Book)", "Which book is Ida Vale the author of?"),
        ("(Film)-[author]->(human)", "Who wrote Ida Vale?"),
        ("(Film)-[DIRECTED_BY]->(Person)", "Who directed Ida Vale?"),
        ("(Song)-[SUNG_BY]->(Person)", "Who sang Ida Vale?"),
        ("(Film)-[director]->(human)", "Who is the director of Ida Vale?"),
        ("(Ship)-[length]->(quantity)", "How long is Ida Vale?"),
        ("(Town)-[twin towns]->(Town)", "What are the twin towns of Ida Vale?"),
        ("(Company)-[number of engines]->(integer)", "How many engines does Ida Vale have?"),
        ("(Mission)-[launch site]->(Place)", "Where is the launch site of Ida Vale?"),
        ("(Alloy)-[COMPOSED_OF]->(Thing)", "What is Ida Vale composed of?"),
        ("(Film)-[RELEASED_IN]->(date)", "When was Ida Vale released?"),
    ],
)
def test_what_is_asked(pattern: str, question: str) -> None:
    head, relation, tail = _parts(pattern)
    assert make_question(Pattern(head, relation, tail), "Ida Vale") == question


def _parts(pattern: str) -> tuple[str, str, str]:
    head, rest = pattern[1:].split(")-[")
    relation, tail = rest.rstrip(")").split("]->(")
    return head, relation, tail


@given(
    st.from_regex(r"[A-Za-z]+(_[A-Za-z]+){0,3}", fullmatch=True),
    st.sampled_from(["Person", "Place", "date", "integer", "string", "Film", "Thing"]),
)
def test_any_relation_is_asked_for_in_one_sentence(relation: str, tail: str) -> None:
    question = make_question(Pattern("Thing", relation, tail), "Ida Vale")
    assert question.count("Ida Vale") == 1
    assert question.endswith("?")
    assert question[0].isupper()
    assert "  " not in question
    assert "..." not in question


def test_a_name_keeps_its_article_small() -> None:
    asked = make_question(Pattern("Film", "DIRECTED_BY", "Person"), "The Hollow Tide")
    assert asked == "Who directed the Hollow Tide?"
