"""Conclusions by rules: given, kept, and gone with what they rest on."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kgkit
from kgkit.deducing import deduce, follow_rules, kept_rules
from kgkit.errors import InputError, QueryError, ReadOnlyError, SchemaError
from kgkit.evidence import ImportEvidence, PersonEvidence, RuleEvidence
from kgkit.facts import Entity, Fact
from kgkit.schema import Schema
from stores.ledger import Ledger
from tests.stores.ledger.worlds import Clause, read

RULES = """
MET is symmetric
(x)-[LINKED]->(y) :- (x)-[MET]->(y)
(x)-[LINKED]->(z) :- (x)-[LINKED]->(y), (y)-[MET]->(z)
(x)-[ALONE_WITH]->(y) :- (x)-[SAW]->(y), not (x)-[LINKED]->(y)
(x)-[SEEN]->(true) :- (_)-[SAW]->(x), name(x) != "Dee"
"""
NAMES = ("Ada", "Bob", "Cid", "Dee")


def _imported(head: str, relation: str, tail: str, source: str = "t") -> Fact:
    ends = Entity.named(head, "Person"), Entity.named(tail, "Person")
    return Fact(ends[0], relation, ends[1], evidence=(ImportEvidence(source, head),))


def _concluded(ledger: Ledger) -> list[str]:
    facts = ledger.facts()
    return sorted(str(f) for f in facts if any(e.kind == "rule" for e in f.evidence))


def test_conclusions_name_their_rule_and_premises() -> None:
    with Ledger.open(":memory:") as ledger:
        ledger.add_facts([_imported("Ada", "SPOUSE", "Bob")])
        (fact,) = deduce(ledger, "SPOUSE is symmetric")
        (premise,) = ledger.facts()
        assert fact.evidence == (RuleEvidence("SPOUSE is symmetric", (premise.id,), 1.0),)
        assert ledger.counts()["facts"] == 1
        assert ledger.add_facts([fact]) == 1
        # What they concluded is no ground for these rules.
        assert deduce(ledger, Schema.parse("SPOUSE is symmetric")) == (fact,)
        assert ledger.add_facts([fact]) == 0


def test_rules_that_are_kept_follow_the_graph() -> None:
    with Ledger.open(":memory:") as ledger:
        ledger.add_facts([_imported("Ada", "PART", "Bob", "a"), _imported("Bob", "PART", "Cid")])
        assert len(deduce(ledger, "PART is transitive", keep=True)) == 1
        assert [rule.text for rule in kept_rules(ledger)] == ["PART is transitive"]
        ledger.add_facts([_imported("Cid", "PART", "Dee")])
        assert follow_rules(ledger)
        assert not follow_rules(ledger)
        assert len(_concluded(ledger)) == 3
        ledger.remove_import("a")
        assert _concluded(ledger) == ["(Bob)-[PART]->(Dee)"]
        assert len(deduce(ledger, "PART is symmetric", keep=True)) == 2
        assert _concluded(ledger) == ["(Cid)-[PART]->(Bob)", "(Dee)-[PART]->(Cid)"]
        assert deduce(ledger, "", keep=True) == ()
        assert _concluded(ledger) == []


def test_rules_that_cannot_run_leave_what_was_kept() -> None:
    with Ledger.open(":memory:") as ledger:
        ledger.add_facts([_imported("Ada", "MET", "Bob")])
        deduce(ledger, "MET is symmetric", keep=True)
        for rules, error in (
            ("(x)-[A]->(y) :- (x)-[MET]->(y), not (x)-[A]->(y)", SchemaError),
            ("(x)-[A]->(y) :- (x)-[MET]->(y), y > 3[km]", QueryError),
        ):
            with pytest.raises(error):
                deduce(ledger, rules, keep=True)
            assert _concluded(ledger) == ["(Bob)-[MET]->(Ada)"]


def test_what_cannot_be_deduced_says_so(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        with pytest.raises(InputError, match="no rules: give some"):
            deduce(ledger)
        with pytest.raises(InputError, match="the schema has no rules"):
            deduce(ledger, Schema.parse("(Person)-[MET]->(Person)"))
        with pytest.raises(SchemaError, match=r"A -> not A"):
            deduce(ledger, "(x)-[A]->(y) :- (x)-[B]->(y), not (x)-[A]->(y)")
        with pytest.raises(SchemaError, match=r"^line 2: "):
            deduce(ledger, "MET is symmetric\nMET is rough")
        ledger.add_facts([_imported("Ada", "MET", "Bob")])
    with Ledger.open(tmp_path / "ledger.db", read_only=True) as ledger:
        assert len(deduce(ledger, "MET is symmetric")) == 1
        with pytest.raises(ReadOnlyError):
            deduce(ledger, "MET is symmetric", keep=True)


def test_a_conclusion_goes_with_its_last_premise_and_takes_its_own_along() -> None:
    with Ledger.open(":memory:") as ledger:
        run = ledger.add_run("test", "1", {}, 0)
        ledger.add_document(*read("a.txt", ("Ada", "met", "Bob")), run)
        ledger.add_document(*read("b.txt", ("Ada", "met", "Bob"), ("Bob", "met", "Ada")), run)
        rules = "(x)-[KNOWS]->(y) :- (x)-[MET]->(y)\n(x)-[LIKES]->(y) :- (x)-[KNOWS]->(y)"
        ledger.add_facts(deduce(ledger, rules))
        bob = next(f for f in ledger.facts() if str(f) == "(Bob)-[KNOWS]->(Ada)")
        ledger.assert_fact(bob, who="Eve")
        ledger.remove_document(ledger.document_ids("b.txt")[0])
        # Eve says so too; what was concluded from it holds.
        assert _concluded(ledger) == [
            "(Ada)-[KNOWS]->(Bob)",
            "(Ada)-[LIKES]->(Bob)",
            "(Bob)-[LIKES]->(Ada)",
        ]
        now = ledger.fact(bob.id)
        assert now is not None
        assert now.evidence == (PersonEvidence("Eve", ""),)
        ledger.remove_document(ledger.document_ids("a.txt")[0])
        assert _concluded(ledger) == ["(Bob)-[LIKES]->(Ada)"]
        ledger.withdraw(ledger.decisions("assert")[0].id)
        assert ledger.counts()["facts"] == ledger.counts()["entities"] == 0
        assert list(ledger.problems()) == []


_CLAUSES = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(("met", "saw")), st.sampled_from(NAMES)),
    min_size=1,
    max_size=4,
)


@settings(max_examples=12, deadline=None)
@given(_CLAUSES, _CLAUSES)
def test_removing_a_document_leaves_what_the_rest_concludes(
    a: list[Clause], b: list[Clause]
) -> None:
    def build(ledger: Ledger, texts: dict[str, list[Clause]]) -> None:
        run = ledger.add_run("test", "1", {}, 0)
        for uri, clauses in texts.items():
            ledger.add_document(*read(uri, *clauses), run)

    with Ledger.open(":memory:") as both, Ledger.open(":memory:") as one:
        build(both, {"a.txt": a, "b.txt": b})
        deduce(both, RULES, keep=True)
        both.remove_document(both.document_ids("b.txt")[0])
        left = {fact.id for fact in both.facts()}
        for fact in both.facts():
            for piece in fact.evidence:
                assert not isinstance(piece, RuleEvidence) or left.issuperset(piece.premises)
        follow_rules(both)
        build(one, {"a.txt": a})
        deduce(one, RULES, keep=True)
        assert list(both.export()) == list(one.export())
        assert list(both.problems()) == []


def _ring(at: int) -> int:
    return (at + 1) % 40


def _tree(at: int) -> int:
    return at // 4


@pytest.mark.parametrize(
    ("following", "facts", "concluded"), [(_ring, 40, 40 * 39 - 40), (_tree, 1500, 5000)]
)
def test_chains_are_closed_in_reasonable_time(
    following: Callable[[int], int], facts: int, concluded: int
) -> None:
    with Ledger.open(":memory:") as ledger:
        pairs = ((f"p{at}", f"p{following(at)}") for at in range(facts))
        ledger.add_facts([_imported(a, "PART_OF", b) for a, b in pairs if a != b])
        begin = time.process_time()
        found = deduce(ledger, "PART_OF is transitive")
        assert time.process_time() - begin < 15
        assert len(found) > concluded if following is _tree else len(found) == concluded


def test_a_graph_shows_what_its_rules_conclude_after_every_change() -> None:
    with kgkit.open(":memory:") as kg:
        kg.add([_imported("Ada", "PART", "Bob", "a"), _imported("Bob", "PART", "Cid")])
        kg.deduce("PART is transitive", keep=True)
        kg.add([_imported("Cid", "PART", "Dee")])
        count = "MATCH (:Entity {name: 'Ada'})-[:PART]->(x) RETURN count(x) AS n"
        assert kg.query(count)[0]["n"] == kg.stats()["facts"] - 3 == 3
        assert len(list(kg.facts())) == 6
        assert kg.vocabulary.relations == ("PART",)
        kg.remove_import("a")
        assert kg.query(count)[0]["n"] == 0
        assert kg.stats()["facts"] == 3
