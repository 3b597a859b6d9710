"""Relations are said in words that mean what they mean."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.entigraph.wording.grammar import Clause, grammar
from extractors.entigraph.wording.prompts import prompts
from extractors.entigraph.wording.sayings import Relation, word
from extractors.entigraph.wording.values import comparable, kind_of, written
from kgkit.facts import Literal


@pytest.mark.parametrize(
    ("name", "kind", "predicate", "clause"),
    [
        ("DESIGNED", "entity", "", "{t} was designed by {h}"),
        ("EQUIPPED_BY", "entity", "", "{t} equipped {h}"),
        ("PLAYS_FOR", "entity", "", "{h} plays for {t}"),
        ("FLOWS_INTO", "entity", "", "{h} flows into {t}"),
        ("USES", "entity", "", "{t} is used by {h}"),
        ("MOVE_TO", "entity", "moved to", "{h} moved to {t}"),
        ("PHYSICIST_FROM", "entity", "physicist from", "{h} is a physicist from {t}"),
        ("SIMILAR_TO", "entity", "", "{h} is similar to {t}"),
        ("UNCLE_OF", "entity", "", "{h} is an uncle of {t}"),
        ("SCREEN_WIDTH", "value", "", "{h} has the screen width {t}"),
        ("KILLED_ON", "day", "was killed on", "{h} was killed on {t}"),
        ("BORN_IN", "period", "", "{h} was born in {t}"),
        ("BORN_ON", "day", "", "{h} was born on {t}"),
        ("FOUNDED", "period", "", "{h} was founded in {t}"),
        ("FOUNDED", "entity", "", "{t} was founded by {h}"),
    ],
)
def test_relations_are_worded(name: str, kind: str, predicate: str, clause: str) -> None:
    assert clause in word(Relation(name, kind, predicate)).clauses


def test_a_relation_with_several_values_is_not_said_to_have_one() -> None:
    one = word(Relation("COMPOSER", "entity", single=True))
    many = word(Relation("COMPOSER", "entity"))
    assert "the composer of {h} is {t}" in one.clauses
    assert not any(clause.startswith("the composer") for clause in many.clauses)
    assert not any(clause.startswith("it is") for clause in many.clauses)


@pytest.mark.parametrize("predicate", ["https://example.org/x", "did not see", "is", "", "a\nb"])
def test_predicates_that_are_no_words_are_left_out(predicate: str) -> None:
    said = word(Relation("SEE", "entity", predicate))
    assert all("not" not in clause and "http" not in clause for clause in said.clauses)


@pytest.mark.parametrize("single", [True, False])
def test_every_clause_has_both_ends_once(single: bool) -> None:
    for name in ("BORN_IN", "WROTE", "POPULATION", "ZZZ", "A_B_C", "OF", "IN", "HAS"):
        for kind in ("entity", "day", "period", "value"):
            said = word(Relation(name, kind, single=single))
            assert said.clauses
            for clause in said.clauses:
                assert clause.count("{h}") == clause.count("{t}") == 1, clause
                assert Clause.cut(clause).say("H", "T") == clause.format(h="H", t="T")
            assert all(q.count("{h}") == 1 and "{t}" not in q for q in said.questions)
            assert all(q.count("{t}") == 1 and "{h}" not in q for q in said.reverse)
            assert len(said.gaps) == len(said.reverse_gaps) > 0


def test_values_are_written_and_ordered() -> None:
    assert written(Literal("1938-07", "gYearMonth")) == ("July 1938",)
    assert written(Literal(True, "boolean")) == ("true",)
    assert kind_of(Literal(date(1900, 1, 1), "date")) == "day"
    early, late = comparable(Literal(2, "integer")), comparable(Literal(2.5, "decimal"))
    assert early is not None
    assert late is not None
    assert early < late
    assert comparable(Literal(2, "integer", unit="km")) != comparable(Literal(2, "integer"))


def test_data_files_are_whole() -> None:
    rules = grammar()
    assert set(rules.openings) >= {"profile", "statement", "relation", "comparison", "path"}
    assert abs(sum(family.share for family in prompts().families) - 1.0) < 1e-9
    for family in prompts().families:
        for n in range(len(family.tasks)):
            assert "{" not in family.task(n, ["A", "B", "C"][: family.size])
