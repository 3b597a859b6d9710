"""Prompts from a relation's label alone: "place of birth", "member of", "shares border with".

A label is read as one of four shapes: it ends with a preposition, it begins with a verb, it is a
noun with a participle behind it, or it is a noun phrase. Each shape has sentences of its own, and
words such as "birth" or "language" add those of a small lexicon (`lexicon.json`). Many are made;
those that suit the relation are found by their weights on the seeds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from extractors.harvest.wording.grammar import (
    PREPOSITIONS,
    article,
    participle,
    present,
    singular,
    verb_of,
)
from extractors.slots.english import base_form, is_participle, is_verb, past_form

__all__ = ["label_prompts"]

_LEXICON = Path(__file__).parent / "lexicon.json"
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_OR = re.compile(r"\s+(?:or|and)\s+|\s*/\s*|,\s*")


def label_prompts(label: str) -> list[str]:
    """Return prompts with slots {0} and {1} that a label may stand for, the plainest first.

    Names such as "BORN_IN" are read as words. Some are clumsy: weigh them on seeds.

    >>> label_prompts("member of")[0], label_prompts("place of birth")[0]
    ('{0} is a member of {1}.', 'The place of birth of {0} is {1}.')
    """
    found: list[str] = []
    for reading in _readings(label):
        words = reading.split()
        for shape in (_ending, _verbal, _noun_with_participle, _noun):
            made = list(shape(words))
            if made:
                found += made
                break
        found += _lexical(words)
    return list(dict.fromkeys(found))


def _plain(label: str) -> str:
    text = _BRACKETS.sub("", label.replace("_", " "))
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return " ".join(text.lower().split())


def _readings(label: str) -> list[str]:
    """The label, and its parts where it names alternatives: "discoverer or inventor"."""
    plain = _plain(label)
    if not plain:
        return []
    head, of, rest = plain.partition(" of ")
    if of and _OR.search(rest):
        # "original language of film or TV show": what follows only says of what.
        return [head]
    parts = [part.strip() for part in _OR.split(plain) if part.strip()]
    first = parts[0] if parts else plain
    if len(parts) < 2:
        return [plain]
    alone = [part for part in parts[1:] if len(part.split()) == 1 == len(first.split())]
    return [first, *alone]


def _ending(words: list[str]) -> Iterator[str]:
    """Labels that end with a preposition: only the tail is missing."""
    if len(words) < 2 or words[-1] not in PREPOSITIONS:
        return
    text, first = " ".join(words), words[0]
    if verb_of(first):
        yield f"{{0}} {text} {{1}}."
        if len(words) == 3:
            yield f"{{0}} {first} {article(words[1])} {' '.join(words[1:])} {{1}}."
            yield f"{{0}} and {{1}} {base_form(first)} {article(words[1])} {words[1]}."
        return
    if is_participle(first) or is_verb(first):
        yield f"{{0}} is {text} {{1}}."
        yield f"{{0}} was {text} {{1}}."
        yield f"{{0}}, {text} {{1}}"
        if words[-1] == "by":
            yield from _done(base_form(first))
        return
    yield f"{{0}} is {article(first)} {text} {{1}}."
    yield f"{{0}} is the {text} {{1}}."
    yield f"{{0}} is {text} {{1}}."
    yield f"{{0}}, {article(first)} {text} {{1}}"
    if words[-1] == "of":
        noun = " ".join(words[:-1])
        yield f"{{1}} has the {noun} {{0}}."
        yield f"The {noun} of {{1}} is {{0}}."
        yield f"{{1}}'s {noun} is {{0}}."


def _done(verb: str) -> Iterator[str]:
    """What the tail does to the head."""
    yield f"{{1}} {past_form(verb)} {{0}}."
    yield f"{{1}} {present(verb)} {{0}}."


def _verbal(words: list[str]) -> Iterator[str]:
    """Labels that begin with a verb: "has part", "applies to jurisdiction", "directed"."""
    first, rest = words[0], words[1:]
    verb = verb_of(first)
    if verb == "be":
        yield f"{{0}} is {' '.join(rest)} {{1}}."
        return
    if verb and not rest:
        yield f"{{0}} {first} {{1}}."
        yield f"{{0}} {past_form(verb)} {{1}}."
        return
    if verb:
        yield from _verb_with_noun(first, rest)
    elif not rest and (is_verb(first) or is_participle(first)):
        yield f"{{0}} {first} {{1}}."
        yield f"{{0}} {present(base_form(first))} {{1}}."
    elif len(rest) == 1 and first.endswith("ed") and is_participle(first):
        # "published book", but also "twinned body": to whom, or with whom.
        yield f"{{0}} {first} {{1}}."
        yield f"{{0}} is {first} with {{1}}."


def _verb_with_noun(verb: str, rest: list[str]) -> Iterator[str]:
    if rest[0] in PREPOSITIONS:
        noun = " ".join(rest[1:])
        yield f"{{0}} {verb} {rest[0]} {{1}}."
        yield f"{{0}} {verb} {rest[0]} the {noun} of {{1}}."
        yield f"{{0}} {verb} {rest[0]} the {noun} {{1}}."
        return
    noun = " ".join(rest)
    yield f"{{0}} {verb} {{1}}."
    yield f"{{0}} {verb} {{1}} as {article(noun)} {noun}."
    yield f"{{0}} {verb} the {noun} {{1}}."
    yield f"{{1}} is {article(noun)} {noun} of {{0}}."


def _noun_with_participle(words: list[str]) -> Iterator[str]:
    """Labels such as "position held" and "languages spoken": what the head did to the tail."""
    place = next((i for i, word in enumerate(words[1:], 1) if is_participle(word)), 0)
    if not place or participle(words[place]):
        return
    noun = " ".join([*words[: place - 1], singular(words[place - 1])])
    verb = base_form(words[place])
    behind = " ".join(words[place + 1 :])
    yield f"{{0}} {past_form(verb)} {{1}}."
    yield f"{{0}} {present(verb)} {{1}}."
    yield f"{{0}} {past_form(verb)} the {noun} of {{1}}."
    yield f"{{0}} {present(verb)} as {article('x')} {{1}}."
    yield f"The {noun} of {{0}} is {{1}}."
    yield f"{{0}} has the {noun} {{1}}."
    if behind.split()[:1] and behind.split()[0] in PREPOSITIONS:
        yield f"{{0}} {present(verb)} {{1}} {behind}."


def _noun(words: list[str]) -> Iterator[str]:
    """Noun phrases: what the tail is to the head."""
    noun = " ".join(words)
    yield f"The {noun} of {{0}} is {{1}}."
    yield f"{{0}}'s {noun} is {{1}}."
    yield f"{{1}} is the {noun} of {{0}}."
    yield f"{{0}} has the {noun} {{1}}."
    yield f"{{0}} has {{1}} as its {noun}."
    yield f"{{1}}, the {noun} of {{0}}"
    if words[0].endswith("ed") and len(words) > 1:
        yield f"{{0}} is {words[0]} with {{1}}."
        yield f"{{0}} and {{1}} are {words[0]}."
    if words[-1] in ("relation", "relations", "relationship"):
        yield f"{{0}} has {' '.join(words[:-1])} relations with {{1}}."
        yield f"{' '.join(words[:-1])} relations between {{0}} and {{1}}".capitalize()
    done = participle(words[0] if "of" in words else words[-1])
    if done:
        yield f"{{0}} was {done} by {{1}}."
        yield f"{{0}} is {done} by {{1}}."
        yield f"{{0}}, {done} by {{1}}"
        yield from _done(base_form(done))


@cache
def _lexicon() -> dict[str, list[str]]:
    entries: dict[str, list[str]] = json.loads(_LEXICON.read_text(encoding="utf-8"))
    return {word: made for words, made in entries.items() for word in words.split()}


def _lexical(words: list[str]) -> list[str]:
    """Sentences of the lexicon for every word of the label that it holds."""
    found: list[str] = []
    behind = words[words.index("of") + 1 :] if "of" in words else []
    # "place of birth" is about births, not about places.
    telling = [word for word in behind if word in _lexicon()]
    for word in telling or words:
        found += _lexicon().get(word, _lexicon().get(singular(word), []))
    return found
