"""Factors are what the models themselves say, computed by hand on whole sentences."""

from __future__ import annotations

import pytest
import torch

from extractors.harvest.probe.base import Probe
from extractors.harvest.prompt import Prompt
from tests.extractors.harvest import tiny

PROMPT = Prompt.parse("{0} is the capital of {1}.")
INVERSE = Prompt.parse("{1} has the capital {0}.")


def factors(
    probe: Probe, prompt: Prompt, *entities: str, fixed: tuple[int, ...] = ()
) -> list[tuple[int, bool, float]]:
    filled = tuple(probe.vocabulary.encode(entity) for entity in entities)
    frame = probe.frame(prompt, {slot: filled[slot] for slot in fixed})
    found = frame.factors(filled)
    values = probe.chosen(found)
    return [(f.slot, f.text, round(float(v), 3)) for f, v in zip(found, values, strict=True)]


def log_probability(logits: torch.Tensor, place: int, target: int) -> float:
    return round(float(logits.log_softmax(-1)[0, place, target]), 3)


def test_masked_slots_are_filled_one_after_the_other() -> None:
    model, tokenizer = tiny.bert(), tiny.word_piece()

    def direct(text: str, place: int, target: str) -> float:
        ids = tokenizer.encode(text).ids
        with torch.inference_mode():
            logits = model(torch.tensor([ids])).logits
        return log_probability(
            logits, place, tokenizer.encode(target, add_special_tokens=False).ids[0]
        )

    found = factors(tiny.masked_probe(), PROMPT, "Paris", "New York")
    expected = [
        (0, False, direct("[MASK] is the capital of [MASK] [MASK].", 1, "paris")),
        (1, False, direct("paris is the capital of [MASK] [MASK].", 6, "new")),
        (1, False, direct("paris is the capital of new [MASK].", 7, "york")),
    ]
    assert [each[:2] for each in found] == [each[:2] for each in expected]
    assert [each[2] for each in found] == pytest.approx([v for _, _, v in expected], abs=2e-3)
    inverse = factors(tiny.masked_probe(), INVERSE, "Paris", "Italy")
    assert inverse[0][2] == pytest.approx(
        direct("[MASK] has the capital [MASK].", 5, "paris"), abs=2e-3
    )
    assert inverse[1][2] == pytest.approx(
        direct("[MASK] has the capital paris.", 1, "italy"), abs=2e-3
    )


def test_a_fixed_slot_is_a_condition() -> None:
    pair = factors(tiny.masked_probe(), PROMPT, "paris", "italy")
    assert factors(tiny.masked_probe(), PROMPT, "paris", "italy", fixed=(0,)) == pair[1:]


def test_a_slot_is_a_new_word_in_byte_level_models() -> None:
    model, tokenizer = tiny.roberta(), tiny.byte_level(*tiny.ROBERTA_SPECIAL)
    probe = tiny.roberta_probe()
    found = factors(probe, Prompt.parse("{0} is in ({1})."), "Paris", "Italy")
    paris = tokenizer.encode(" Paris", add_special_tokens=False).ids
    assert probe.vocabulary.encode("Paris") == tuple(paris)
    assert len([f for f in found if f[0] == 0]) == len(paris)
    row = probe.frame(Prompt.parse("{0} is in ({1})."), {}).row(((), ()), (1, 1), 0)
    with torch.inference_mode():
        logits = model(torch.tensor([row.ids])).logits
    direct = logits.log_softmax(-1)[0, row.position]
    assert probe.log_probabilities([row])[0] == pytest.approx(direct.numpy(), abs=2e-3)
    assert tokenizer.decode(list(row.ids), skip_special_tokens=False).replace(" ", "") == (
        "<s><mask>isin(<mask>).</s>"
    )


@pytest.mark.parametrize("prompt", [PROMPT, INVERSE], ids=["head first", "tail first"])
def test_a_causal_model_scores_the_whole_sentence(prompt: Prompt) -> None:
    model, tokenizer = tiny.gpt2(), tiny.byte_level("<|endoftext|>")
    found = factors(tiny.causal_probe(), prompt, "Paris", "Italy")
    text = " " + prompt.fill(("Paris", "Italy"))
    ids = [0, *tokenizer.encode(text, add_special_tokens=False).ids]
    with torch.inference_mode():
        logs = model(torch.tensor([ids])).logits.log_softmax(-1)[0]
    whole = sum(float(logs[place - 1, ids[place]]) for place in range(1, len(ids)))
    assert sum(value for *_, value in found) == pytest.approx(whole, abs=2e-2)
    assert [slot for slot, _, _ in found] == sorted(
        (slot for slot, _, _ in found), key=prompt.order.index
    )


def test_a_causal_model_with_a_fixed_head_scores_what_follows_it() -> None:
    probe = tiny.causal_probe()
    pair = factors(probe, PROMPT, "Paris", "Italy")
    assert factors(probe, PROMPT, "Paris", "Italy", fixed=(0,)) == [f for f in pair if f[0] == 1]
    tail_given = factors(probe, PROMPT, "Paris", "Italy", fixed=(1,))
    assert [v for *_, v in tail_given] == [v for *_, v in pair]
    assert {slot for slot, _, _ in tail_given} == {0}


def test_a_model_with_sentinels_writes_spans() -> None:
    model, tokenizer = tiny.t5(), tiny.metaspace()
    probe = tiny.t5_probe()
    found = factors(probe, PROMPT, "Paris", "Italy")
    sentinel = [tokenizer.token_to_id(f"<extra_id_{i}>") for i in range(3)]
    read = tokenizer.encode("X is the capital of X.").ids  # X is unknown: one piece a slot
    context = list(probe.frame(PROMPT, {}).row(((), ()), (1, 1), 0).context)
    assert [n for n in context if n in sentinel] == sentinel[:2]
    assert context[-1] == read[-1]
    paris, italy = probe.vocabulary.encode("Paris"), probe.vocabulary.encode("Italy")
    ids = [0, sentinel[0], *paris, sentinel[1], *italy, sentinel[2]]
    with torch.inference_mode():
        logs = model(
            input_ids=torch.tensor([context]), decoder_input_ids=torch.tensor([ids])
        ).logits.log_softmax(-1)[0]
    direct = [float(logs[place - 1, ids[place]]) for place in range(2, len(ids))]
    assert [v for *_, v in found] == pytest.approx(direct, abs=2e-3)
    assert [f[1] for f in found].count(True) == 2


def test_a_model_with_masks_writes_the_sentence() -> None:
    model = tiny.bart()
    probe = tiny.bart_probe()
    found = factors(probe, PROMPT, "Paris", "Italy")
    factor = probe.frame(PROMPT, {}).factors(
        (probe.vocabulary.encode("Paris"), probe.vocabulary.encode("Italy"))
    )[0]
    with torch.inference_mode():
        logs = model(
            input_ids=torch.tensor([factor.row.context]),
            decoder_input_ids=torch.tensor([factor.row.ids]),
        ).logits.log_softmax(-1)[0]
    ids = factor.row.ids
    direct = [float(logs[place - 1, ids[place]]) for place in range(2, len(ids))]
    assert [v for *_, v in found] == pytest.approx(direct, abs=2e-3)
