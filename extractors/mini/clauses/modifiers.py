"""What an oblique argument tells: a time, a place or something else."""

from __future__ import annotations

from extractors.mini.clauses.clause import Argument
from extractors.mini.clauses.lexicon import DAYS, LOCATIVE, MONTHS, TEMPORAL
from extractors.mini.clauses.tree import Tree

__all__ = ["is_time", "kind_of"]


def kind_of(tree: Tree, argument: Argument) -> str:
    """Return "time", "place" or "other" for an oblique argument.

    Entity spans decide where there are any; otherwise calendar words and bare years are times.
    """
    span = tree.sentence.span_at(argument.head)
    if span is not None:
        if span.type == "Time":
            return "time"
        if span.type == "Location":
            return "place" if _locative(tree, argument) else "other"
        if span.type != "Number":
            return "other"
    token = tree.tokens[argument.head]
    if is_time(tree, argument.head):
        return "time"
    return "time" if token.upos == "NOUN" and tree.lemmas[argument.head] in TEMPORAL else "other"


def is_time(tree: Tree, head: int) -> bool:
    """Whether words name a day, a month or a year, spans left aside ("October 6", "1903")."""
    token = tree.tokens[head]
    if token.upos not in ("PROPN", "NOUN", "NUM"):
        return False
    year = token.upos == "NUM" and len(token.text) == 4 and token.text.isdecimal()
    if year and token.text[0] in "12" and tree.kid(head, "nmod") < 0:
        return tree.relations[head] not in ("nummod", "compound")
    if token.upos == "PROPN" and token.text.lower() in DAYS | MONTHS:
        return True
    return any(
        tree.tokens[i].text.lower() in MONTHS
        for i in tree.below[head]
        if tree.tokens[i].upos == "PROPN" and token.upos == "NUM"
    )


def _locative(tree: Tree, argument: Argument) -> bool:
    if not argument.marker:
        return False
    return tree.tokens[argument.marker[-1]].text.lower() in LOCATIVE
