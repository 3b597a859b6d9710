"""`kg.train`, `kg.model` and what becomes of predictions that were accepted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kgkit
from kgkit.verbs.completing import complete, suggest
from kgkit.verbs.training import model, train, withdraw_predictions
from tests.kgkit.verbs.towns import PEOPLE, TOWNS, facts

SMALL: dict[str, Any] = {"dim": 32, "epochs": 40, "every": 10}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph that lacks where three people live, with a trained model."""
    path = tmp_path_factory.mktemp("graphs") / "towns.kg"
    with kgkit.open(path, store="networkx") as kg:
        kg.add(facts(without=3))
        train(kg, **SMALL)
    return path


@pytest.fixture
def kg(graph: Path, tmp_path: Path) -> Iterator[kgkit.KnowledgeGraph]:
    """The graph to work on alone: its records and its model."""
    import shutil

    shutil.copytree(graph, tmp_path / "a.kg")
    with kgkit.open(tmp_path / "a.kg", store="networkx") as kg:
        yield kg


def test_a_trained_model_predicts_and_is_kept(kg: kgkit.KnowledgeGraph) -> None:
    kept = model(kg)
    (best, *_) = kept.predict(head="Person 1", relation="LIVES_IN", top=3)
    assert best.tail.name == "Town 1"
    assert kept.card.mrr is not None
    assert kept.card.sequence == kg.ledger.sequence()
    assert set(kept.relations) == {"LIVES_IN", "SEAT", "WORKS_FOR"}
    (folder,) = (kg.path / "models").iterdir()
    assert sorted(path.name for path in folder.iterdir()) == ["model.json", "model.safetensors"]
    assert "Person 1" not in (folder / "model.json").read_text()  # names live in the ledger


def test_suggestions_are_reviewed_accepted_and_withdrawn(kg: kgkit.KnowledgeGraph) -> None:
    before = list(kg.export())
    found = suggest(kg, "LIVES_IN", least=0.0)
    homes = {(PEOPLE[n].id, TOWNS[n].id) for n in range(3)}
    best = {fact.head.id: fact for fact in reversed(found)}
    assert {(f.head.id, f.tail.id) for f in best.values() if isinstance(f.tail, kgkit.Entity)} == (
        homes
    )
    assert list(kg.export()) == before  # nothing is added until it is accepted
    run = model(kg).card.run
    (piece,) = found[0].evidence
    assert isinstance(piece, kgkit.PredictionEvidence)
    assert piece.run == run
    kg.add(found[:1])
    assert kg.stats()["facts"] == len(facts(without=3)) + 1
    assert found[0].id not in {fact.id for fact in suggest(kg, "LIVES_IN", least=0.0)}
    assert withdraw_predictions(kg, "another") == 0
    assert withdraw_predictions(kg, run) == 1
    assert list(kg.export()) == before


def test_what_others_say_stays_when_a_run_goes(kg: kgkit.KnowledgeGraph) -> None:
    (fact, *_) = suggest(kg, "LIVES_IN", least=0.0)
    kg.add([fact.with_evidence(*fact.evidence, kgkit.PersonEvidence("Ben"))])
    assert withdraw_predictions(kg) == 1
    kept = kg.ledger.fact(fact.id)
    assert kept is not None
    assert kept.evidence == (kgkit.PersonEvidence("Ben"),)


def test_a_rejected_fact_is_not_put_forward_again(kg: kgkit.KnowledgeGraph) -> None:
    (best, *_) = complete(kg, "LIVES_IN", texts=False, least=0.0)
    kg.add([best.fact])
    kg.reject_fact(best.fact.id)
    ids = {item.fact.id for item in complete(kg, "LIVES_IN", texts=False, least=0.0)}
    assert ids
    assert best.fact.id not in ids
    assert best.fact.id not in {fact.id for fact in suggest(kg, "LIVES_IN", least=0.0)}


def test_voices_are_joined(kg: kgkit.KnowledgeGraph) -> None:
    said = kgkit.Fact(
        PEOPLE[1],
        "LIVES_IN",
        TOWNS[1],
        evidence=(kgkit.ModelEvidence("lm", ("lives in",), score=0.5),),
    )
    alone = {i.fact.id: i for i in complete(kg, "LIVES_IN", texts=False, least=0.0)}
    joined = {i.fact.id: i for i in complete(kg, "LIVES_IN", texts=False, found=[said], least=0.0)}
    assert set(alone[said.id].voices) == {"prediction"}
    assert set(joined[said.id].voices) == {"model", "prediction"}
    assert joined[said.id].probability > alone[said.id].probability
    assert list(complete(kg, "SEAT", texts=False, found=[said])) == []


