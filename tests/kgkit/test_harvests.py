"""A harvest is a run that can be withdrawn: a graph with it and without it again is the graph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kgkit
from kgkit.evidence import ModelEvidence
from kgkit.facts import Entity, Fact
from kgkit.verbs.harvesting import harvests, remove_harvest
from stores.ledger import Ledger
from stores.ledger.harvests import HarvestRecord, read_harvests, withdraw_harvest
from tests.kgkit.worlds import ADA, BOB, Words


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with Ledger.open(":memory:") as ledger:
        yield ledger


def fact(head: str, relation: str, tail: str, source: str, score: float = 0.5) -> Fact:
    evidence = ModelEvidence(source, ("{0} x {1}.",), (-1.0,), score)
    return Fact(Entity.named(head), relation, Entity.named(tail), evidence=(evidence,))


names = st.sampled_from(["Ada", "Bob", "Cid", "Dee"])
sources = st.sampled_from(["mini#a", "mini#b", 'mini#a"', "mini", "mini2#a", "min%#a"])
facts = st.lists(st.builds(fact, names, st.sampled_from(["KNOWS", "MET"]), names, sources))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(facts, facts, sources)
def test_with_and_without_again_is_the_same(
    others: list[Fact], found: list[Fact], source: str
) -> None:
    kept = [f for f in others if _source(f) != source and not _is_of(f, source)]
    own = [f.with_evidence(ModelEvidence(source, ("p",), (-1.0,), 0.25)) for f in found]
    with Ledger.open(":memory:") as ledger:
        ledger.add_facts(kept)
        before = list(ledger.export())
        ledger.add_facts(own)
        assert withdraw_harvest(ledger, source) == bool(own)
        assert list(ledger.export()) == before
        assert list(ledger.problems()) == []


def _source(fact: Fact) -> str:
    (piece,) = fact.evidence
    assert isinstance(piece, ModelEvidence)
    return piece.model


def _is_of(fact: Fact, source: str) -> bool:
    return _source(fact).startswith(f"{source}#")


def test_harvests_of_one_model_go_one_by_one_or_together(ledger: Ledger) -> None:
    ledger.add_facts([fact("Ada", "KNOWS", "Bob", "mini#a"), fact("Ada", "KNOWS", "Bob", "mini#b")])
    ledger.add_facts([fact("Ada", "KNOWS", "Cid", "mini#b"), fact("Ada", "KNOWS", "Dee", "hf:x#a")])
    assert read_harvests(ledger) == [
        HarvestRecord("hf:x#a", 1),
        HarvestRecord("mini#a", 1),
        HarvestRecord("mini#b", 2),
    ]
    assert withdraw_harvest(ledger, "mini#a")
    assert ledger.counts()["facts"] == 3
    assert not withdraw_harvest(ledger, "mini#a")
    assert withdraw_harvest(ledger, "mini")
    assert [record.name for record in read_harvests(ledger)] == ["hf:x#a"]


def test_a_graph_with_texts_is_as_it_was(tmp_path: Path) -> None:
    with kgkit.open(tmp_path / "a.kg", extractor=Words()) as kg:
        kg.build(ADA, BOB)
        before = list(kg.export())
        stated = [f for f in kg.facts() if isinstance(f.tail, Entity)]
        evidence = ModelEvidence("mini#r", ("p",), (-0.5,), 0.75)
        kg.add([f.with_evidence(evidence) for f in stated])
        kg.add([fact("Eve", "KNOWS", "Zoe", "mini#r")])
        assert [record.name for record in harvests(kg)] == ["mini#r"]
        assert list(kg.export()) != before
        assert remove_harvest(kg, "mini#r")
        assert list(kg.export()) == before
        assert not remove_harvest(kg, "mini#r")
    assert b"Zoe" not in b"".join(
        path.read_bytes() for path in (tmp_path / "a.kg").rglob("*") if path.is_file()
    )
