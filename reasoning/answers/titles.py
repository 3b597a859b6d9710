"""Titles of documents said in sentences: they tell what a name in full stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kgkit.facts import Entity, Mention
from reasoning.answers.links import End, Link, Text

__all__ = ["Titles", "bare", "renamed", "spotted"]

#: What each title, without bracket and article, is about.
Titles = dict[str, Entity]

_SHORTEST = 4


def bare(title: str) -> str:
    """Return a title without its bracket and article.

    >>> bare("The Alien (1979 film)")
    'Alien'
    """
    return re.sub(
        r"^(the|an?)\s+", "", title.split(" (", maxsplit=1)[0].strip(), flags=re.IGNORECASE
    )


def spotted(text: Text, titles: Titles) -> list[Mention]:
    """Return where the sentence says a title, whole words and longest first, in order.

    The case of a title of one word has to be the same: "Alien" is no "alien".
    """
    quote = text.quote
    lowered = quote.lower()
    found: list[Mention] = []
    for title in sorted(titles, key=lambda t: (-len(t), t)):
        if len(title) < _SHORTEST or title.islower() or title.lower() not in lowered:
            continue
        flags = re.IGNORECASE if " " in title else re.NOFLAG
        for m in re.finditer(rf"(?<!\w){re.escape(title)}(?!\w)", quote, flags):
            start, end = text.start + m.start(), text.start + m.end()
            if not any(start < other.end and other.start < end for other in found):
                entity = titles[title]
                found.append(Mention(text.document.id, text.chunk_id, start, end, m[0], entity))
    return sorted(found, key=lambda mention: mention.start)


def renamed(link: Link, titles: Sequence[Mention]) -> Link | None:
    """Return the link of a fact with each end that is part of a longer title replaced by what the
    title names ("Louis" in "Louis, Duke of Montpensier"); None where none is."""
    ends = []
    for end in link.ends:
        over = next((m for m in titles if _inside(end, m)), None)
        if over is None or end.start < 0 or not isinstance(end.value, Entity):
            ends.append(end)
        else:
            ends.append(replace(end, value=over.entity, start=over.start, end=over.end))
    changed = tuple(ends) != link.ends
    return replace(link, ends=tuple(ends)) if changed else None


def _inside(end: End, title: Mention) -> bool:
    """Return whether an end is a part of the title, not all of it."""
    part = title.start <= end.start and end.end <= title.end
    return part and end.end - end.start < title.end - title.start
