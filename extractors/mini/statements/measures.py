"""Measures that adjectives and verbs name: long, high, aged, weighs."""

from __future__ import annotations

from extractors.mini.clauses.clause import Argument, Clause
from extractors.mini.clauses.relations import Relation
from extractors.mini.statements.statement import Statement, paired
from extractors.mini.values import Reader, Valued
from kgkit.facts import Literal, Qualifier

__all__ = ["amount_relation", "measured", "measuring"]

#: What an adjective after a number and its unit measures.
_ADJECTIVES = {
    "long": "LENGTH",
    "high": "HEIGHT",
    "tall": "HEIGHT",
    "wide": "WIDTH",
    "broad": "WIDTH",
    "deep": "DEPTH",
    "thick": "THICKNESS",
    "heavy": "MASS",
    "old": "AGE",
    "aged": "AGE",
}
#: What a verb with an amount for its object measures.
_VERBS = {"weigh": "MASS", "last": "DURATION", "cost": "COST", "span": "LENGTH", "measure": "SIZE"}
#: Nouns for a measure that goes by another name.
_NOUNS = {"WEIGHT": "MASS", "RUNNING_TIME": "DURATION"}
_AMOUNTS = frozenset(["quantity", "duration", "range"])


def measured(
    reader: Reader,
    clause: Clause,
    subjects: list[Valued],
    member: Argument,
    told: tuple[Qualifier, ...],
) -> list[Statement]:
    """Return LENGTH of "is 84 metres long", AGE of "is aged 30", and their like."""
    tree = reader.tree
    words = tree.tokens[member.head].text.lower()
    name = _ADJECTIVES.get(words)
    if name is None:
        return []
    found: list[Valued] = []
    for child in tree.below[member.head]:
        if tree.relations[child] not in ("obl", "nummod", "nmod", "dep"):
            continue
        value = reader.value(child, tuple(tree.descend(child)))
        if value is not None and isinstance(value.value, Literal) and _is_amount(value.value):
            found.append(value)
    if not found and words == "aged":
        found = [each for oblique in clause.arguments[1:] for each in reader.values(oblique)]
        found = [each for each in found if isinstance(each.value, Literal)]
    return paired(clause, subjects, Relation(name, words), found[:1], told)


def measuring(
    reader: Reader, clause: Clause, relation: Relation, obj: Argument
) -> tuple[Relation, list[Valued]]:
    """Return what an object is to its verb: MASS of "weighs 3 t", with the amount alone."""
    values = reader.values(obj)
    name = _VERBS.get(reader.tree.lemmas[clause.head])
    amounts = [v for v in values if isinstance(v.value, Literal) and _is_amount(v.value)]
    if name is None or not amounts or len(clause.predicate) > 3:
        return relation, values
    return Relation(name, relation.words), amounts


def amount_relation(relation: Relation) -> Relation:
    """Return the relation of a noun that names a measure, under one name for one measure.

    >>> amount_relation(Relation("WEIGHT", "weight")).name
    'MASS'
    """
    return Relation(_NOUNS.get(relation.name, relation.name), relation.words)


def _is_amount(literal: Literal) -> bool:
    return literal.unit is not None or literal.datatype in ("duration", "integer", "decimal")
