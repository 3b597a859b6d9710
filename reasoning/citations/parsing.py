"""A quoted passage as the built-in parser reads it, and the names marked in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from extractors.mini.clauses.tree import Tree
from extractors.mini.syntax import Sentence, Span
from extractors.sentences import sentences
from reasoning.citations.naming import Spot

__all__ = ["parsed", "tokens_at", "trees_of", "with_names"]

#: Passages whose parse is kept: an answer and its rivals often rest on the same ones.
_KEPT = 512


@lru_cache(maxsize=_KEPT)
def parsed(passage: str) -> tuple[Sentence, ...]:
    """Return the sentences of a passage, characters counted from its start.

    A passage is parsed by itself, so that the verdict on it depends on nothing around it. Raises
    `ModelError` where the parser's weights are missing or damaged.
    """
    from extractors.mini.load import load_mini

    return tuple(load_mini().analyse(passage, sentences(passage)).sentences)


@lru_cache(maxsize=_KEPT)
def trees_of(passage: str) -> tuple[Tree, ...]:
    """Return the dependency trees of the sentences of a passage. Raises what `parsed` raises."""
    return tuple(Tree(sentence) for sentence in parsed(passage))


def tokens_at(sentence: Sentence, spot: Spot) -> list[int]:
    """Return the tokens of a sentence that a spot covers, at least in part."""
    return [i for i, t in enumerate(sentence.tokens) if t.start < spot.end and spot.start < t.end]


def with_names(sentence: Sentence, marked: Sequence[tuple[Spot, str]]) -> Sentence:
    """Return the sentence with a span of the given type for each spot in it, in place of those
    that it overlaps."""
    added = list(_spans(sentence, marked))
    covered = {i for span in added for i in range(span.first, span.last)}
    kept = [s for s in sentence.spans if covered.isdisjoint(range(s.first, s.last))]
    spans = tuple(sorted((*kept, *added), key=lambda span: span.first))
    return Sentence(sentence.start, sentence.end, sentence.tokens, spans)


def _spans(sentence: Sentence, marked: Sequence[tuple[Spot, str]]) -> Iterator[Span]:
    taken: set[int] = set()
    for spot, kind in sorted(marked, key=lambda pair: (pair[0].start - pair[0].end, pair[0].start)):
        tokens = tokens_at(sentence, spot)
        if tokens and taken.isdisjoint(tokens):
            taken.update(tokens)
            yield Span(tokens[0], tokens[-1] + 1, kind, 1.0)
