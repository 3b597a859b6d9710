"""Texts as conversations, for models that are tuned on such."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from extractors.entigraph.text import Text
from extractors.entigraph.wording.grammar import grammar

__all__ = ["messages"]


def messages(text: Text, names: Mapping[str, str]) -> list[dict[str, str]]:
    """Return a text as messages with "role" and "content".

    A chat or a list of questions keeps its turns; any other text answers a question on its first
    and last entity, whose `names` are given by id.

    >>> messages(Text.of("User: Who?\\nAssistant: Ada.", "chat"), {})[1]
    {'role': 'assistant', 'content': 'Ada.'}
    """
    for asks, answers in grammar().turns.values():
        if f"\n{asks}" in f"\n{text.text}" and f"\n{answers}" in text.text:
            return _turns(text.text, asks, answers)
    return [
        {"role": "user", "content": _question(text, names)},
        {"role": "assistant", "content": text.text},
    ]


def _turns(text: str, asks: str, answers: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for line in text.split("\n"):
        if line.startswith(asks):
            found.append({"role": "user", "content": line.removeprefix(asks)})
        elif line.startswith(answers) and found:
            found.append({"role": "assistant", "content": line.removeprefix(answers)})
        elif found and line:
            found[-1]["content"] += f"\n{line}"
    return found


def _question(text: Text, names: Mapping[str, str]) -> str:
    rng = Random(text.id)
    known = [names[id] for id in text.entities if id in names]
    if not known:
        return "Tell me what you know."
    if len(known) == 1:
        return rng.choice(grammar().tell).replace("{a}", known[0])
    return rng.choice(grammar().tell_both).replace("{a}", known[0]).replace("{b}", known[-1])
