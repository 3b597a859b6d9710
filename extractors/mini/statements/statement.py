"""A statement read from one clause, and how ends are paired."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.mini.clauses.clause import Clause
from extractors.mini.clauses.relations import Relation
from extractors.mini.values import Valued
from kgkit.facts import Entity, Literal, Qualifier

__all__ = ["Statement", "paired", "respectively"]


@dataclass(frozen=True, slots=True)
class Statement:
    """Head, relation and tail read from one clause.

    `tokens` are those of head, predicate and tail; `score` in [0, 1] is that of the two ends.
    """

    head: Entity
    relation: Relation
    tail: Entity | Literal
    clause: Clause
    tokens: tuple[int, ...]
    qualifiers: tuple[Qualifier, ...] = ()
    score: float = 1.0


def paired(
    clause: Clause,
    heads: list[Valued],
    relation: Relation,
    tails: list[Valued],
    told: tuple[Qualifier, ...] = (),
) -> list[Statement]:
    """Return a statement for each head with each tail; literals and equals are no heads."""
    found: list[Statement] = []
    if not relation.name:
        return found
    for head in heads:
        if not isinstance(head.value, Entity):
            continue
        for tail in tails:
            if isinstance(tail.value, Entity) and tail.value.id == head.value.id:
                continue
            tokens = tuple(sorted({*head.tokens, *clause.predicate, *tail.tokens}))
            score = min(head.score, tail.score)
            found.append(Statement(head.value, relation, tail.value, clause, tokens, told, score))
    return found


def respectively(found: list[Statement]) -> list[Statement]:
    """Return what holds of lists that are said in turn: the first of the first, and so on.

    Lists of different lengths stay as they are.
    """
    kept: list[Statement] = []
    for relation in dict.fromkeys(each.relation.name for each in found):
        same = [each for each in found if each.relation.name == relation]
        heads = list(dict.fromkeys(each.head.id for each in same))
        tails = list(dict.fromkeys(str(each.tail) for each in same))
        matched = len(heads) == len(tails) > 1
        kept.extend(
            each
            for each in same
            if not matched or heads.index(each.head.id) == tails.index(str(each.tail))
        )
    return kept
