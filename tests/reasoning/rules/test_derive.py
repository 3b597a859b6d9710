from __future__ import annotations

import pytest

from kgkit.errors import QueryError
from kgkit.evidence import PersonEvidence, RuleEvidence
from kgkit.facts import Entity, Fact, Literal
from reasoning.logic import MemoryFacts, Vocabulary, check, parse, run
from reasoning.rules import Grounds, conclude, derive_by, parse_rules, with_conclusions

_SURE = (PersonEvidence("Ada"),)
EVA, BYRON, ADA = (Entity.named(name, "Person") for name in ("Eva", "Byron", "Ada"))
FACTS = [
    Fact(EVA, "PARENT", BYRON, evidence=_SURE),
    Fact(BYRON, "PARENT", ADA, evidence=_SURE),
    Fact(BYRON, "BORN_ON", Literal("1788-01-22", "date"), evidence=_SURE),
    Fact(BYRON, "DIED_ON", Literal("1824-04-19", "date"), evidence=_SURE),
]
SOURCE = MemoryFacts(FACTS)
RULES = parse_rules("""
(x)-[GRANDPARENT]->(z) :- (x)-[PARENT]->(y), (y)-[PARENT]->(z)
(x)-[LIVED]->(a) :- (x)-[BORN_ON]->(b), (x)-[DIED_ON]->(d), a = years(b, d)
CHILD is the inverse of PARENT
""")


def test_conclusions_are_given_by_relation_and_entity() -> None:
    derive = derive_by(RULES, SOURCE)
    assert [str(f) for f in derive(["GRANDPARENT"], None)] == ["(Eva)-[GRANDPARENT]->(Ada)"]
    assert [str(f) for f in derive(["CHILD"], [EVA.id])] == ["(Byron)-[CHILD]->(Eva)"]
    assert len(list(derive([], None))) == 4
    assert not list(derive(["SPOUSE"], None))


def test_programs_join_conclusions_with_facts() -> None:
    program = parse("deduce(?x, GRANDPARENT, ?y); deduce(?z, LIVED, ?a); retrieve(?z, PARENT, ?y)")
    (row,) = run(program, SOURCE, derive=derive_by(RULES, SOURCE)).table.rows
    assert row.cells == (EVA, ADA, BYRON, Literal(36, "integer"))
    kinds = {piece.kind for fact in row.facts for piece in fact.evidence}
    assert kinds == {"person", "rule"}


def test_what_rules_may_conclude_is_known_to_the_check() -> None:
    vocabulary = Vocabulary.of_facts(FACTS)
    whole = with_conclusions(vocabulary, RULES)
    assert str(check(parse("deduce(?x, GRANDPARENT, ?y)"), whole)["y"]) == "Person"
    check(parse("deduce(?x, LIVED, ?a); filter(?a > 30)"), whole)
    with pytest.raises(QueryError, match="GRANDPARENT"):
        check(parse("retrieve(?x, GRANDPARENT, ?y)"), whole)
    with pytest.raises(QueryError, match="did you mean LIVED"):
        check(parse("deduce(?x, LIVD, ?y)"), whole)
    assert with_conclusions(Vocabulary(), RULES).concluded == ()


def test_grounds_leave_out_what_the_rules_concluded_before() -> None:
    found = conclude(RULES, SOURCE)
    asserted = FACTS[0].with_evidence(*_SURE, RuleEvidence(RULES[0].text, ()))
    later = Grounds(MemoryFacts([*FACTS[1:], asserted, *found]), [rule.text for rule in RULES])
    assert list(later.related(None)) == sorted(FACTS, key=lambda fact: fact.id)
    assert {f.evidence for f in later.about([EVA.id])} == {_SURE}
    assert list(later.related(None, values=True)) == [
        fact for fact in sorted(FACTS, key=lambda fact: fact.id) if isinstance(fact.tail, Literal)
    ]
    assert conclude(RULES, later) == found
