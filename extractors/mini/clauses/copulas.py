"""Clauses of being: X is Y, X is in Y, X is close to Y."""

from __future__ import annotations

from extractors.mini.clauses.arguments import argument
from extractors.mini.clauses.clause import Argument, Clause
from extractors.mini.clauses.polarity import hedged, negated
from extractors.mini.clauses.subjects import referent, subject_of
from extractors.mini.clauses.tree import Tree

__all__ = ["copula_clause"]


def copula_clause(tree: Tree, index: int) -> Clause | None:
    """Return what is said of a subject by a noun, an adjective or a preposition with "be".

    The first argument is the attribute; obliques, infinitives and adjuncts follow.
    """
    copula = tree.kid(index, "cop")
    if copula < 0:
        return None
    if _told_with_verb(tree, index):
        return None
    subject, trust = subject_of(tree, index)
    if subject < 0 or tree.kid(index, "expl") >= 0:
        return None
    about = referent(tree, subject)
    who = argument(
        tree, subject if about == tree.antecedents.get(subject, subject) else about, "subject"
    )
    attribute = argument(tree, index, "attribute")
    if not who.tokens or not attribute.tokens:
        return None
    words = tree.kids(index, "cop", "aux")
    words.extend(
        i
        for i in tree.kids(index, "advmod")
        if not tree.below[i] and not tree.is_relative(i) and _light(tree, i, words)
    )
    said = tuple(i for i in attribute.tokens if i not in words)
    return Clause(
        kind="copula",
        head=index,
        subject=who,
        predicate=tuple(sorted(words)),
        arguments=(
            Argument(index, said, "attribute", attribute.marker, attribute.parts),
            *_others(tree, index, words),
        ),
        negated=negated(tree, index),
        hedged=hedged(tree, index),
        score=trust,
    )


def _told_with_verb(tree: Tree, index: int) -> bool:
    """Whether the governing verb takes the attribute along ("seems to be happy")."""
    governor = tree.tokens[index].head
    if tree.relations[index] != "xcomp" or tree.tokens[governor].upos != "VERB":
        return False
    return tree.kid(governor, "obj") < 0


def _light(tree: Tree, adverb: int, words: list[int]) -> bool:
    return bool(words) and min(words) - 1 <= adverb <= max(words) + 1


def _others(tree: Tree, index: int, words: list[int]) -> list[Argument]:
    found: list[Argument] = []
    for child in tree.below[index]:
        if tree.aside(child, index):
            continue
        relation = tree.relations[child]
        if relation == "obl":
            found.append(argument(tree, child, "oblique"))
        elif relation in ("ccomp", "xcomp", "advcl"):
            role = "adjunct" if relation == "advcl" else "complement"
            clause = argument(tree, child, role)
            marks = tuple(i for i in tree.kids(child, "mark") if i < child)
            found.append(Argument(clause.head, clause.tokens, role, marks))
        elif relation == "advmod" and child not in words and _apart(tree, child, words):
            found.append(argument(tree, child, "oblique"))
    return [each for each in found if each.tokens]


def _apart(tree: Tree, adverb: int, words: list[int]) -> bool:
    """Whether an adverb says something of the whole clause."""
    if tree.is_relative(adverb) or tree.tokens[tree.tokens[adverb].head].upos == "ADJ":
        return False
    return bool(tree.below[adverb]) or adverb < min(words, default=0)
