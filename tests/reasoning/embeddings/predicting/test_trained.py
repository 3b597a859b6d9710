"""What a trained model gives a user: predictions by name, honest about what it does not know."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from kgkit.errors import InputError, ModelError
from kgkit.evidence import PredictionEvidence
from kgkit.facts import Entity, Fact
from reasoning.embeddings.predicting import Names, TrainedModel
from tests.reasoning.embeddings.family import ENTITIES, family, table


@pytest.fixture
def model() -> TrainedModel:
    return family((3, 1, 5), (3, 0, 0))


def test_a_missing_end_is_predicted(model: TrainedModel) -> None:
    best = model.predict(head="Dan", relation="LIVES_IN", top=2)
    assert best[0].tail.name == "Rome"
    assert best[0].probability > best[1].probability
    (head,) = model.predict(relation="lives in", tail="ROME", top=1)
    assert (head.head.name, head.tail.name) == ("Dan", "Rome")
    assert model.probability("Dan", "LIVES_IN", ENTITIES[5]) == best[0].probability


def test_a_relation_is_predicted(model: TrainedModel) -> None:
    found = model.predict(head="Dan", tail="Ada")
    assert [each.relation for each in found] == ["KNOWS", "LIVES_IN"]


def test_what_is_known_is_left_out_unless_asked_for(model: TrainedModel) -> None:
    tails = [each.tail.name for each in model.predict(head="Ada", relation="LIVES_IN", top=10)]
    assert "Oslo" not in tails
    assert len(tails) == 5
    with_known = model.predict(head="Ada", relation="LIVES_IN", top=10, known=True)
    assert (with_known[0].tail.name, with_known[0].is_known) == ("Oslo", True)
    assert model.predict(head="Ada", relation="LIVES_IN", tail="Oslo")[0].is_known
    assert [e.relation for e in model.predict(head="Ada", tail="Oslo")] == ["KNOWS"]


def test_a_prediction_is_a_fact_with_its_run_as_evidence(model: TrainedModel) -> None:
    (best,) = model.predict(head="Dan", relation="LIVES_IN", top=1)
    fact = best.fact(model.card.run)
    assert fact.evidence == (PredictionEvidence("table-1", best.probability),)
    assert fact.confidence == min(best.probability, 0.9)


def test_facts_are_judged_and_strangers_are_not(model: TrainedModel) -> None:
    dan, rome = ENTITIES[3], ENTITIES[5]
    known, stranger, other = model.judge_facts(
        [
            Fact(dan, "LIVES_IN", rome),
            Fact(dan, "LIVES_IN", Entity.named("Atlantis")),
            Fact(dan, "HATES", rome),
        ]
    )
    assert known is not None
    assert known.tail == rome
    assert stranger is None
    assert other is None
    assert model.judge_facts([]) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"head": "Dan"}, "too little is given; give two of head=, relation= and tail="),
        ({}, "too little is given"),
        ({"head": "Dann", "relation": "KNOWS"}, "no entity 'Dann'; names spelt alike: Dan"),
        ({"head": "Zzyzx", "relation": "KNOWS"}, "no entity 'Zzyzx'; an entity that came after"),
        ({"head": "Dan", "relation": "EATS"}, "no relation 'EATS'; it has KNOWS, LIVES_IN"),
        ({"head": "Dan", "relation": "KNOWS", "top": 0}, "top=0 is below 1"),
    ],
)
def test_what_is_wrong_is_said(model: TrainedModel, given: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=r"^[^\n]+$") as error:
        model.predict(**given)  # type: ignore[arg-type]
    assert said in str(error.value)


def test_names_of_several_are_refused_and_listed() -> None:
    names = Names([Entity("a", "Alien", "Film"), Entity("b", "Alien", "Game")], ["R"])
    with pytest.raises(InputError, match=r"2 entities: a \(Alien, Film\), b \(Alien, Game\)"):
        names.entity("alien")
    assert names.entity("b") == 1


def test_a_name_goes_before_an_alias() -> None:
    names = Names([Entity("a", "Ada"), Entity("b", "Bea", aliases=("Ada", "B."))], ["R"])
    assert names.entity("Ada") == 0
    assert names.entity("B") == 1


def test_nearest_and_plane(model: TrainedModel) -> None:
    near = model.nearest("Ada", top=3)
    assert "Ada" not in [each.entity.name for each in near]
    assert [each.cosine for each in near] == sorted((e.cosine for e in near), reverse=True)
    assert len(model.nearest("Ada", top=100)) == 5
    assert model.plane().shape == (6, 2)
    assert model.vectors().shape == (6, 24)
    assert model.vectors().dtype == np.float32
    with pytest.raises(InputError, match="top=0"):
        model.nearest("Ada", top=0)


def test_a_score_that_is_no_number_is_an_error(model: TrainedModel) -> None:
    broken = table(torch.empty(0, 3, dtype=torch.int64))
    broken.scores[1, 3, 2] = torch.nan
    model.embedding = broken
    with pytest.raises(ModelError, match="not a number"):
        model.predict(head="Dan", relation="LIVES_IN")
