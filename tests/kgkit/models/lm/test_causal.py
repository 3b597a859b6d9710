"""Causal models of transformers: the real path, on random weights."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from kgkit.errors import InputError, ModelError
from kgkit.models.lm.base import Message, Request
from kgkit.models.lm.causal import CausalLM, open_causal
from tests.kgkit.models.lm import tiny


class Film(BaseModel):
    """What the replies are to hold."""

    model_config = ConfigDict(extra="forbid", strict=True)
    name: str = Field(max_length=8)
    kind: Literal["Person", "Film"]
    years: list[Annotated[int, Field(le=99)]] = Field(max_length=3)


SCHEMA = Film.model_json_schema()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.save_causal(tmp_path_factory.mktemp("causal"))


@pytest.fixture(scope="module")
def model(folder: Path) -> CausalLM:
    return open_causal(str(folder))


def test_a_schema_is_kept_to_token_by_token(model: CausalLM) -> None:
    requests = [
        Request.of(f"Film {n}?", schema=SCHEMA, max_tokens=200, temperature=1.0, seed=n)
        for n in range(8)
    ]
    replies = model.complete(requests)
    assert [reply.finish for reply in replies] == ["stop"] * 8
    for reply in replies:
        Film.model_validate_json(reply.text)
    assert len({reply.text for reply in replies}) == 8


def test_the_same_request_gives_the_same_reply(model: CausalLM) -> None:
    request = Request.of("Say something.", max_tokens=20, temperature=0.8, seed=3)
    alone = model.complete([request])[0].text
    other = Request.of("Say something else, at length.", max_tokens=20, temperature=0.8, seed=4)
    assert [reply.text for reply in model.complete([other, request])][1] == alone
    assert model.complete([other])[0].text != alone


def test_prompts_read_together_keep_their_lengths(folder: Path) -> None:
    model = open_causal(str(folder), batch=3)
    requests = [
        Request.of(prompt, schema=SCHEMA, max_tokens=tokens, temperature=1.0, seed=tokens)
        for prompt, tokens in (("a", 200), ("a longer prompt", 5), ("b", 200))
    ]
    replies = model.complete(requests)
    assert [reply.finish for reply in replies] == ["stop", "length", "stop"]
    assert replies[1].tokens_out == 5
    for reply in (replies[0], replies[2]):
        Film.model_validate_json(reply.text)


def test_tokens_are_counted_as_the_model_reads_them(model: CausalLM) -> None:
    request = Request((Message("system", "ä"), Message("user", "ok")), max_tokens=4)
    text = "system: ä\nuser: ok\nassistant: "
    assert model.count_tokens(request) == len(text.encode())
    reply = model.complete([request])[0]
    assert (reply.tokens_in, reply.tokens_out) == (len(text.encode()), 4)


def test_a_reply_ends_at_a_stop_text(model: CausalLM) -> None:
    free = Request.of("go on", max_tokens=30, temperature=1.0)
    text = model.complete([free])[0].text
    stop = text[5]
    cut = Request(free.messages, max_tokens=30, temperature=1.0, stop=(stop,))
    assert model.complete([cut])[0].text == text[: text.index(stop)]


def test_a_prompt_above_the_context_is_refused(model: CausalLM) -> None:
    long, short = Request.of("x" * 5000, max_tokens=5), Request.of("x", max_tokens=5)
    refused, fine = model.complete([long, short])
    assert refused.finish == "refused"
    assert "4,096" in refused.note
    assert fine.finish == "length"


def test_a_schema_that_cannot_be_followed(model: CausalLM) -> None:
    with pytest.raises(InputError, match="schema cannot be followed"):
        model.complete([Request.of("x", schema={"type": "no such type"})])


def test_models_of_other_kinds_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a seq2seq model"):
        open_causal(str(tiny.save_seq2seq(tmp_path / "seq2seq")))
    (tmp_path / "config.json").write_text(
        json.dumps({"model_type": "roberta", "architectures": ["RobertaForMaskedLM"]})
    )
    with pytest.raises(InputError, match="is a masked model"):
        open_causal(str(tmp_path))


def test_a_model_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        open_causal(str(tmp_path))


@pytest.mark.parametrize("wrong", [{"batch": 0}, {"dtype": "float33"}])
def test_bad_options(wrong: dict[str, object]) -> None:
    with pytest.raises(InputError, match="cannot be set"):
        open_causal("x", **wrong)  # type: ignore[arg-type]
