"""Programs over a graph: rows with their facts, and the same in query languages."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

import kgkit
from kgkit.errors import InputError, QueryError, QueryTimeout
from kgkit.evidence import ImportEvidence
from kgkit.facts import Entity, Fact, Literal, Qualifier
from kgkit.ledger_facts import LedgerFacts
from kgkit.running import run_program
from kgkit.verbs import deducing
from reasoning.logic import MemoryFacts, Vocabulary, parse
from reasoning.rules import parse_rules
from stores.ledger import Ledger

_SURE = (ImportEvidence("films.csv", "1"),)
SCOTT, CHIRAC, KOHL = (Entity.named(n, "Person") for n in ("Ridley Scott", "Chirac", "Kohl"))
ALIEN, BLADE = (Entity.named(n, "Film") for n in ("Alien", "Blade Runner"))
FRANCE, GERMANY = (Entity.named(n, "Country") for n in ("France", "Germany"))


def _led(who: Entity, what: Entity, first: int, last: int) -> Fact:
    times = (("valid_from", first), ("valid_to", last))
    roles = tuple(Qualifier(role, Literal(year, "gYear")) for role, year in times)
    return Fact(who, "LED", what, roles, evidence=_SURE)


FACTS = (
    Fact(SCOTT, "DIRECTED", ALIEN, evidence=_SURE),
    Fact(SCOTT, "DIRECTED", BLADE, evidence=_SURE),
    Fact(ALIEN, "RELEASED_ON", Literal(date(1979, 5, 25), "date"), evidence=_SURE),
    Fact(ALIEN, "RUNS", Literal(117, "quantity", unit="min"), evidence=_SURE),
    _led(CHIRAC, FRANCE, 1995, 2007),
    _led(KOHL, GERMANY, 1982, 1998),
    Fact(GERMANY, "BORDERS", FRANCE, evidence=_SURE),
)
SOURCE, VOCABULARY = MemoryFacts(FACTS), Vocabulary.of_facts(FACTS)


def test_rows_show_values_and_keep_what_they_stand_for() -> None:
    rows = run_program(
        "retrieve(?p, DIRECTED, ?f); retrieve(?f, RELEASED_ON, ?t); retrieve(?f, RUNS, ?l)",
        SOURCE,
        VOCABULARY,
    )
    assert rows == [{"p": "Ridley Scott", "f": "Alien", "t": date(1979, 5, 25), "l": "117 min"}]
    assert rows.bindings[0]["f"] == ALIEN
    assert rows.fact_ids == (tuple(fact.id for fact in (FACTS[0], *FACTS[2:4])),)
    assert [done.rows for done in rows.steps] == [2, 1, 1]
    assert rows.cypher is None
    assert rows.why_not_cypher
    assert list(rows.to_pandas().columns) == ["p", "f", "t", "l"]


def test_a_program_that_leaves_nothing_says_where() -> None:
    text = "retrieve(?p, DIRECTED, ?f); retrieve(?f, RUNS, ?l); filter(?l > 3[hour])"
    rows = run_program(text, SOURCE, VOCABULARY)
    assert not len(rows)
    assert rows.notes == ("no row is left after filter(?l > 3[hour])",)


def test_limits_and_programs_that_are_values() -> None:
    program = parse("retrieve(?p, DIRECTED, ?f); sort(?f)")
    rows = run_program(program, SOURCE, VOCABULARY, limit=1)
    assert [row["f"] for row in rows] == ["Alien"]
    assert rows.notes == ("limit=1 cut off 1 rows",)
    assert rows.fact_ids == ((FACTS[0].id,),)
    with pytest.raises(InputError, match="limit=-1"):
        run_program(program, SOURCE, VOCABULARY, limit=-1)


@pytest.mark.parametrize(
    ("when", "who"),
    [(1985, {"Kohl"}), ("1996", {"Kohl", "Chirac"}), (date(2001, 5, 1), {"Chirac"}), (2020, set())],
)
def test_as_of_a_time_only_what_held_then_counts(when: object, who: set[str]) -> None:
    rows = run_program("retrieve(?p, LED, ?c)", SOURCE, VOCABULARY, as_of=when)  # type: ignore[arg-type]
    assert {row["p"] for row in rows} == who
    rules = parse_rules("(x)-[SERVED]->(y) :- (x)-[LED]->(y)")
    text = "union { deduce(?p, SERVED, ?c) } { deduce(?p, SERVED, ?c) }"
    rows = run_program(text, SOURCE, VOCABULARY, rules=rules, as_of=when)  # type: ignore[arg-type]
    assert {row["p"] for row in rows} == who


def test_conclusions_are_retrieved_with_the_rule_they_rest_on() -> None:
    rules = parse_rules(
        "BORDERS is symmetric\n(x)-[NEIGHBOUR]->(y) :- (x)-[LED]->(c), (c)-[BORDERS]->(d), "
        "(y)-[LED]->(d)"
    )
    rows = run_program('deduce("Chirac", NEIGHBOUR, ?p)', SOURCE, VOCABULARY, rules=rules)
    assert rows == [{"p": "Kohl"}]
    assert rows.facts[0][0].evidence[0].kind == "rule"
    assert "in memory" in rows.why_not_cypher
    with pytest.raises(QueryError, match="needs rules"):
        run_program("deduce(?x, BORDERS, ?y)", SOURCE, VOCABULARY)
    with pytest.raises(QueryError, match="did you mean NEIGHBOUR"):
        run_program("deduce(?x, NEIGHBOURS, ?y)", SOURCE, VOCABULARY, rules=rules)
    # What rules only may conclude leaves a step empty and is no unknown relation.
    unsure = parse_rules("(x)-[NIECE]->(y) :- (x)-[UNCLE]->(y)")
    rows = run_program("deduce(?x, NIECE, ?y)", SOURCE, VOCABULARY, rules=unsure)
    assert rows.notes == ("no row is left after deduce(?x, NIECE, ?y)",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no step"),
        ("retrieve(?p, DIRECTD, ?f)", "did you mean DIRECTED"),
        ("retrieve(?p:Persn, DIRECTED, ?f)", "did you mean Person"),
        ("retrieve(?p, DIRECTED", "expected"),
        ("retrieve(?f, RUNS, ?l); ?x = ?l / 0", "by zero|zero"),
        ("retrieve(?f, RUNS, ?l); ?x = ?l + 3[kg]", "kg"),
    ],
)
def test_what_cannot_run_is_refused_first(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        run_program(text, SOURCE, VOCABULARY)
    with pytest.raises(QueryError, match="as_of='soon' is no time"):
        run_program("retrieve(?p, LED, ?c)", SOURCE, VOCABULARY, as_of="soon")


def test_joins_of_ten_thousand_facts_stay_within_the_budget() -> None:
    many = [Entity.named(f"p{at}", "Person") for at in range(10_000)]
    facts = [Fact(one, "KNOWS", many[at // 2], evidence=_SURE) for at, one in enumerate(many)]
    facts += [Fact(one, "LIKES", many[-1 - at], evidence=_SURE) for at, one in enumerate(many)]
    with Ledger.open(":memory:") as ledger:
        ledger.add_facts(facts)
        source = LedgerFacts(ledger)
        vocabulary = source.vocabulary
        begin = time.process_time()
        rows = run_program("retrieve(?a, KNOWS, ?b); retrieve(?b, LIKES, ?c)", source, vocabulary)
        spent = time.process_time() - begin
        assert len(rows) == 10_000
        assert spent < 10
        # A product of all with all is stopped, by the rows or by the clock.
        cross = "retrieve(?a, KNOWS, ?b); retrieve(?c, LIKES, ?d)"
        with pytest.raises(QueryError, match="more than 200000 rows"):
            run_program(cross, source, vocabulary)
        with pytest.raises(QueryTimeout):
            run_program(cross, source, vocabulary, timeout=0.05)
        rules = parse_rules("(x)-[NEAR]->(y) :- (x)-[KNOWS]->(_), (y)-[LIKES]->(_)")
        with pytest.raises(QueryTimeout):
            run_program("deduce(?a, NEAR, ?b)", source, vocabulary, rules=rules, timeout=0.05)


def test_a_graph_runs_programs_as_its_store_does(tmp_path: Path) -> None:
    with kgkit.open(tmp_path / "g.kg", heap_mb=128) as kg:
        kg.add(FACTS)
        rows = deducing.run(kg, 'retrieve("Ridley Scott", DIRECTED, ?f); sort(?f)')
        assert [row["f"] for row in rows] == ["Alien", "Blade Runner"]
        assert rows.cypher is not None
        assert rows.sparql is not None
        assert [row["f_name"] for row in kg.query(rows.cypher)] == ["Alien", "Blade Runner"]
        assert [row["f_name"] for row in kg.sparql(rows.sparql)] == ["Alien", "Blade Runner"]
        assert "BORDERS" in deducing.vocabulary(kg).relations
        kept = deducing.deduce(kg, "BORDERS is symmetric", keep=True)
        assert [str(fact) for fact in kept] == ["(France)-[BORDERS]->(Germany)"]
        assert len(kg.query("MATCH (a)-[r:BORDERS]->(b) RETURN r.id")) == 2
        assert deducing.deduce(kg) == kept
        assert len(deducing.run(kg, "deduce(?a, BORDERS, ?b)")) == 2
