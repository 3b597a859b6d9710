"""Relatives as biographies name them: "the son of A and B", "her husband, C", "married D"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reasoning.answers.words import fold, words

__all__ = ["relatives_in"]

_JOINT = r"(?:of|the|de|la|le|du|di|da|von|van|der|den|ibn|bin|y)"
#: A capitalised word, with a full stop behind initials only: "J. Edgar", not "Milbanke. She".
_WORD = r"(?:[A-Z]\.|[^\W\d_a-z][\w’'-]*)"
_NAME = rf"{_WORD}(?:,? (?:{_JOINT} ){{0,2}}{_WORD}){{0,8}}"
#: Words between the relation and the name: "the Swedish artist", "King".
_PLAIN = r"(?:[a-z][\w-]*|[A-Z][a-z]+(?:ish|ese|ian|can|nch|man|tch)(?= [a-z])|\([^()]{0,40}\))"
_FILL = rf"(?:,? {_PLAIN}){{0,6}},?"
_CHILD = r"(?:son|daughter|child|children|twins|heir|heiress)"

_CHILD_OF = re.compile(
    rf"\b{_CHILD}\b[^.;:]{{0,40}}?\b(?:of|to){_FILL} (?P<a>{_NAME})"
    rf"(?:[^.;]{{0,60}}?\b(?:and|by|with){_FILL} (?P<b>{_NAME}))?"
)
_BY_WORD = {
    "father": r"\bfather",
    "mother": r"\bmother",
    "spouse": r"\b(?:husband|wife|spouse|consort|widow|widower|married|marrying|wed)\b(?: to| of)?",
    "child": r"\b(?:his|her|their) (?:\w+ )?(?:son|daughter|child|children)|\b(?:father|mother) of",
    "sibling": r"\b(?:brother|sister|siblings?|half-brother|half-sister)(?: of| to)?",
}
_PATTERNS = {
    kin: re.compile(rf"(?:{said})(?: was| is|,)?{_FILL} (?P<a>{_NAME})")
    for kin, said in _BY_WORD.items()
}
_KINDS = {
    "father": ("father",),
    "mother": ("mother",),
    "spouse": ("spouse", "husband", "wife", "married", "consort"),
    "child": ("child", "son", "daughter", "children"),
    "sibling": ("sibling", "brother", "sister"),
}


def relatives_in(text: str, relation: str) -> Iterator[tuple[int, int, float]]:
    """Yield the [start, end) of who a text names as the relative of its subject, with a trust in
    [0, 1]; none for relations that are no kinship.

    >>> told = "Ada was the daughter of the poet George Byron and his wife Annabella Milbanke."
    >>> [told[start:end] for start, end, _ in relatives_in(told, "mother")]
    ['Annabella Milbanke']
    """
    asked = {fold(word.text) for word in words(relation)}
    kin = next((kind for kind, said in _KINDS.items() if asked & {*said}), "")
    if kin in ("father", "mother"):
        for found in _CHILD_OF.finditer(text):
            span = found.span("a" if kin == "father" else "b")
            if span[0] >= 0:
                yield (*_trimmed(text, *span), 0.6)
    if kin:
        for found in _PATTERNS[kin].finditer(text):
            yield (*_trimmed(text, *found.span("a")), 0.5)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without a possessive."""
    return start, start + len(re.sub(r"[’']s?$", "", text[start:end]))
