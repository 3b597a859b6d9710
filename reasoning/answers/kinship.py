"""Father, son, sister: relations whose direction matters."""

from __future__ import annotations

import re

from kgkit.facts import Entity
from reasoning.answers.links import End, Link, Text
from reasoning.answers.near import closeness
from reasoning.answers.roles import is_of_style
from reasoning.answers.words import Word, fold, root

__all__ = ["is_kin", "kinship"]

_PARENT = {root(w): w for w in ("father", "mother", "parent")}
_CHILD = {root(w): w for w in ("son", "daughter", "child")}
_SIBLING = frozenset(root(w) for w in ("brother", "sister", "sibling"))


def is_kin(word: Word) -> bool:
    """Return whether the word names a relative: each is a step of its own."""
    return word.root in _PARENT or word.root in _CHILD or word.root in _SIBLING


def kinship(word: Word, link: Link, source: End, target: End) -> float | None:
    """Return the fit for words of kinship, whose direction matters; None for other words."""
    if word.root in _PARENT:
        same, other = _PARENT, _CHILD
    elif word.root in _CHILD:
        same, other = _CHILD, _PARENT
    else:
        return None
    if link.fact is None:
        return _kin_sentence(word, same, other, link, source, target)
    stems = [root(p) for p in fold(link.phrase).split()]
    of_style = is_of_style(fold(link.phrase).split() or [""])
    for stem in stems:
        if stem in same:
            role = "head" if of_style else "tail"
            alike = (
                stem == word.root
                or "parent" in (same[stem], same.get(word.root))
                or "child" in (same[stem], same.get(word.root))
            )
            return (1.0 if alike else 0.15) if target.role == role else 0.0
        if stem in other or (stem == "birth" and "to" in fold(link.phrase).split()):
            role = "tail" if of_style or stem == "birth" else "head"
            return 0.75 if target.role == role else 0.0
    return 0.0


def _kin_sentence(
    word: Word, same: dict[str, str], other: dict[str, str], link: Link, source: End, target: End
) -> float:
    """Return the fit of a sentence: "the son of A and B", "his father, A", "A's father"."""
    text = link.text
    if text is None:
        return 0.0
    best = 0.0
    for said in text.words:
        if said.root in other and _owns(target, said, source, text):
            best = max(best, 0.7)
        if target.start < 0:
            continue
        if said.root in same and (said.root == word.root or word.text in ("parent", "child")):
            after = text.document.text[said.end : said.end + 4].strip().startswith("of")
            if after and said.end <= target.start:
                continue
            best = max(best, 0.7 * closeness(said, target, link))
        elif said.root in other and said.end <= target.start:
            between = text.document.text[said.end : target.start]
            if not re.match(r"\s*(\w+\s+){0,3}(of|to)\b", between):
                continue
            if _other_owner(said, link, source, target):
                continue
            second = bool(re.search(r"\b(and|by|with)\b", between))
            wants_second = word.text.startswith("mother")
            best = max(best, (0.7 if second == wants_second else 0.3))
    return best


def _owns(owner: End, said: Word, owned: End, text: Text) -> bool:
    """Return whether the sentence reads "<owner>'s son <owned>" or "his son <owned>"."""
    if not said.end <= owned.start <= said.end + 12:
        return False
    before = text.document.text[text.start : said.start]
    if re.search(r"\b(his|her|their)\s+([a-z]+\s+)?$", before, re.IGNORECASE):
        return owner.role == "subject" or owner.start >= 0
    return owner.end >= 0 and bool(
        re.fullmatch(r"[’']s?\s+([a-z]+\s+)?", text.document.text[owner.end : said.start])
    )


def _other_owner(said: Word, link: Link, source: End, target: End) -> bool:
    """Return whether someone else stands nearer before the word: "his father A was the son of"."""
    before = [e for e in link.ends if 0 <= e.start < said.start and e.key != target.key]
    before = [e for e in before if isinstance(e.value, Entity)]
    return bool(before) and max(before, key=lambda e: e.start).key != source.key
