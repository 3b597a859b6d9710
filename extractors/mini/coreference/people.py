"""The people of a text: mentions by name that mean one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.mini.clauses.lexicon import HONORIFICS
from extractors.mini.syntax import Sentence, Span

__all__ = ["Person", "people_of"]

_GENITIVES = frozenset({"'s", "\u2019s", "'", "\u2019"})


@dataclass(frozen=True, slots=True)
class Person:
    """A person by the words of the longest name, and where (sentence, span) it is mentioned."""

    words: tuple[str, ...]
    mentions: tuple[tuple[int, Span], ...]


def people_of(sentences: Sequence[Sentence], spans: Sequence[tuple[int, Span]]) -> list[Person]:
    """Return the people that these spans mention, in order of their first mention.

    Two names of several words are one person's if one is the other with words left out or cut
    to initials; one word belongs to the nearest name before it that begins or ends with it, else
    to the first one after it.
    """
    names = [_words(sentences[i], span) for i, span in spans]
    groups: list[tuple[tuple[str, ...], list[int]]] = []
    for n in sorted(range(len(spans)), key=lambda n: (-len(names[n]), -len("".join(names[n])), n)):
        if len(names[n]) > 1:
            fits = [group for group in groups if _shortens(names[n], group[0])]
        else:
            fits = [group for group in groups if names[n] and _part(names[n][0], group[0])]
        if fits:
            min(fits, key=lambda group: _gap(n, group[1]))[1].append(n)
        else:
            groups.append((names[n], [n]))
    groups.sort(key=lambda group: min(group[1]))
    return [Person(words, tuple(spans[n] for n in sorted(found))) for words, found in groups]


def _gap(name: int, group: Sequence[int]) -> tuple[bool, int]:
    before = [name - n for n in group if n < name]
    return not before, min(before) if before else min(group) - name


def _words(sentence: Sentence, span: Span) -> tuple[str, ...]:
    tokens = sentence.tokens[span.first : span.last]
    found = [t.text.lower().rstrip(".") for t in tokens if t.text not in _GENITIVES]
    found = [word for word in found if any(map(str.isalnum, word))]
    while len(found) > 1 and found[0] in HONORIFICS:
        found.pop(0)
    return tuple(found)


def _part(word: str, name: tuple[str, ...]) -> bool:
    return word in (name[:1] + name[-1:]) if len(name) > 1 else (word,) == name


def _shortens(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    if short == long:
        return True
    if len(short) < 2 or short[-1] != long[-1]:
        return False
    rest = iter(long)
    return all(any(_same(word, other) for other in rest) for word in short)


def _same(word: str, other: str) -> bool:
    return word == other or (len(word) == 1 and other.startswith(word))
