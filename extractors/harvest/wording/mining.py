"""Prompts mined from texts: what stands around and between the entities of a seed.

The texts give patterns as in Snowball (Agichtein and Gravano 2000) and LPAQA (Jiang et al. 2020):
a sentence that holds all entities of a seed, with the entities taken out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from extractors.harvest.prompt import Prompt
from extractors.sentences import sentences
from kgkit.errors import InputError

__all__ = ["mined_prompts"]

_LONGEST = 12
_EDGE = re.compile(r"^[\s,;:)\]]+|[\s,;:(\[]+$")


def mined_prompts(seeds: Sequence[tuple[str, ...]], texts: Iterable[str]) -> list[Prompt]:
    """Return the patterns of sentences that hold every entity of a seed, the most frequent first.

    A pattern runs from the first entity to the last and has at most 12 words beside them; words
    with a capital or a digit, which belong to one fact only, are not allowed in it.

    >>> found = mined_prompts([("Rome", "Italy")], ["Rome is the capital of Italy and large."])
    >>> [prompt.text for prompt in found]
    ['{0} is the capital of {1}']
    """
    counts: Counter[str] = Counter()
    for text in texts:
        for sentence in _sentences(text, seeds):
            for seed in seeds:
                pattern = _pattern(sentence, seed)
                if pattern:
                    counts[pattern] += 1
    found = []
    for pattern, _ in sorted(counts.items(), key=lambda item: (-item[1], len(item[0]), item[0])):
        try:
            found.append(Prompt.parse(pattern))
        except InputError:
            continue
    return found


def _sentences(text: str, seeds: Sequence[tuple[str, ...]]) -> list[str]:
    """The sentences of a text, if it holds all entities of any seed."""
    if not any(all(entity in text for entity in seed) for seed in seeds):
        return []
    return [text[start:end] for start, end in sentences(text)]


def _pattern(sentence: str, seed: tuple[str, ...]) -> str:
    spans = []
    for slot, entity in enumerate(seed):
        found = [
            match.span() for match in re.finditer(rf"(?<!\w){re.escape(entity)}(?!\w)", sentence)
        ]
        if len(found) != 1:
            return ""
        spans.append((*found[0], slot))
    spans.sort()
    if any(left[1] > right[0] for left, right in pairwise(spans)):
        return ""
    pieces, between = [], []
    for i, (start, _, slot) in enumerate(spans):
        if i:
            between.append(sentence[spans[i - 1][1] : start])
            pieces.append(between[-1])
        pieces.append(f"{{{slot}}}")
    words = " ".join(between).split()
    if len(words) > _LONGEST or not any(re.search(r"[a-z]", word) for word in words):
        return ""
    if any(word[:1].isupper() or word[:1].isdigit() for word in words):
        return ""
    return _EDGE.sub("", "".join(pieces))
