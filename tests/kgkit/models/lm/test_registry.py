"""Specs of language models."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from kgkit.errors import InputError
from kgkit.models.lm import (
    Budget,
    CallError,
    FakeLM,
    LanguageModel,
    MeteredLM,
    Request,
    lm,
    registry,
)
from kgkit.models.lm.function import FunctionLM
from tests.kgkit.models.lm import tiny

PROVIDERS = {
    "openai": "kgkit.models.lm.chat:open_chat",
    "hf": "kgkit.models.lm.causal:open_causal",
}


@pytest.fixture
def _providers(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [EntryPoint(name, target, registry.GROUP) for name, target in PROVIDERS.items()]
    monkeypatch.setattr(registry, "entry_points", lambda *, group: points)


@pytest.mark.usefixtures("_providers")
def test_a_spec_names_provider_and_model(tmp_path: Path) -> None:
    folder = tiny.save_causal(tmp_path)
    model = lm(f"hf:{folder}", batch=2)
    assert (model.name, model.batch) == (f"hf:{folder}", 2)
    assert lm("openai:m:free", base_url="http://127.0.0.1:1/v1").name == "openai:m:free"


@pytest.mark.usefixtures("_providers")
@pytest.mark.parametrize("spec", ["gpt", "openai", "openai:", "nobody:gpt", ""])
def test_a_spec_that_names_none(spec: str) -> None:
    with pytest.raises(InputError, match="providers hf, openai"):
        lm(spec)


def test_functions_and_models_are_taken_as_they_are() -> None:
    assert lm(str.upper).complete([Request.of("ab")])[0].text == "AB"
    assert lm(str.upper).name == "function:str.upper"
    fake = FakeLM(["x"])
    assert lm(fake).model is fake
    metered = lm(fake)
    assert lm(metered) is metered
    assert lm(metered, retries=0).model is fake
    tighter = lm(metered, budget=Budget(calls=0))
    assert tighter.model is fake
    models: list[LanguageModel] = [fake, metered, FunctionLM(str.upper)]
    assert all(isinstance(model, LanguageModel) for model in models)
    assert isinstance(metered, MeteredLM)


def test_what_is_no_model() -> None:
    with pytest.raises(InputError, match="is no language model"):
        lm(7)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="device cannot be set"):
        lm(FakeLM(["x"]), device="cuda")


def test_a_function_must_return_text() -> None:
    with pytest.raises(CallError, match="returned a NoneType"):
        lm(lambda prompt: None).complete([Request.of("a")])  # type: ignore[arg-type, return-value]
