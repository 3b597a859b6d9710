"""Clauses as open tuples: a first argument, a predicate and further arguments, in words."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.mini.clauses.clause import Argument, Clause
from extractors.mini.clauses.reading import clauses_of
from extractors.mini.clauses.tree import Tree
from extractors.mini.syntax import Sentence

__all__ = ["OpenTuple", "open_tuples"]

#: How far a kind of construction is trusted.
_TRUST = {"verb": 0.9, "copula": 0.9, "apposition": 0.7, "possessive": 0.5, "title": 0.7}


@dataclass(frozen=True, slots=True)
class OpenTuple:
    """Words of a predicate and of its arguments, the first one being the subject."""

    predicate: str
    arguments: tuple[str, ...]
    score: float


def open_tuples(sentence: Sentence) -> list[OpenTuple]:
    """Return the open information extraction of a sentence, one tuple a clause.

    A preposition right after the verb belongs to the predicate ("was born in"), those of later
    arguments stay with their argument.
    """
    tree = Tree(sentence)
    told = [clause for clause in clauses_of(tree) if not _of_pronoun(tree, clause)]
    found = [_tuple(tree, clause) for clause in told]
    return [each for each in found if len(each.arguments) > 1]


def _of_pronoun(tree: Tree, clause: Clause) -> bool:
    """Whether a clause only says that a pronoun has something ("his wife")."""
    return clause.kind == "possessive" and tree.tokens[clause.subject.head].upos == "PRON"


def _tuple(tree: Tree, clause: Clause) -> OpenTuple:
    arguments = sorted(clause.arguments, key=_order)
    predicate = list(clause.predicate)
    shown: list[str] = []
    for place, argument in enumerate(arguments):
        marks = list(argument.marker)
        if place == 0 and argument.role != "adjunct" and marks:
            predicate.extend(marks)
            marks = []
        shown.append(_words(tree, [*marks, *argument.tokens]))
    words = _words(tree, predicate)
    if clause.implied:
        words = f"{clause.implied} {words}".strip()
    score = round(_TRUST.get(clause.kind, 0.5) * clause.score, 4)
    return OpenTuple(words, (_words(tree, list(clause.subject.tokens)), *shown), score)


def _order(argument: Argument) -> tuple[int, int]:
    first = {"object": 0, "attribute": 0, "recipient": 0, "complement": 1, "agent": 1}
    return first.get(argument.role, 3 if argument.role == "adjunct" else 2), argument.tokens[0]


def _words(tree: Tree, indices: list[int]) -> str:
    """Return the words as the text has them: what stands without a blank between stays so."""
    shown: list[str] = []
    end = -1
    for i in indices:
        token = tree.tokens[i]
        shown.append(token.text if token.start == end or not shown else f" {token.text}")
        end = token.end
    return "".join(shown)
