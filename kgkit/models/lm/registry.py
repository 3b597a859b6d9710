"""Which language model a spec means: through the entry points `kgkit.models`.

A package adds a provider by an entry point of that group that loads a function
(model, **options) -> `LanguageModel`; the entry point's name is what a spec begins with, so that
"openai:gpt-x" is opened by the provider "openai" with the model "gpt-x". Built-ins are listed in
the same way.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points
from typing import Any

from kgkit.errors import InputError
from kgkit.models.lm.base import LanguageModel
from kgkit.models.lm.cache import CallCache
from kgkit.models.lm.function import FunctionLM
from kgkit.models.lm.metered import MeteredLM
from kgkit.models.lm.pacing import Pace
from kgkit.models.lm.spending import Budget, Price

__all__ = ["GROUP", "lm", "open_model"]

#: The entry-point group of providers of language models.
GROUP = "kgkit.models"


def lm(
    spec: str | LanguageModel | Callable[[str], str],
    *,
    cache: CallCache | None = None,
    pace: Pace | None = None,
    price: Price | None = None,
    budget: Budget | None = None,
    retries: int | None = None,
    **options: Any,
) -> MeteredLM:
    """Return a language model: "openai:<model>", "hf:<id or folder>", a function, a `FakeLM`.

    "openai" is any endpoint that speaks that protocol; address and key are taken from
    OPENAI_BASE_URL and OPENAI_API_KEY. "hf" is a causal model of transformers, run here. Calls
    are cached, paced, repeated and counted (`MeteredLM`). Further options go to the provider
    (`kgkit.models.lm.chat.open_chat`, `kgkit.models.lm.causal.open_causal`). Raises `InputError`
    for a spec that names no installed provider, and `ModelError` where the model cannot be
    loaded.

    >>> lm(str.upper).complete([])
    []
    """
    if isinstance(spec, MeteredLM) and not options:
        if all(setting is None for setting in (cache, pace, price, budget, retries)):
            return spec  # so that a part may be given a model or a spec
        spec = spec.model
    return MeteredLM(
        open_model(spec, **options),
        cache=cache,
        pace=pace,
        price=price,
        budget=budget,
        retries=5 if retries is None else retries,
    )


def open_model(spec: str | LanguageModel | Callable[[str], str], **options: Any) -> LanguageModel:
    """Return the bare model of a spec; raises `InputError` for one that names no provider."""
    if isinstance(spec, str):
        return _provided(spec, options)
    if options:
        raise InputError(
            f"{', '.join(sorted(options))} cannot be set on a model that is there already; "
            "give a spec such as 'openai:<model>', or leave them out"
        )
    if isinstance(spec, LanguageModel):
        return spec
    if callable(spec):
        return FunctionLM(spec)
    raise InputError(
        f"{spec!r} is no language model; expected 'openai:<model>', 'hf:<id or folder>', a "
        "function from text to text, or an object with complete()"
    )


def _provided(spec: str, options: dict[str, Any]) -> LanguageModel:
    name, colon, model = spec.partition(":")
    known = {point.name: point for point in entry_points(group=GROUP)}
    if name not in known or not colon or not model.strip():
        raise InputError(
            f"{spec!r} names no language model; expected '<provider>:<model>' with one of the "
            f"providers {', '.join(sorted(known)) or '(none is installed)'}"
        )
    found: LanguageModel = known[name].load()(model.strip(), **options)
    return found
