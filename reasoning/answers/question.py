"""What a question asks for, read off by light rules: kind of answer, names, relation words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reasoning.answers.chain import anchor_of, chain
from reasoning.answers.grammar import carries
from reasoning.answers.kinds import asked
from reasoning.answers.names import Name
from reasoning.answers.words import Word, fold, words

__all__ = ["Question", "analyse"]


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart.

    `kind` is person, place, date, number, organization, thing or yesno; `hint` the noun asked for
    ("film") or ""; `slots` are groups of relation words, one a step, the one nearest the anchor
    first; `names` are the linked names and `anchors` those that a walk starts from; `strangers`
    are the names that nothing in the graph bears; `successor` says "succeeded" or "preceded" where
    the question asks for who came "after X" or "before X"; `context` are words that only go with
    the anchor, "a memorandum on the atomic bomb".
    """

    text: str
    kind: str
    hint: str
    plural: bool
    counting: bool
    slots: tuple[tuple[Word, ...], ...]
    names: tuple[Name, ...]
    strangers: tuple[Name, ...] = ()
    choice: tuple[Name, ...] = ()
    subject_first: bool = False
    successor: tuple[Word, ...] = ()
    context: frozenset[Word] = frozenset()

    @property
    def content(self) -> tuple[Word, ...]:
        """All relation words, in the order of the slots."""
        return tuple(word for slot in self.slots for word in slot)

    def about(self, name: Name) -> Question:
        """Return the question with one of its names alone."""
        return replace(self, names=(name,), choice=())


def analyse(text: str, names: Sequence[Name], strangers: Sequence[Name] = ()) -> Question:
    """Take a question apart; `names` are those found in it, in order.

    >>> q = analyse("Where was the discoverer of polonium born?", [Name(28, 36, "polonium", ())])
    >>> q.kind, [[w.text for w in slot] for slot in q.slots]
    ('place', [['discoverer'], ['born']])
    """
    taken = [(n.start, n.end) for n in (*names, *strangers)]
    tokens = [w for w in words(text) if not any(a <= w.start < b for a, b in taken)]
    opening = next(iter(words(text)), None)
    kind, hint = asked(tokens, opens=bool(tokens) and tokens[0] == opening)
    anchor = anchor_of(text, names)
    types = _types(text, tokens, taken)
    rest = [w for w in tokens if w.start not in types]
    slots = chain(text, rest, anchor) if anchor else []
    used = {w.start for slot in slots for w in slot}
    outer = tuple(w for w in rest if w.start not in used and carries(w))
    if anchor and slots:
        late = tuple(w for w in outer if w.start > anchor.end and w.text.isdigit())
        slots[0] = slots[0] + late
        outer = tuple(w for w in outer if w not in late)
    if kind == "place" and not outer and not slots:
        outer = tuple(words("located"))  # "Where is X?"
    if outer or not slots:
        slots.append(outer)
    plain = fold(text)
    return Question(
        text=text,
        kind=kind,
        hint=hint,
        plural=_is_plural(plain, tokens),
        counting=bool(re.match(r"\W*how (many|much)\b", plain)),
        slots=tuple(slots),
        names=tuple(names),
        strangers=tuple(strangers),
        choice=_choice(text, names),
        subject_first=_subject_first(tokens, anchor),
        successor=_successor(text, names),
        context=_context(text, outer, anchor),
    )


def _types(text: str, tokens: Sequence[Word], taken: Sequence[tuple[int, int]]) -> set[int]:
    """Return the starts of words that only say of what type a name is: "of the film Alien"."""
    found = set()
    for word in tokens:
        before = fold(text[: word.start])
        if any(re.fullmatch(r"\s+", text[word.end : start]) for start, _ in taken) and re.search(
            r"\b(of|by|in|on|for|and|or|both|the)(\s+the)?\s+$", before
        ):
            found.add(word.start)
    return found


def _choice(text: str, names: Sequence[Name]) -> tuple[Name, ...]:
    """Return the two names that "A or B" and "both A and B" set side by side."""
    for left, right in pairwise(names):
        between = fold(text[left.end : right.start])
        if re.fullmatch(r"[\s,?]*(or|and)\s+(the\s+)?([a-z]+\s+){0,2}", between):
            return (left, right)
    return ()


def _successor(text: str, names: Sequence[Name]) -> tuple[Word, ...]:
    """Return the verb that "after X" and "before X" stand for where X is a person."""
    for name in names:
        found = re.search(r"\b(after|before)\s+$", fold(text[: name.start]))
        if found and any(entity.type == "Person" for entity in name.entities):
            verb = "succeeded" if found[1] == "after" else "preceded"
            return tuple(Word(found.start(), found.end(), w.text, w.root) for w in words(verb))
    return ()


def _context(text: str, outer: Sequence[Word], anchor: Name | None) -> frozenset[Word]:
    """Return the words that a preposition ties to the anchor before them."""
    if anchor is None:
        return frozenset()
    tied = re.match(r"\s+(on|about|for|with|of|against|in|at)\b", text[anchor.end :])
    return frozenset(w for w in outer if tied and w.start >= anchor.end)


def _subject_first(tokens: Sequence[Word], anchor: Name | None) -> bool:
    """Return whether the anchor does what the verb after it says: "did X discover"."""
    if anchor is None:
        return False
    left = [fold(w.text) for w in tokens if w.end <= anchor.start]
    right = [fold(w.text) for w in tokens if w.start >= anchor.end]
    return bool(right) and bool(left) and left[-1] in ("did", "does", "do", "has", "have", "had")


def _is_plural(plain: str, tokens: Sequence[Word]) -> bool:
    return bool(
        re.match(r"\W*(who|what|which \w+s|which) (were|are)\b", plain)
        or re.match(r"\W*(list|name) (all|the)\b", plain)
        or re.match(r"\W*(which|what) \w+(?<!s)s (did|do|does|has|have|were|are)\b", plain)
    )
