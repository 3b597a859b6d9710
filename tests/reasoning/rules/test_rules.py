from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgkit.errors import QueryError, SchemaError
from kgkit.evidence import PersonEvidence, RuleEvidence
from kgkit.facts import Entity, Fact, Literal
from reasoning.logic.reading import parse
from reasoning.logic.run import run
from reasoning.logic.source import MemoryFacts
from reasoning.rules import conclude, parse_rules, strata

_SURE = (PersonEvidence("Ada", "2026-01-01", 0.9),)


def _person(name: str) -> Entity:
    return Entity.named(name, "Person")


def _said(head: str, relation: str, tail: str | Literal) -> Fact:
    end = _person(tail) if isinstance(tail, str) else tail
    return Fact(_person(head), relation, end, evidence=_SURE)


def _concluded(rules: str, *facts: Fact) -> list[str]:
    return sorted(str(fact) for fact in conclude(parse_rules(rules), MemoryFacts(facts)))


FAMILY = (
    _said("Eva", "PARENT", "Byron"),
    _said("Byron", "PARENT", "Ada"),
    _said("Byron", "PARENT", "Clara"),
    _said("Ada", "SPOUSE", "William"),
    _said("Byron", "BORN_ON", Literal("1788-01-22", "date")),
    _said("Byron", "DIED_ON", Literal("1824-04-19", "date")),
)


def test_a_conclusion_rests_on_its_rule_and_premises() -> None:
    text = "(x)-[GRANDPARENT]->(z) :- (x)-[PARENT]->(y), (y)-[PARENT]->(z)"
    found = conclude(parse_rules(text), MemoryFacts(FAMILY))
    assert [str(fact) for fact in sorted(found, key=str)] == [
        "(Eva)-[GRANDPARENT]->(Ada)",
        "(Eva)-[GRANDPARENT]->(Clara)",
    ]
    fact = next(fact for fact in found if fact.tail == _person("Ada"))
    assert fact.evidence == (RuleEvidence(text, tuple(sorted((FAMILY[0].id, FAMILY[1].id))), 0.81),)


def test_properties_of_relations() -> None:
    assert _concluded("SPOUSE is symmetric", *FAMILY) == ["(William)-[SPOUSE]->(Ada)"]
    assert "(Ada)-[CHILD]->(Byron)" in _concluded("CHILD is the inverse of PARENT", *FAMILY)
    assert _concluded("PARENT is transitive", *FAMILY) == [
        "(Eva)-[PARENT]->(Ada)",
        "(Eva)-[PARENT]->(Clara)",
    ]


def test_what_is_denied_is_known_first() -> None:
    rules = """
    # Clara is nobody's.
    (x)-[SINGLE_CHILD_OF]->(y) :- (y)-[PARENT]->(x), not (x)-[MARRIED]->(_)
    (x)-[MARRIED]->(y) :- (x)-[SPOUSE]->(y)
    SPOUSE is symmetric
    """
    found = _concluded(rules, *FAMILY)
    assert [text for text in found if "SINGLE" in text] == [
        "(Byron)-[SINGLE_CHILD_OF]->(Eva)",
        "(Clara)-[SINGLE_CHILD_OF]->(Byron)",
    ]
    assert "(William)-[MARRIED]->(Ada)" in found


def test_values_are_computed_and_compared() -> None:
    rules = """
    (x)-[AGE_AT_DEATH]->(a) :- (x)-[BORN_ON]->(b), (x)-[DIED_ON]->(d), a = years(b, d)
    (x)-[DIED]->("young") :- (x)-[AGE_AT_DEATH]->(a), a < 40 and name(x) != "Ada"
    (x:Person)-[KNOWN]->(true) :- (x:Person)-[BORN_ON]->(_)
    """
    assert _concluded(rules, *FAMILY) == [
        "(Byron)-[AGE_AT_DEATH]->(36)",
        "(Byron)-[DIED]->(young)",
        "(Byron)-[KNOWN]->(True)",
    ]


_PAIRS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12)


