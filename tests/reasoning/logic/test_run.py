from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

import pytest

from kgkit.errors import QueryError, QueryTimeout
from kgkit.facts import Entity, Fact, Literal
from reasoning.logic.reading import parse
from reasoning.logic.run import run
from reasoning.logic.source import MemoryFacts
from reasoning.logic.tables import Row, Table
from reasoning.logic.values import shown
from tests.reasoning.logic.films import ALIEN, FACTS, SCOTT, SOURCE, said


def _rows(text: str, **more: object) -> list[tuple[str, ...]]:
    table = run(parse(text), SOURCE, **more).table  # type: ignore[arg-type]
    return sorted(tuple(map(shown, row.cells)) for row in table.rows)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('retrieve(?p, DIRECTED, "Alien")', [("Ridley Scott",)]),
        ('retrieve("Ridley Scott", DIRECTED, ?f:Location)', []),
        ('retrieve(?p "Ridley Scott"|"Nobody", DIRECTED, _)', [("Ridley Scott",)]),
        ("retrieve(?f, ^DIRECTED, ?p); retrieve(?f, RUNS, _); output(?p)",
         [("James Cameron",), ("Ridley Scott",)]),
        ("retrieve(?p, directed, ?f); filter(?f = \"Aliens\"); output(?p)", [("James Cameron",)]),
        ("retrieve(?f, RUNS, ?l); filter(?l > 2[hour])", [("Aliens", "2.5 h")]),
        ("retrieve(?f, RUNS, ?l); ?s = sum(?l)", [("267.0 min",)]),
        ("retrieve(?f, RUNS, ?l); ?s = average(?l)", [("133.5 min",)]),
        ("retrieve(?f, RUNS, ?l); argmin(?l); output(?f)", [("Alien",)]),
        ("retrieve(?f, RELEASED_ON, ?t); argmax(?t); output(?f)", [("Aliens",)]),
        ("retrieve(?f, RELEASED_ON, 1979); output(?f)", [("Alien",)]),
        ("retrieve(?p, LIVED_IN, ?c, at 1970)",
         [("James Cameron", "London"), ("Ridley Scott", "London")]),
        ("retrieve(?p, LIVED_IN, ?c, at 1990-06)",
         [("James Cameron", "London"), ("Ridley Scott", "London")]),
        ("retrieve(?p, LIVED_IN, ?c, at 1991)", [("James Cameron", "London")]),
        ("retrieve(?p, LIVED_IN, ?c, valid_from < 1961, with = \"James Cameron\")",
         [("Ridley Scott", "London")]),
        ("retrieve(?p, LIVED_IN, ?c, valid_to = ?t); output(?t)", [("1990",)]),
        ("retrieve(?p, LIVED_IN, ?c, valid_from > 1961)", []),
        ('retrieve("London", PART_OF+, ?x)', [("England",), ("London",)]),
        ('retrieve(?x, PART_OF+, "England")', [("England",), ("London",)]),
        ("retrieve(?x, PART_OF+, ?x)", [("England",), ("London",)]),
        ("retrieve(?x, ^PART_OF+, ?y); output(?x)", [("England",), ("London",)]),
        ("denied(?p, DIRECTED, ?f)", [("James Cameron", "Alien")]),
        ("hedged(?p, DIRECTED, ?f)", [("James Cameron", "Blade Runner")]),
        ('retrieve("Ridley Scott", ?r, "Alien")', [("DIRECTED",)]),
        ("retrieve(?p, DIRECTED, ?f); ?n = count(?f) by ?p; argmax(?n); output(?p)",
         [("Ridley Scott",)]),
        ("retrieve(?p, DIRECTED, ?f); except { retrieve(?f, RUNS, _) }",
         [("Ridley Scott", "Blade Runner")]),
        ("union { retrieve(?x, RUNS, ?l) } { retrieve(?x, BORN_ON, ?b) }; ?n = count(?x)",
         [("4",)]),
        ("retrieve(?p, BORN_ON, ?b); retrieve(?p, DIRECTED, ?f); retrieve(?f, RELEASED_ON, ?t)"
         "; ?age = years(?b, ?t); argmin(?age); output(?p, ?age)", [("James Cameron", "31")]),
        ("?x = 1 + 1; ?x = 2", [("2",)]),
        ("?x = 1 + 1; ?x = 3", []),
        ('retrieve("Nobody", DIRECTED, ?f); ?n = count(?f)', [("0",)]),
        ('retrieve("Nobody", DIRECTED, ?f); ?n = sum(?f)', [("0",)]),
        ('retrieve("Nobody", DIRECTED, ?f); ?b = exists(?f)', [("no",)]),
        ('retrieve("Nobody", BORN_ON, ?t); ?n = max(?t)', []),
    ],
)  # fmt: skip
def test_the_rows(text: str, rows: list[tuple[str, ...]]) -> None:
    assert _rows(text) == rows


