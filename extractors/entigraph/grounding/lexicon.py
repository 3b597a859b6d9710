"""Names and values of a graph found in a text, and the text with a gap for each of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass

from extractors.entigraph.view import FactIndex
from extractors.entigraph.wording.values import written
from kgkit.facts import Entity, Literal

__all__ = ["Lexicon", "Masked", "Slot", "key_of"]

_TOKEN = re.compile(r"\w+|[^\w\s]")


def key_of(value: Entity | Literal) -> str:
    """Return what tells a value from others: an entity's id, or a literal's canonical form."""
    return value.id if isinstance(value, Entity) else "\0".join(value.canonical())


@dataclass(frozen=True, slots=True)
class Slot:
    """A name or value in a text: its words, and the keys of all that are written so.

    `soft` names begin with a common word, which a sentence may also use as such.
    """

    text: str
    keys: frozenset[str]
    soft: bool


@dataclass(frozen=True, slots=True)
class Masked:
    """A text in which each slot is one null character; `starts` are the slots' places before."""

    text: str
    slots: tuple[Slot, ...]
    starts: tuple[int, ...] = ()


class Lexicon:
    """The ways in which entities and values of an index are written."""

    def __init__(self, index: FactIndex, *, aliases: bool = False) -> None:
        keys: dict[str, set[str]] = defaultdict(set)
        for entity in index.entities.values():
            ways = (*written(entity), *(entity.aliases if aliases else ()))
            for way in ways:
                keys[way].add(entity.id)
        for fact in index.facts:
            for value in (fact.tail, *(qualifier.value for qualifier in fact.qualifiers)):
                for way in written(value):
                    keys[way].add(key_of(value))
        self._slots: dict[str, Slot] = {}
        self._longest: dict[str, int] = {}
        for way, found in keys.items():
            self._add(way, found)

    def _add(self, way: str, keys: Iterable[str]) -> None:
        # The stop of "Acme Inc." may be that of the sentence as well.
        text = way.rstrip(".") or way
        soft = text[0].islower()
        for form in {text, text[0].upper() + text[1:]}:
            known = self._slots.get(form)
            every = frozenset(keys) | (known.keys if known else frozenset())
            slot = Slot(form, every, soft and (known is None or known.soft))
            self._slots[form] = slot
            tokens = _TOKEN.findall(form)
            if tokens:
                self._longest[tokens[0]] = max(self._longest.get(tokens[0], 0), len(tokens))

    def mask(self, text: str, without: Container[int] = ()) -> Masked:
        """Return a text with the longest names and values, from left to right, masked.

        Names that start at `without` are left as words.
        """
        spans = [match.span() for match in _TOKEN.finditer(text)]
        parts: list[str] = []
        slots: list[Slot] = []
        starts: list[int] = []
        last = i = 0
        while i < len(spans):
            start, end = spans[i]
            most = self._longest.get(text[start:end], 0)
            for length in range(min(most, len(spans) - i), 0, -1):
                slot = self._slots.get(text[start : spans[i + length - 1][1]])
                if slot is not None and start not in without:
                    parts += [text[last:start], "\0"]
                    slots.append(slot)
                    starts.append(start)
                    last = spans[i + length - 1][1]
                    last += _inner_stop(text, last)
                    i += length
                    break
            else:
                i += 1
            while i < len(spans) and spans[i][0] < last:
                i += 1
        return Masked("".join(parts) + text[last:], tuple(slots), tuple(starts))


def _inner_stop(text: str, at: int) -> int:
    """Return 1 where a stop belongs to the name before it: "Acme Inc. was", "Acme Inc., and"."""
    if text[at : at + 1] != ".":
        return 0
    after = text[at + 1 : at + 3]
    return int(after[:1] in (",", ";", ":", ")", "?") or (after[:1] == " " and after[1:].islower()))
