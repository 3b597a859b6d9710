"""What a passage states of the two ends of a claim: clause by clause, and along the tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.mini.clauses.clause import Clause
from extractors.mini.clauses.reading import clauses_of
from extractors.mini.clauses.tree import Tree
from extractors.mini.statements import Statement, statements
from extractors.mini.values import Reader
from kgkit.facts import Entity, Fact, Literal
from reasoning.citations.naming import Spot
from reasoning.citations.parsing import tokens_at, trees_of

__all__ = ["Said", "said_of"]


@dataclass(frozen=True, slots=True)
class Said:
    """One statement that joins the two ends of a claim.

    `relation` is UPPER_SNAKE and `words` those that it was read from; `turned` where the claim's
    tail comes first in it. `verb` is the token that it hangs on, in sentence number `sentence`.
    """

    relation: str
    words: str
    turned: bool
    negated: bool
    hedged: bool
    sentence: int
    verb: int


def said_of(claim: Fact, passage: str, heads: Sequence[Spot], tails: Sequence[Spot]) -> list[Said]:
    """Return what the clauses of a passage state of the ends of a claim, in order of the text.

    Spots count characters of the passage; an entity is known by where it is named, whatever the
    parser holds the name for. Raises `ModelError` where the parser's weights are missing.
    """
    found: list[Said] = []
    for number, tree in enumerate(trees_of(passage)):
        places = _places(claim, tree, heads, tails)
        reader = Reader(tree, places, passage)
        values = {i for spot in tails for i in tokens_at(tree.sentence, spot)}
        for clause in clauses_of(tree):
            for statement in statements(reader, clause):
                turned = _joins(claim, statement, values)
                if turned is not None:
                    found.append(_said(statement, clause, number, turned=turned))
    return found


def _places(
    claim: Fact, tree: Tree, heads: Sequence[Spot], tails: Sequence[Spot]
) -> dict[int, tuple[Entity, float]]:
    places: dict[int, tuple[Entity, float]] = {}
    for entity, spots in ((claim.tail, tails), (claim.head, heads)):
        if isinstance(entity, Entity):
            for spot in spots:
                for i in tokens_at(tree.sentence, spot):
                    places[i] = entity, 1.0
    # Other names keep their own identity: by their words, which is enough to tell them apart.
    for span in tree.sentence.spans:
        if span.type not in ("Time", "Number"):
            inside = range(span.first, span.last)
            if not any(i in places for i in inside):
                words = " ".join(tree.tokens[i].text for i in inside)
                places.update((i, (Entity.named(words, span.type), 1.0)) for i in inside)
    return places


def _joins(claim: Fact, statement: Statement, values: set[int]) -> bool | None:
    """Return whether a statement joins the ends the other way round; None where it does not."""
    if isinstance(claim.tail, Literal):
        if statement.head.id != claim.head.id:
            return None
        told = isinstance(statement.tail, Literal) or not values.isdisjoint(statement.tokens)
        return False if told and not values.isdisjoint(statement.tokens) else None
    tail = statement.tail
    if not isinstance(tail, Entity):
        return None
    if (statement.head.id, tail.id) == (claim.head.id, claim.tail.id):
        return False
    return True if (tail.id, statement.head.id) == (claim.head.id, claim.tail.id) else None


def _said(statement: Statement, clause: Clause, number: int, *, turned: bool) -> Said:
    relation = statement.relation
    return Said(
        relation.name, relation.words, turned, clause.negated, clause.hedged, number, clause.head
    )
