"""What may stand in one slot, in pieces."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from extractors.harvest.search.words import Words, folded, words_of
from kgkit.errors import InputError

if TYPE_CHECKING:
    from extractors.harvest.probe import Probe
    from extractors.harvest.probe.base import Pieces
    from extractors.harvest.probe.vocabulary import Vocabulary
    from extractors.harvest.prompt import WeightedPrompt
    from extractors.harvest.relation import Relation
    from extractors.harvest.search.space import Space

__all__ = ["Choices", "ListedChoices", "OpenChoices", "choices_for"]

_INNER = frozenset("-'’./")
#: Entity types whose names need no letter.
_NUMBERS = frozenset({"number", "integer", "decimal", "year", "date", "gYear"})


class Choices(Protocol):
    """The names that may stand in a slot; `lengths` are their numbers of pieces."""

    lengths: tuple[int, ...]

    def following(self, begun: Pieces, length: int) -> NDArray[np.int64]:
        """Return the pieces [n], ascending, that may follow in a name of so many pieces."""

    def name(self, pieces: Pieces) -> str | None:
        """Return the name of these pieces, or None when it may not stand here."""


class OpenChoices:
    """Every name that the rules allow, of 1 to `longest` pieces."""

    def __init__(
        self, vocabulary: Vocabulary, words: Words, allow: Callable[[str], bool], longest: int
    ) -> None:
        self.lengths = tuple(range(1, longest + 1))
        self._vocabulary = vocabulary
        self._allow = allow
        texts = vocabulary.texts
        whole = np.array([bool(text) and text.replace("_", "").isalnum() for text in texts])
        sign = np.array([text in _INNER for text in texts])
        stop = np.array([folded(text) in words.stop for text in texts])
        begins = vocabulary.begins
        self._first = np.flatnonzero(whole & begins & ~stop)
        self._later = np.flatnonzero(whole | sign)
        self._last = np.flatnonzero(whole)
        self._names: dict[Pieces, str | None] = {}

    def following(self, begun: Pieces, length: int) -> NDArray[np.int64]:
        """Return the pieces [n] that may follow; a stop word does not begin a name."""
        if not begun:
            return self._first
        return self._last if len(begun) + 1 == length else self._later

    def name(self, pieces: Pieces) -> str | None:
        """Return the name, or None for one that is written otherwise or not allowed."""
        if pieces not in self._names:
            text = self._vocabulary.decode(pieces)
            fits = self._allow(text) and self._vocabulary.spells(pieces)
            self._names[pieces] = text if fits else None
        return self._names[pieces]


class ListedChoices:
    """Names of a list, as a trie of pieces for each length; they are given as they are listed."""

    def __init__(
        self, vocabulary: Vocabulary, names: Sequence[str], allow: Callable[[str], bool]
    ) -> None:
        self._names: dict[Pieces, str] = {}
        for name in names:
            try:
                pieces = vocabulary.encode(name)
            except InputError:
                continue  # the model cannot write it, so it does not believe it either
            if allow(name):
                self._names.setdefault(pieces, name)
        self.lengths = tuple(sorted({len(pieces) for pieces in self._names}))
        branches: dict[tuple[int, Pieces], set[int]] = {}
        for pieces in self._names:
            for place, piece in enumerate(pieces):
                branches.setdefault((len(pieces), pieces[:place]), set()).add(piece)
        self._branches = {key: np.array(sorted(found)) for key, found in branches.items()}

    def following(self, begun: Pieces, length: int) -> NDArray[np.int64]:
        """Return the pieces [n] that go on with a listed name of this length."""
        return self._branches.get((length, begun), np.array([], dtype=np.int64))

    def name(self, pieces: Pieces) -> str | None:
        """Return the name as it is listed."""
        return self._names.get(pieces)


def choices_for(
    probe: Probe,
    prompts: Sequence[WeightedPrompt],
    relation: Relation,
    slot: int,
    space: Space,
) -> Choices:
    """Return what may stand in a slot of a relation.

    Raises `InputError` when nothing may: an empty vocabulary after all filters, and for a slot
    that asks for a part of speech while `space.predicates` has nothing that knows it.
    """
    described = relation.slot(slot)
    predicate = space.predicates.get(slot)
    if described.part_of_speech and predicate is None:
        raise InputError(
            f"slot {slot} of {relation.name!r} asks for the part of speech "
            f"{described.part_of_speech!r}; give Space(predicates={{{slot}: ...}}), a function "
            "that says whether a name has it"
        )
    pattern = re.compile(described.pattern) if described.pattern else None

    def fits(text: str) -> bool:
        if pattern is not None and not pattern.fullmatch(text):
            return False
        return predicate is None or predicate(text)

    choices: Choices
    if described.allowed:
        choices = ListedChoices(probe.vocabulary, described.allowed, fits)
    else:
        sentences = [words_of(item.prompt.text) for item in prompts]
        words = space.words
        if pattern is not None or described.type in _NUMBERS:
            words = replace(words, digits=True)

        def allow(text: str) -> bool:
            return words.allow(text) and words.allow_beside(text, sentences) and fits(text)

        choices = OpenChoices(probe.vocabulary, words, allow, space.max_pieces)
    if not any(choices.following((), length).size for length in choices.lengths):
        raise InputError(
            f"no name may stand in slot {slot} of {relation.name!r}: the vocabulary of "
            f"{probe.name!r} is empty after all filters; allow more names or other words"
        )
    return choices
