"""Two harvests side by side, and what contradicts what."""

from __future__ import annotations

from extractors.harvest.modes.comparing import compare
from extractors.harvest.modes.conflicting import contradictions
from kgkit.evidence import ModelEvidence
from kgkit.facts import Entity, Fact, Polarity


def fact(head: str, tail: str, model: str = "a#1", relation: str = "LIVES_IN") -> Fact:
    evidence = ModelEvidence(model, ("p",), (-1.0,), 0.6)
    return Fact(Entity.named(head), relation, Entity.named(tail), evidence=(evidence,))


def test_what_both_believe_rests_on_both() -> None:
    found = compare(
        [fact("Ada", "Rome"), fact("Bob", "Oslo")],
        [fact("Ada", "Rome", "b#1"), fact("Bob", "Bern", "b#1"), fact("Cid", "Kyiv", "b#1")],
        functional={"LIVES_IN"},
    )
    assert [len(part) for part in (found.both, found.only_first, found.only_second)] == [1, 1, 2]
    assert found.agreement == 0.25
    assert {
        piece.model for piece in found.both[0].evidence if isinstance(piece, ModelEvidence)
    } == {
        "a#1",
        "b#1",
    }
    (conflict,) = found.conflicts
    assert (conflict.stated, conflict.believed) == (fact("Bob", "Oslo"), fact("Bob", "Bern", "b#1"))


def test_nothing_agrees_with_nothing() -> None:
    assert compare([], []).agreement == 1.0


def test_only_functional_and_asserted_facts_conflict() -> None:
    stated = [fact("Ada", "Rome"), fact("Ada", "Rome", relation="KNOWS")]
    believed = [fact("Ada", "Oslo"), fact("Ada", "Oslo", relation="KNOWS"), fact("Eve", "Oslo")]
    assert len(list(contradictions(stated, believed, functional={"LIVES_IN"}))) == 1
    assert not list(contradictions(stated, believed, functional=()))
    denied = Fact(Entity.named("Ada"), "LIVES_IN", Entity.named("Oslo"), polarity=Polarity.NEGATIVE)
    assert not list(contradictions(stated, [denied], functional={"LIVES_IN"}))


def test_one_of_several_stated_tails_conflicts_with_nothing() -> None:
    stated = [fact("Ada", "Rome"), fact("Ada", "Oslo")]
    assert not list(contradictions(stated, [fact("Ada", "Oslo")], functional={"LIVES_IN"}))