def test_a_model_follows_the_graph(kg: kgkit.KnowledgeGraph) -> None:
    kg.add(facts())
    found = model(kg).predict(head="Person 1", relation="LIVES_IN", top=10)
    assert "Town 1" not in [each.tail.name for each in found]  # it is known now
    for fact in list(kg.facts()):
        if PEOPLE[5].id in (fact.head.id, getattr(fact.tail, "id", "")):
            kg.ledger.remove_facts([fact.id])
    with pytest.raises(kgkit.InputError, match="no entity 'Person 5'"):
        model(kg).predict(head="Person 5", relation="LIVES_IN")


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    held = []
    for name in ("a", "b"):
        with kgkit.open(tmp_path / name, store="networkx") as kg:
            kg.add(facts())
            made = train(kg, **{**SMALL, "epochs": 4})
            (folder,) = (kg.path / "models").iterdir()
            held.append([path.read_bytes() for path in sorted(folder.iterdir())])
            assert folder.name == f"{kg.ledger.sequence()}-{made.card.run}"
    assert held[0] == held[1]


class Stop(Exception):
    """Stands for Ctrl-C."""


def test_an_interrupted_training_goes_on(tmp_path: Path) -> None:
    def interrupt(epoch: object) -> None:
        seen.append(getattr(epoch, "number", 0))
        if len(seen) == 2:
            raise Stop

    with kgkit.open(tmp_path / "a", store="networkx") as kg:
        kg.add(facts())
        settings: dict[str, Any] = {**SMALL, "epochs": 4}
        seen: list[int] = []
        with pytest.raises(Stop):
            train(kg, progress=interrupt, **{**settings, "keep_seconds": 0.0})
        with pytest.raises(kgkit.InputError, match="no model of this graph was trained"):
            model(kg)
        again: list[int] = []
        train(kg, progress=lambda epoch: again.append(epoch.number), **settings)
        assert again == [3, 4]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"epoch": 5}, "no setting is named 'epoch'; there are"),
        ({"model": "nothing"}, "nothing"),
        ({"negatives": "nothing"}, "no negatives are named 'nothing'"),
        ({"epochs": 0}, "epochs=0"),
    ],
)
def test_what_is_wrong_is_said(kg: kgkit.KnowledgeGraph, given: dict[str, Any], said: str) -> None:
    with pytest.raises(kgkit.InputError, match=said):
        train(kg, **given)
    assert model(kg).card.model == "complex"  # the model of before is still there


def test_graphs_without_links() -> None:
    with kgkit.open(":memory:", store="networkx") as kg:
        with pytest.raises(kgkit.InputError, match="no links to learn from"):
            train(kg)
        ada = kgkit.Entity.named("Ada")
        born = kgkit.Fact(ada, "BORN", kgkit.Literal(1900, "integer"))
        kg.add([born.with_evidence(kgkit.PersonEvidence("Ben"))])
        with pytest.raises(kgkit.InputError, match="no links to learn from"):
            train(kg)
        loop = kgkit.Fact(ada, "KNOWS", ada).with_evidence(kgkit.PersonEvidence("Ben"))
        kg.add([loop])
        with pytest.raises(kgkit.InputError, match="1 entities"):
            train(kg)


def test_the_smallest_graph_can_be_trained() -> None:
    ada, ben = kgkit.Entity.named("Ada", "Person"), kgkit.Entity.named("Ben", "Person")
    with kgkit.open(":memory:", store="networkx") as kg:
        kg.add([kgkit.Fact(ada, "KNOWS", ben, evidence=(kgkit.PersonEvidence("Cleo"),))])
        made = train(kg, epochs=2, dim=8)
        assert made.card.mrr is None
        (back,) = made.predict(head="Ben", relation="KNOWS", top=1)
        assert 0.0 <= back.probability <= 1.0
        assert made.predict(head="Ada", relation="KNOWS", known=True)
        assert len(made.nearest("Ada")) == 1
        assert all(fact.head == ben for fact in suggest(kg, least=0.0))
        assert model(kg).card == made.card


def test_predictions_alone_are_not_learnt_from() -> None:
    with kgkit.open(":memory:", store="networkx") as kg:
        guess = kgkit.Fact(PEOPLE[0], "LIVES_IN", TOWNS[0])
        kg.add([guess.with_evidence(kgkit.PredictionEvidence("old", 0.9))])
        with pytest.raises(kgkit.InputError, match="no links to learn from"):
            train(kg)


def test_a_graph_for_reading_is_not_trained(graph: Path) -> None:
    with (
        kgkit.open(graph, read_only=True, store="networkx") as kg,
        pytest.raises(kgkit.ReadOnlyError, match="open it for writing to train"),
    ):
        train(kg)


def test_a_model_of_another_graph_is_refused(graph: Path) -> None:
    (folder,) = (graph / "models").iterdir()
    with kgkit.open(":memory:", store="networkx") as kg:
        kg.add([kgkit.Fact(TOWNS[0], "NEAR", TOWNS[1], evidence=(kgkit.PersonEvidence("A"),))])
        with pytest.raises(kgkit.ModelError, match="made of another graph: 2 of its 72 entities"):
            model(kg, folder)


def test_completing_needs_a_voice() -> None:
    with kgkit.open(":memory:", store="networkx") as kg:
        with pytest.raises(kgkit.InputError, match="nothing speaks"):
            complete(kg, model=False)
        with pytest.raises(kgkit.InputError, match="no links LIVES_IN"):
            complete(kg, "LIVES_IN", model=False)
