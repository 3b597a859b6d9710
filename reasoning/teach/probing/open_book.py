"""Open book: whoever can look things up answers the same questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kgkit.errors import InputError
from reasoning.teach.probing.probe import Answer, Probe

__all__ = ["look_up"]


def look_up(ask: Callable[[str], object], probes: Iterable[Probe]) -> list[Answer]:
    """Return what `ask` says to the question of each probe: a text, or a value with `.text` such
    as the answer of `kg.ask`.

    An answer that has one of the right values as whole words, and no other candidate, counts as
    that value. Raises `InputError` for a probe without a question, or an answer that is no text.
    """
    answers = []
    for probe in probes:
        if not probe.question:
            raise InputError(f"the probe {probe.prompt!r} has no question; give one")
        found = ask(probe.question)
        text = getattr(found, "text", found)
        if not isinstance(text, str):
            raise InputError(f"ask= gave a {type(text).__name__}; expected a text or an answer")
        answers.append(Answer(probe, _value(text, probe)))
    return answers


def _value(text: str, probe: Probe) -> str:
    words = f" {_plain(text)} "
    named = [v for v in {*probe.answers, *probe.candidates} if f" {_plain(v)} " in words]
    whole = [v for v in named if not any(v != w and _plain(v) in _plain(w) for w in named)]
    return whole[0] if len(whole) == 1 else text


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
