"""Where a phrase stands in its sentence: its role, its clause and the subjects above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.mini.syntax import Sentence

__all__ = [
    "clauses_above",
    "governor",
    "head_of",
    "inside",
    "predicate_of",
    "role_of",
    "subject_of",
]

_CLAUSAL = frozenset({"root", "ccomp", "xcomp", "advcl", "acl", "parataxis", "csubj", "list"})
_LOOSE = frozenset({"conj", "appos", "flat", "compound", "list"})


def head_of(sentence: Sentence, first: int, last: int) -> int:
    """Return the token of [first, last) whose governor stands outside, the first of several."""
    for i in range(first, last):
        if not first <= sentence.tokens[i].head < last:
            return i
    return last - 1


def governor(sentence: Sentence, token: int) -> int:
    """Return the token whose place in the clause this one shares: through lists of names,
    appositions and compounds of names up to the noun that they stand with."""
    for _ in range(6):
        word = sentence.tokens[token]
        if word.head < 0 or word.deprel.partition(":")[0] not in _LOOSE:
            break
        if word.deprel == "conj" and sentence.tokens[token].upos in ("VERB", "AUX"):
            break
        token = word.head
    return token


def role_of(sentence: Sentence, token: int) -> str:
    """Return the relation of a token, or of the one whose place it shares, to its governor."""
    return sentence.tokens[governor(sentence, token)].deprel


def predicate_of(sentence: Sentence, token: int) -> int:
    """Return the head of the innermost clause around a token, without the token itself."""
    current = sentence.tokens[token].head
    while current >= 0 and not _is_predicate(sentence, current):
        current = sentence.tokens[current].head
    return current


def clauses_above(sentence: Sentence, token: int) -> Iterator[int]:
    """Yield the heads of the clauses around a token, the innermost first."""
    current = predicate_of(sentence, token)
    while current >= 0:
        yield current
        current = predicate_of(sentence, current)


def subject_of(sentence: Sentence, predicate: int, children: Sequence[Sequence[int]]) -> int:
    """Return the subject of a clause, also where it is shared with the clause above, or -1."""
    for _ in range(4):
        for child in children[predicate]:
            if sentence.tokens[child].deprel.startswith("nsubj"):
                return child
        word = sentence.tokens[predicate]
        if word.head < 0 or word.deprel not in ("conj", "xcomp", "advcl"):
            return -1
        predicate = word.head
    return -1


def inside(sentence: Sentence, token: int, top: int) -> bool:
    """Whether a token is `top` or stands below it."""
    while token >= 0 and token != top:
        token = sentence.tokens[token].head
    return token == top


def _is_predicate(sentence: Sentence, token: int) -> bool:
    word = sentence.tokens[token]
    kind = word.deprel.partition(":")[0]
    return kind in _CLAUSAL or (kind == "conj" and word.upos in ("VERB", "AUX", "ADJ"))