def test_every_row_rests_on_its_facts() -> None:
    program = parse('retrieve(?p, DIRECTED, "Alien"); retrieve(?p, BORN_ON, ?b)')
    (row,) = run(program, SOURCE).table.rows
    assert [str(fact) for fact in row.facts] == [
        "(Ridley Scott)-[DIRECTED]->(Alien)",
        "(Ridley Scott)-[BORN_ON]->(1937-11-30)",
    ]
    assert row.score == pytest.approx(0.81)


def test_a_chain_rests_on_all_of_its_facts() -> None:
    (row,) = run(parse('retrieve("London", PART_OF+, "London")'), SOURCE).table.rows
    assert len(row.facts) == 2


def test_the_order_of_facts_does_not_matter() -> None:
    text = "retrieve(?p, DIRECTED, ?f); retrieve(?f, RELEASED_ON, ?t); sort(?t); limit(2)"
    there, back = (run(parse(text), MemoryFacts(f)).table for f in (FACTS, FACTS[::-1]))
    assert there.rows == back.rows


def test_rows_without_a_value_are_left_out_and_counted() -> None:
    result = run(parse("retrieve(?f, RELEASED_ON, ?t); ?m = month(?t)"), SOURCE)
    assert len(result.table) == 2
    assert result.done[-1].notes == (
        "1 rows are left out, as month(?t) fails: month() takes a full date; '1982' leaves it "
        "open.",
    )


def test_the_failing_step_is_named() -> None:
    text = 'retrieve(?p, DIRECTED, ?f); retrieve(?f, RUNS, 3); filter(?f = "x")'
    failed = run(parse(text), SOURCE).failed
    assert failed is not None
    assert failed.step == "retrieve(?f, RUNS, 3)"
    assert run(parse("retrieve(?p, DIRECTED, ?f)"), SOURCE).failed is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("retrieve(?f, RUNS, ?l); filter(?l > 2[kg])", "'kg'"),
        ("output(?x)", r"\?x in output\(\?x\) is not bound; what is bound: nothing"),
        ("retrieve(?p, DIRECTED, ?f); ?n = sum(?f)", "adds numbers"),
        ("deduce(?p, DIRECTED, ?f)", "needs rules"),
        ('retrieve(?p, LIVED_IN, ?c, at "noon")', "'at' takes a time"),
        ("retrieve(?p, LIVED_IN, ?c, at ?t)", r"\?t is not bound"),
    ],
)
def test_what_cannot_run_is_said(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        run(parse(text), SOURCE)


def test_too_many_rows_are_refused() -> None:
    text = "retrieve(?a, DIRECTED, ?b); retrieve(?c, DIRECTED, ?d)"
    with pytest.raises(QueryError, match=r"makes more than 8 rows; bind more"):
        run(parse(text), SOURCE, most_rows=8)


def test_time_runs_out() -> None:
    with pytest.raises(QueryTimeout, match="timeout=0"):
        run(parse("retrieve(?a, DIRECTED, ?b); retrieve(?c, DIRECTED, ?d)"), SOURCE, timeout=0)


def test_rules_conclude() -> None:
    concluded = said(SCOTT, "MADE", ALIEN)

    def derive(relations: Sequence[str], about: Sequence[str] | None) -> Iterable[Fact]:
        assert list(relations) == ["MADE"]
        return [concluded]

    table = run(parse("deduce(?p, MADE, ?f)"), SOURCE, derive=derive).table
    assert [row.facts for row in table.rows] == [(concluded,)]


def test_a_table_can_be_given() -> None:
    given = Table(["f"], [Row((ALIEN,))])
    table = run(parse("retrieve(?p, DIRECTED, ?f)"), SOURCE, table=given).table
    assert [tuple(map(shown, row.cells)) for row in table.rows] == [("Alien", "Ridley Scott")]


def test_joins_of_ten_thousand_rows_are_quick() -> None:
    films = [Entity.named(f"Film {n}", "Film") for n in range(10_000)]
    facts = [said(SCOTT, "DIRECTED", film) for film in films]
    facts += [said(film, "COPIES", Literal(n, "integer")) for n, film in enumerate(films)]
    source, begin = MemoryFacts(facts), time.process_time()
    text = "retrieve(?p, DIRECTED, ?f); retrieve(?f, COPIES, ?n); filter(?n > 10); ?m = max(?n)"
    (row,) = run(parse(text), source).table.rows
    assert shown(row.cells[0]) == "9999"
    assert time.process_time() - begin < 15
