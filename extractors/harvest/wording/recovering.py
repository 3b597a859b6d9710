"""Slots recovered from a paraphrase: where its entities are, up to light changes of form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.harvest.prompt import Prompt
from extractors.slots.english import base_form, past_form
from kgkit.errors import InputError

__all__ = ["recovered"]

_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)


def recovered(sentence: str, entities: Sequence[str]) -> Prompt | None:
    """Return the prompt that a sentence about these entities is, or None.

    Each entity must stand in it exactly once, in any case, with or without its article, in the
    singular or plural, or as another form of its verb ("run", "running").

    >>> recovered("People use scissors for cutting paper.", ("the scissors", "cut paper")).text
    'People use {0} for {1}.'
    """
    text = " ".join(sentence.split())
    if not text or "{" in text or "}" in text:
        return None
    places: list[tuple[int, int, int]] = []
    for slot in sorted(range(len(entities)), key=lambda i: -len(entities[i])):
        span = _found(text, entities[slot], places)
        if span is None:
            return None
        places.append((*span, slot))
    for start, end, slot in sorted(places, reverse=True):
        text = f"{text[:start]}{{{slot}}}{text[end:]}"
    try:
        return Prompt.parse(_tidied(text))
    except InputError:
        return None


def _found(text: str, entity: str, taken: Sequence[tuple[int, int, int]]) -> tuple[int, int] | None:
    for form in dict.fromkeys(_forms(entity)):
        spans = [
            match.span()
            for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text, re.IGNORECASE)
            if not any(match.start() < end and start < match.end() for start, end, _ in taken)
        ]
        if len(spans) == 1:
            return spans[0]
        if spans:
            return None
    return None


def _forms(entity: str) -> Iterator[str]:
    yield entity
    bare = _ARTICLE.sub("", entity)
    yield bare
    first, _, rest = bare.partition(" ")
    tail = f" {rest}" if rest else ""
    for form in _inflected(first):
        yield f"{form}{tail}"
    head, _, last = bare.rpartition(" ")
    lead = f"{head} " if head else ""
    yield f"{lead}{last}s"
    if last.endswith("s"):
        yield f"{lead}{last[:-1]}"


def _inflected(word: str) -> Iterator[str]:
    """Other forms of a word that may be a verb."""
    base = base_form(word)
    stems = {base, word, word.removesuffix("ing"), f"{word.removesuffix('ing')}e"}
    for stem in sorted(stems):
        yield stem
        short = stem[:-1] if stem.endswith("e") else stem
        yield f"{short}ing"
        yield f"{stem}{stem[-1:]}ing"
        yield f"{stem}s"
        yield past_form(stem)


def _tidied(text: str) -> str:
    text = text.strip().strip("\"'“”")
    if text and (text[-1].isalnum() or text[-1] == "}"):
        text += "."
    return text[:1].upper() + text[1:]
