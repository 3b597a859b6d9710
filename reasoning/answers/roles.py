"""Who does and whom it is done to: "who discovered X" asks for the discoverer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reasoning.answers.kinds import kind_of
from reasoning.answers.links import End, Link
from reasoning.answers.near import nearness
from reasoning.answers.question import Question
from reasoning.answers.words import VERBS_IN_ER, Word, akin, fold, listed, root

__all__ = ["is_agentive", "is_of_style", "turned"]

_AGENTIVE = re.compile(r"(er|or|ist|ian|our)s?$")
_NO_AGENTS = listed("other order number letter river after before later first")
_PREPOSITIONS = listed("of at for in to on with from")
_COPULAS = listed("is was be are were as became")


def turned(question: Question, word: Word, link: Link, target: End) -> float:
    """Return 1 where the target plays the part asked for ("who discovered X": the doer), 0.2
    where the source does, and 0.95 where the words do not tell."""
    doer = _asks_doer(question, word)
    if doer is None or target.role not in ("head", "tail"):
        return 0.95
    if (target.role == _doer_role(link.phrase, word)) != doer:
        return 0.2
    return 0.95 + 0.05 * nearness(word, link, target)


def _asks_doer(question: Question, word: Word) -> bool | None:
    """Return whether the word asks for who does it (or is it), for whom it is done, or neither."""
    plain = fold(word.text)
    if is_agentive(plain) or kind_of(plain) == "person":
        return True
    if not question.names:
        return None
    if question.subject_first:
        return False
    start = question.names[0].start
    before = fold(question.text[:start])
    if re.search(r"\bby\s+(the\s+)?([a-z]+\s+){0,2}$", before) and word.end <= start:
        return False
    if word.end <= start and question.kind in ("person", "organization"):
        return True
    return None


def is_agentive(plain: str) -> bool:
    """Return whether a folded word names a doer: "director", not "discover".

    >>> is_agentive("director"), is_agentive("discover")
    (True, False)
    """
    return bool(_AGENTIVE.search(plain)) and plain not in _NO_AGENTS | VERBS_IN_ER


def _doer_role(phrase: str, word: Word) -> str:
    """Return the role of the one who does what the relation says: "head" or "tail".

    "direct" and "director of" have it first, "directed by" and the bare noun "director" last.
    """
    plain = fold(phrase).split()
    if "by" in plain:
        return "tail"
    noun = next((p for p in plain if akin(root(p), word.root)), "")
    if is_agentive(noun) or kind_of(noun) == "person":
        return "head" if is_of_style(plain) else "tail"
    return "head"


def is_of_style(plain: Sequence[str]) -> bool:
    """Return whether the head is what the noun says: "father of", "engineer at", "is father"."""
    return plain[-1] in _PREPOSITIONS or plain[0] in _COPULAS
