"""What a reply must be before it is a text of the corpus."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from extractors.entigraph.inventory import Entry
from kgkit.models.lm.base import Completion

__all__ = ["fault"]

_SHORTEST = 80
_REFUSAL = re.compile(
    r"^\W*(?:i(?:'m| am)? (?:sorry|unable|cannot|can't|afraid)|sorry,|as an ai\b|i apologi[sz]e)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
#: A reply in the language of its source has at least this share of its common short words.
_ALIKE = 0.25
_COMMON = 25


def fault(reply: Completion, source: str, entries: tuple[Entry, ...]) -> str:
    """Return in a few words why a reply cannot be used, or "" where it can.

    In this order: the provider refused; it was cut off; it refuses in words; it is too short;
    it is in another language than its source; it does not name an entity that it is about.

    >>> fault(Completion("I'm sorry, I cannot do that."), "Ada wrote notes.", ())
    'refuses'
    """
    text = reply.text.strip()
    if reply.finish == "refused":
        return "refused by the provider"
    if reply.finish == "length":
        return "cut off"
    if _REFUSAL.match(text):
        return "refuses"
    if len(text) < _SHORTEST:
        return "too short"
    if not _same_language(source, text):
        return "other language"
    if any(not _is_named(entry, text) for entry in entries):
        return "entity not named"
    return ""


def _is_named(entry: Entry, text: str) -> bool:
    names = (entry.entity.name, *entry.entity.aliases, *entry.aliases)
    lowered = text.casefold()
    return any(name.casefold() in lowered for name in names if name)


def _same_language(source: str, text: str) -> bool:
    common, usual = _common_words(source)
    words = _WORD.findall(text.casefold())
    if not usual or not words:
        return bool(words)
    share = sum(word in common for word in words) / len(words)
    return share >= _ALIKE * usual


@lru_cache(maxsize=64)
def _common_words(source: str) -> tuple[frozenset[str], float]:
    """Return the most common short words of a text, and their share of all its words."""
    words = _WORD.findall(source.casefold())
    short = Counter(word for word in words if len(word) <= 4)
    common = frozenset(word for word, _ in short.most_common(_COMMON))
    share = sum(word in common for word in words) / len(words) if words else 0.0
    return common, share
