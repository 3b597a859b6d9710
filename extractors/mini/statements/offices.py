"""Nouns that relate: the capital of X, X's wife, an engineer at X."""

from __future__ import annotations

from extractors.mini.clauses.arguments import argument, marker
from extractors.mini.clauses.clause import Argument, Clause
from extractors.mini.clauses.relations import noun_relation
from extractors.mini.statements.measures import amount_relation
from extractors.mini.statements.statement import Statement, paired
from extractors.mini.values import Reader, Valued
from kgkit.facts import Literal, Qualifier

__all__ = ["amounts", "offices", "possessions"]


def offices(
    reader: Reader,
    clause: Clause,
    subjects: list[Valued],
    member: Argument,
    told: tuple[Qualifier, ...],
) -> list[Statement]:
    """Return what a predicate noun relates: X is the capital of Y, Y's wife; "Apple CEO X"."""
    tree = reader.tree
    noun = member.head
    if tree.tokens[noun].upos not in ("NOUN", "PROPN"):
        return []
    found: list[Statement] = []
    for child in tree.below[noun]:
        if child in clause.subject.tokens:
            continue
        before: tuple[int, ...] = ()
        deprel = tree.tokens[child].deprel
        if deprel == "nmod":
            before = marker(tree, child)
        elif (
            deprel == "compound" and (clause.kind != "title" or child not in reader.entities)
        ) or deprel not in ("nmod:poss", "compound"):
            continue
        if deprel == "nmod" and not before:
            continue
        relation = noun_relation(tree, noun, before)
        if not before:
            relation = relation.with_suffix("OF")
        tails = [each for each in _phrase(reader, child) if _stands(each)]
        found.extend(paired(clause, subjects, relation, tails, told))
    return found


def amounts(
    reader: Reader, clause: Clause, subjects: list[Valued], member: Argument
) -> list[Statement]:
    """Return what a city has that has "a population of 1.8 million": POPULATION, the number."""
    tree = reader.tree
    found: list[Statement] = []
    for child in tree.kids(member.head, "nmod"):
        numbers = [each for each in _phrase(reader, child) if isinstance(each.value, Literal)]
        if marker(tree, child) and tree.tokens[marker(tree, child)[0]].text.lower() == "of":
            relation = amount_relation(noun_relation(tree, member.head))
            found.extend(paired(clause, subjects, relation, numbers))
    return found


def _stands(value: Valued) -> bool:
    """Whether a value can end a fact about an office: a name or a number."""
    if isinstance(value.value, Literal):
        return value.value.datatype in ("integer", "decimal")
    return value.named


def _phrase(reader: Reader, head: int) -> list[Valued]:
    return reader.values(argument(reader.tree, head, "oblique"))


def possessions(reader: Reader, clause: Clause) -> list[Statement]:
    """Return X WIFE Y of "X's wife Y".

    The owned noun is named by an apposition, or describes the name itself.
    """
    tree = reader.tree
    owned = clause.head
    owners = reader.values(clause.subject)
    if tree.tokens[owned].upos == "PROPN":
        noun = tree.exact(owned, "nmod:desc")
        value = reader.value(owned, clause.arguments[0].tokens)
    else:
        noun = owned
        value = None
        for child in tree.kids(owned, "appos"):
            if child in reader.entities:
                value = reader.value(child, tuple(tree.descend(child)))
                break
    if noun < 0 or value is None or not value.named:
        return []
    return paired(clause, owners, noun_relation(tree, noun), [value])
