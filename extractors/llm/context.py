"""What a chunk's reader should know of the document before it: the names it has used so far."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kgkit.facts import Chunk

__all__ = ["earlier_names"]

_MOST = 20
_WORD = re.compile(r"[^\W_][\w'’-]*")


def earlier_names(chunks: Sequence[Chunk]) -> list[tuple[str, ...]]:
    """Return, for each chunk, the names that the chunks before it use most, at most 20.

    Names are runs of words with a capital letter; one at the start of a sentence counts where it
    has several words or stands elsewhere too. They come from the text and not from replies, so
    that all chunks can be asked at once, what that costs is known before, and a chunk that did
    not change is the same request again.

    >>> first = Chunk("d", 0, 0, 32, "Ada Lovelace knew Babbage. A man", ((0, 26), (27, 32)))
    >>> earlier_names([first, Chunk("d", 1, 33, 36, "Ada", ((33, 36),))])
    [(), ('Ada Lovelace', 'Babbage')]
    """
    counts: Counter[str] = Counter()
    opening: Counter[str] = Counter()
    top: list[str] = []
    found: list[tuple[str, ...]] = []

    def rank(name: str) -> tuple[int, str]:
        return -counts[name] - opening[name], name

    for chunk in chunks:
        found.append(tuple(top))
        told: set[str] = set(top)
        for start, end in chunk.sentences:
            sentence = chunk.text[start - chunk.start : end - chunk.start]
            for name, first in _runs(sentence):
                (opening if first and " " not in name else counts)[name] += 1
                told.add(name)
        # Counts only grow, so that a name that this chunk has not cannot come up.
        top = sorted((name for name in told if counts[name]), key=rank)[:_MOST]
    return found


def _runs(sentence: str) -> Iterator[tuple[str, bool]]:
    """Yield each run of capitalised words, and whether the sentence begins with it."""
    run: list[re.Match[str]] = []
    opens = True
    for word in _WORD.finditer(sentence):
        capital = word.group()[0].isupper()
        if run and (not capital or sentence[run[-1].end() : word.start()] != " "):
            yield _run(sentence, run), opens
            run, opens = [], False
        if capital:
            run.append(word)
        opens = opens and bool(run)
    if run:
        yield _run(sentence, run), opens


def _run(sentence: str, run: Sequence[re.Match[str]]) -> str:
    text = sentence[run[0].start() : run[-1].end()]
    return re.sub(r"['’]s$", "", text)
