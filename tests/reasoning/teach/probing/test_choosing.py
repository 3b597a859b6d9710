"""Choosing is exact: the same as scoring every candidate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.worlds.bios import BiosWorld
from kgkit.errors import InputError
from reasoning.teach.probing.answering import answer
from reasoning.teach.probing.choosing import choose
from reasoning.teach.probing.probe import Probe
from reasoning.teach.rows import log_probabilities
from reasoning.teach.training.tiny import tiny_model

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerFast


def by_hand(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerFast, probe: Probe
) -> list[float]:
    prompt = [tokenizer.bos_token_id, *tokenizer(probe.prompt)["input_ids"]]
    tails = [tokenizer(f" {c}{probe.ending}")["input_ids"] for c in probe.candidates]
    return [sum(row) for row in log_probabilities(model, [(prompt, tail) for tail in tails])]


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 1000), size=st.integers(1, 8), at=st.integers(0, 11))
def test_the_likeliest_candidate_is_chosen(
    world: BiosWorld, tokenizer: PreTrainedTokenizerFast, seed: int, size: int, at: int
) -> None:
    model = tiny_model(tokenizer, layers=1, width=16, heads=2, length=64, seed=seed)
    candidates = world.candidates()["WORKS_FOR"][:size]
    person = world.people[at].person.name
    probe = Probe(f"{person} works for", (candidates[0],), candidates)
    (chosen,) = choose(model, tokenizer, [probe])
    sums = by_hand(model, tokenizer, probe)
    assert chosen.log_probability == pytest.approx(max(sums), abs=1e-3)
    assert sums[candidates.index(chosen.text)] == pytest.approx(max(sums), abs=1e-3)


def test_other_probes_change_nothing(
    world: BiosWorld, tokenizer: PreTrainedTokenizerFast, model: PreTrainedModel
) -> None:
    values = world.candidates()["BORN_IN"]
    probes = [
        Probe(f"{one.person.name} was born in", (one.value("BORN_IN"),), values)
        for one in world.people
    ]
    assert choose(model, tokenizer, probes) == [
        choose(model, tokenizer, [probe])[0] for probe in probes
    ]
    assert choose(model, tokenizer, []) == []


def test_probes_that_cannot_be_chosen_for_are_refused(
    tokenizer: PreTrainedTokenizerFast, model: PreTrainedModel
) -> None:
    with pytest.raises(InputError, match="no candidates"):
        choose(model, tokenizer, [Probe("Ada was born in", ("Rome",))])
    with pytest.raises(InputError, match="no candidate"):
        Probe("Ada was born in", ("Rome",), ("Oslo",))
    with pytest.raises(InputError, match="no right answer"):
        Probe("Ada was born in", ())


def test_answers_end_where_the_probe_says(
    world: BiosWorld, tokenizer: PreTrainedTokenizerFast, model: PreTrainedModel
) -> None:
    probes = [
        Probe(f"{one.person.name} was born in", (one.value("BORN_IN"),)) for one in world.people
    ]
    answers = answer(model, tokenizer, probes, most=5)
    assert answers == answer(model, tokenizer, probes, most=5)
    assert [a.probe for a in answers] == probes
    assert not [a for a in answers if "." in a.text or "\n" in a.text]
    with pytest.raises(InputError):
        answer(model, tokenizer, probes, most=0)
