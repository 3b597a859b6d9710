"""How near a sentence says a word to what it may lead to, and wordings that need no verb."""

from __future__ import annotations

import re

from kgkit.facts import Literal
from reasoning.answers.links import End, Link, Text
from reasoning.answers.literals import is_date
from reasoning.answers.words import LIGHT, Word, akin, fold, root

__all__ = ["closeness", "is_adjective", "is_hedged", "nearness", "order", "side_by_side", "wording"]

_MAKING = "perform performer sing singer artist author compose direct director create paint record"
_MAKERS = frozenset(root(word) for word in _MAKING.split())
#: What stands before a word that is denied: "did not discover", "never married".
_NEGATED = re.compile(r"(\b(not|never)|n[’']t)\s+(\w+\s+)?$", re.IGNORECASE)
_HEDGES = re.compile(
    r"\b(may|might|could)\s+have\b|\b(possibly|perhaps|probably|reportedly|allegedly|supposedly"
    r"|presumably)\b|\b(said|believed|thought|rumou?red|claimed|alleged)\s+to\b",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"(an|ese|ish|i|ch|ic)$")
_RELEASE = frozenset(root(word) for word in ("release", "publish", "publication"))
_WORK = (
    r"(film|movie|album|song|single|novel|book|play|drama|comedy|series|game|musical|opera"
    r"|documentary)"
)


def order(word: Word, link: Link, source: End, target: End) -> float:
    """Return how well source, word and target follow each other in the sentence: as a clause
    does, 1; turned round, 0.85; otherwise 0.6."""
    text = link.text
    if text is None or target.start < 0:
        return 1.0
    if source.start >= 0 and re.match(
        rf"\s+(is|was|became)\s+(his|her|their|its|the|an?)\s+([\w-]+\s+)?{re.escape(word.text)}",
        text.document.text[source.end : text.end],
    ):
        return 0.2
    at = next((w.start for w in text.words if akin(word.root, w.root)), source.start)
    if source.start <= at <= target.start:
        return 1.0
    return 0.85 if target.start <= at <= source.start or source.start < 0 else 0.6


def nearness(word: Word, link: Link, target: End) -> float:
    """Return how near the sentence says the word to the target, in [0, 1]; 0 where it does not."""
    text = link.text
    if text is None:
        return 0.0
    best = 0.0
    for said in text.words:
        if (
            akin(word.root, said.root)
            and not target.start <= said.start < target.end
            and not _NEGATED.search(text.quote[: said.start - text.start])
        ):
            best = max(best, closeness(said, target, link))
    return best


def closeness(said: Word, target: End, link: Link) -> float:
    """Return how near the word stands to the target; something of its sort between them halves it,
    nearly."""
    if target.start < 0 or link.text is None:
        return 0.7
    low, high = sorted((said.start, target.start))
    between = sum(1 for w in link.text.words if low < w.start < high)
    sort = type(target.value)
    rivals = any(
        low < end.start < high
        and isinstance(end.value, sort)
        and end.key != target.key
        and not side_by_side(link.text, end, target)
        for end in link.ends
    )
    return (0.6 if rivals else 1.0) / (1.0 + 0.07 * max(0, between - 2))


def is_adjective(link: Link, end: End) -> bool:
    """Return whether the sentence uses the name as an adjective: "a Palestinian father"."""
    if link.text is None or end.start < 0 or not _ADJECTIVE.search(end.name):
        return False
    after = re.match(r"[\s-]+([a-z]+)", link.text.document.text[end.end : link.text.end])
    return after is not None and after[1] not in LIGHT


def is_hedged(sentence: str) -> bool:
    """Return whether the sentence keeps its distance from what it says."""
    return bool(_HEDGES.search(sentence))


def side_by_side(text: Text, one: End, other: End) -> bool:
    """Return whether a sentence lists the two together: "Marie and Pierre Curie"."""
    first, second = sorted((one, other), key=lambda end: end.start)
    if first.start < text.start:
        return False
    between = text.document.text[first.end : second.start]
    return bool(re.fullmatch(r"\s*(,|and|,\s*and|&)\s*((her|his|the|their)\s+)?(\w+\s+)?", between))


def wording(word: Word, link: Link, target: End) -> float:
    """Return the fit of ways of writing that have no verb: lifespans, "a 1979 film", "an American
    actor"."""
    text = link.text
    if text is None or target.start < 0:
        return 0.0
    before = text.document.text[text.start : target.start]
    after = text.document.text[target.end : text.end]
    if isinstance(target.value, Literal):
        if not is_date(target.value):
            return 0.0
        opened = re.search(r"\([^()]*$", before)
        if word.root == "birth" and opened and re.match(r"[^()]{0,40}?[–—-]", after):
            return 0.8 if not re.search(r"[–—-]", opened[0]) else 0.0
        if word.root == "die" and opened and re.match(r"[^()]{0,40}\)", after):
            return 0.8 if re.search(r"[–—]|\s-|-\s", opened[0]) else 0.0
        if word.root in _RELEASE or fold(word.text) in (
            "came",
            "come",
            "out",
        ):
            return 0.8 if re.match(rf"\s+([\w-]+\s+){{0,6}}{_WORK}\b", after) else 0.0
        return 0.0
    if word.root in ("birth", "die"):
        opened = re.search(r"\([^()]*$", before)
        second = bool(opened and re.search(r"\d\s*[^()]*[–—]|\s-\s", opened[0]))
        dated = opened and re.search(r"\d{3,4}", opened[0] + re.split(r"\)", after)[0])
        return 0.7 if dated and second == (word.root == "die") else 0.0
    if word.root in _MAKERS:
        return 0.75 if re.search(rf"\b{_WORK}\s+by\s+([\w-]+\s+){{0,5}}$", before) else 0.0
    if word.root in ("nation", root("country")):
        is_a = re.search(r"\b(is|was|are|were)\s+(an?|the)\s+((?!of\b)[\w-]+\s+){0,2}$", before)
        return 0.75 if is_a and re.match(r"[\s-]+[a-z]", after) else 0.0
    return 0.0
