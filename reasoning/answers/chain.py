"""How a question nests its relations: "the place of birth of the director of X"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reasoning.answers.grammar import AUX, BE, DET, JOIN, WH, carries
from reasoning.answers.names import Name
from reasoning.answers.words import Word, fold, words

__all__ = ["anchor_of", "chain", "in_two_steps"]

#: Terms of kinship that name two steps.
_TWO_STEPS = {
    "grandfather": ("parent", "father"),
    "grandmother": ("parent", "mother"),
    "grandparent": ("parent", "parent"),
    "father-in-law": ("spouse", "father"),
    "mother-in-law": ("spouse", "mother"),
    "brother-in-law": ("spouse", "brother"),
    "sister-in-law": ("spouse", "sister"),
    "stepmother": ("father", "wife"),
    "stepfather": ("mother", "husband"),
    "uncle": ("parent", "brother"),
    "aunt": ("parent", "sister"),
    "niece": ("sibling", "daughter"),
    "nephew": ("sibling", "son"),
    "grandson": ("child", "son"),
    "granddaughter": ("child", "daughter"),
    "grandchild": ("child", "child"),
}
_SIDE = {"paternal": "father", "maternal": "mother"}


def anchor_of(text: str, names: Sequence[Name]) -> Name | None:
    """Return the name that a chain hangs on: the one inside "of ..." or "...'s", else the first."""
    if not names:
        return None
    for name in names:
        if re.match(r"[’']s?\b", text[name.end :], re.IGNORECASE) or re.search(
            r"\bof (the |a |an )?([a-z]+ ){0,2}$", text[: name.start]
        ):
            return name
    return names[0]


def chain(text: str, tokens: Sequence[Word], anchor: Name) -> list[tuple[Word, ...]]:
    """Return the groups of relation words that nest around the anchor, innermost first."""
    left = [w for w in tokens if w.end <= anchor.start]
    right = [w for w in tokens if w.start >= anchor.end]
    slots: list[tuple[Word, ...]] = []
    plain = [fold(w.text) for w in left]
    asks_what = bool(plain) and plain[0] in ("who", "what", "which") and set(plain[1:2]) <= BE
    if (right and fold(right[0].text) == "s") or re.match(r"[’'] ", text[anchor.end :]):
        phrases = _possessed(right, split_last=not asks_what and bool(set(plain) & AUX))
        slots += phrases
    relative = _relative(left, right, text)
    if relative and not slots:
        slots.append(relative)
        return slots
    i = len(left) - 1
    while i >= 0 and plain[i] not in JOIN | AUX | WH:
        i -= 1
    while i >= 0 and plain[i] in ("of", "by"):
        group: list[Word] = []
        i -= 1
        while i >= 0 and plain[i] not in AUX | WH | DET:
            group.insert(0, left[i])
            i -= 1
        kept = tuple(w for w in group if carries(w))
        if kept:
            slots.append(kept)
        closed = i >= 0 and plain[i] in DET
        i -= 1
        if not closed or not kept:
            break
    return slots


def _possessed(right: Sequence[Word], *, split_last: bool) -> list[tuple[Word, ...]]:
    """Return the noun phrases of "X's father's wife"; the last verb is no part of them."""
    groups: list[list[Word]] = [[]]
    for word in right:
        plain = fold(word.text)
        if plain == "s":
            groups.append([])
        elif plain in AUX | WH | JOIN - {"of"} or plain in ("or", "and"):
            break
        else:
            groups[-1].append(word)
    last = groups[-1]
    if split_last and len(last) > 1 and fold(last[-2].text) != "of":
        last.pop()
    found = (tuple(w for w in group if carries(w)) for group in groups)
    return [group for group in found if group]


def _relative(left: Sequence[Word], right: Sequence[Word], text: str) -> tuple[Word, ...]:
    """Return the words of a relative clause around the anchor: "the woman who discovered X"."""
    plain = [fold(w.text) for w in left]
    for i in range(len(left) - 1, 0, -1):
        if plain[i] not in ("who", "that", "which", "whom") or plain[i - 1] in JOIN | AUX:
            continue
        inside = tuple(w for w in left[i + 1 :] if carries(w))
        if inside:
            return inside
        after = []
        for word in right:
            if fold(word.text) in AUX:
                break
            after.append(word)
        return tuple(w for w in after[:1] if carries(w))
    return ()


def in_two_steps(slots: tuple[tuple[Word, ...], ...]) -> tuple[tuple[Word, ...], ...]:
    """Split kinship terms of two steps: "paternal grandfather" is the father's father.

    >>> [[w.text for w in s] for s in in_two_steps((tuple(words("paternal grandfather")),))]
    [['father'], ['father']]
    """
    found: list[tuple[Word, ...]] = []
    for slot in slots:
        plain = [fold(w.text) for w in slot]
        term = next((i for i, w in enumerate(plain) if w in _TWO_STEPS), None)
        if term is None:
            found.append(slot)
            continue
        first, second = _TWO_STEPS[plain[term]]
        side = next((_SIDE[w] for w in plain if w in _SIDE), first)
        at = slot[term]
        others = tuple(
            w for w, p in zip(slot, plain, strict=True) if p not in _SIDE and w is not at
        )
        found.append(tuple(replace(at, text=side, root=w.root) for w in words(side)))
        found.append((*(replace(at, text=second, root=w.root) for w in words(second)), *others))
    return tuple(found)