@settings(max_examples=60, deadline=None)
@given(_PAIRS)
def test_transitive_closure_is_what_a_walk_finds_and_ends_on_cycles(
    pairs: list[tuple[int, int]],
) -> None:
    facts = [_said(f"p{a}", "PART_OF", f"p{b}") for a, b in pairs if a != b]
    source = MemoryFacts(facts)
    found = {(str(f.head.name), getattr(f.tail, "name", "")) for f in conclude(
        parse_rules("PART_OF is transitive"), source
    )} | {(f.head.name, getattr(f.tail, "name", "")) for f in facts}  # fmt: skip
    walked = run(parse("retrieve(?x, PART_OF+, ?y)"), source).table
    names = {tuple(getattr(c, "name", "") for c in row.cells) for row in walked.rows}
    # A thing is never part of itself: conclusions join two things.
    assert found == {(a, b) for a, b in names if a != b}


@settings(max_examples=40, deadline=None)
@given(_PAIRS, st.randoms(use_true_random=False))
def test_the_order_of_rules_and_facts_does_not_matter(
    pairs: list[tuple[int, int]], random: st.DrawFn
) -> None:
    facts = [_said(f"p{a}", "PARENT", f"p{b}") for a, b in pairs]
    lines = [
        "(x)-[ANCESTOR]->(y) :- (x)-[PARENT]->(y)",
        "(x)-[ANCESTOR]->(z) :- (x)-[PARENT]->(y), (y)-[ANCESTOR]->(z)",
        "(x)-[ROOT]->(y) :- (x)-[ANCESTOR]->(y), not (_)-[PARENT]->(x)",
    ]
    first = conclude(parse_rules(lines), MemoryFacts(facts))
    random.shuffle(facts)  # type: ignore[attr-defined]
    second = conclude(parse_rules(lines[::-1]), MemoryFacts(facts))
    assert first == second


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        (
            "(x)-[A]->(y) :- (x)-[B]->(y), not (x)-[C]->(y)\n(x)-[C]->(y) :- (x)-[A]->(y)",
            r"A -> C -> not A",
        ),
        ("(x)-[A]->(y) :- (x)-[B]->(y), not (x)-[A]->(y)", r"A -> not A"),
        ("(x)-[N]->(m) :- (x)-[N]->(n), m = n + 1", "may never end"),
        ("(x)-[A]->(z) :- (x)-[B]->(y)", "z in .* is bound by no atom"),
        ("(x)-[A]->(y) :- (x)-[B]->(y), z > 3", "z in .* is bound by no atom"),
        ("(x)-[A]->(y) :- not (x)-[B]->(y)", "x in .* is bound by no atom"),
        ("(x)-[A]->(_) :- (x)-[B]->(y)", "does not say what it concludes"),
        ("(x)-[A]->(y)", "is no rule"),
        ("(x)-[A]->(y) :- (x)-[BORN IN]->(y)", "has a blank in it; write BORN_IN, or `BORN IN`"),
        ("\n(x)-[A B]->(y) :- (x)-[B]->(y)", "^line 2: the relation 'A B'"),
        ("(x)-[A]->(y) :- (x)-[B]->(y), y >", "neither an atom nor a condition"),
        ("(3)-[A]->(y) :- (x)-[B]->(y)", "facts begin with an entity"),
        ("(x y)-[A]->(y) :- (x)-[B]->(y)", "is no end of a fact"),
    ],
)
def test_rules_that_cannot_run_are_refused(rules: str, message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        strata(parse_rules(rules))


def test_too_many_conclusions_are_refused() -> None:
    facts = [_said(f"p{n}", "NEXT", f"p{n + 1}") for n in range(20)]
    with pytest.raises(QueryError, match="more than 50 facts"):
        conclude(parse_rules("NEXT is transitive"), MemoryFacts(facts), most=50)


def test_what_is_stated_is_not_concluded() -> None:
    facts = (*FAMILY, _said("William", "SPOUSE", "Ada"))
    assert _concluded("SPOUSE is symmetric", *facts) == []
