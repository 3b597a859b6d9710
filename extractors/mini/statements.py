"""From clauses to binary statements with qualifiers."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.mini.clauses.arguments import argument, marker
from extractors.mini.clauses.clause import Argument, Clause
from extractors.mini.clauses.lexicon import APPOINTING
from extractors.mini.clauses.modifiers import kind_of
from extractors.mini.clauses.relations import Relation, named, noun_relation, verb_relation
from extractors.mini.clauses.tree import Tree
from extractors.mini.values import Reader, Valued
from kgkit.facts import Entity, Literal, Qualifier

__all__ = ["Statement", "statements"]

_KIND = Relation("INSTANCE_OF", "is")
_SAME = Relation("IS", "is")
_LOCATED = Relation("LOCATED_IN", "in")


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


def statements(reader: Reader, clause: Clause) -> list[Statement]:
    """Return the statements of a clause; none where an end has no value that stands by itself."""
    if clause.kind == "possessive":
        return _possessive(reader, clause)
    if clause.kind == "verb":
        return _verb(reader, clause)
    if clause.kind == "lifespan":
        return _lifespan(reader, clause)
    return _being(reader, clause)


def _verb(reader: Reader, clause: Clause) -> list[Statement]:
    tree = reader.tree
    subjects = reader.values(clause.subject)
    agents = [a for a in clause.arguments if a.role == "agent"]
    if agents and _grouped(tree, clause):
        agents = []
    objects = [a for a in clause.arguments if a.role in ("object", "attribute")]
    obliques = [a for a in clause.arguments if a.role in ("oblique", "recipient")]
    obliques = [a for a in obliques if not _says(tree, a, "according")]
    found: list[Statement] = []
    told = _qualifiers(reader, obliques)
    for agent in agents:
        relation = verb_relation(tree, clause, active=True)
        for doer in reader.values(agent):
            found.extend(_each(clause, [doer], relation, subjects, told))
    for obj in objects:
        before = obj.marker if obj.role == "attribute" else ()
        relation = verb_relation(tree, clause, before)
        found.extend(_each(clause, subjects, relation, reader.values(obj), told))
        if obj.role == "attribute" and _appoints(tree, clause):
            found.extend(_office(reader, clause, subjects, obj, told))
    settled = any(a.role not in ("oblique", "adjunct") for a in clause.arguments)
    for oblique in obliques:
        kind = kind_of(tree, oblique)
        if settled and kind != "other":
            continue
        named = _oblique_relation(tree, clause, oblique, kind)
        if named is not None:
            beside = told if kind == "other" else ()
            found.extend(_each(clause, subjects, named, reader.values(oblique), beside))
        if _appoints(tree, clause) and _says(tree, oblique, "as"):
            found.extend(_office(reader, clause, subjects, oblique, told))
    return found


def _grouped(tree: Tree, clause: Clause) -> bool:
    """Whether several verbs make up the predicate, so that it has no active counterpart."""
    return sum(tree.tokens[i].upos == "VERB" for i in clause.predicate) > 1


def _lifespan(reader: Reader, clause: Clause) -> list[Statement]:
    times = reader.values(clause.arguments[0])
    day = any(isinstance(t.value, Literal) and t.value.datatype == "date" for t in times)
    preposition = "on" if day else "in"
    relation = Relation(named([clause.implied, preposition]), f"{clause.implied} {preposition}")
    return _each(clause, reader.values(clause.subject), relation, times, ())


def _oblique_relation(tree: Tree, clause: Clause, oblique: Argument, kind: str) -> Relation | None:
    relation = verb_relation(tree, clause, oblique.marker)
    if oblique.marker:
        return relation
    if oblique.role == "recipient":
        return relation.with_suffix("TO")
    return relation.with_suffix("ON") if kind == "time" else None


def _being(reader: Reader, clause: Clause) -> list[Statement]:
    """Copulas, appositions and titles: X is Y."""
    tree = reader.tree
    subjects = reader.values(clause.subject)
    told = _qualifiers(reader, list(clause.arguments[1:]))
    found: list[Statement] = []
    for member in clause.arguments[0].members:
        if member.marker:
            words = [tree.tokens[i].text for i in member.marker]
            shown = " ".join([clause.words(tree.sentence), *words])
            relation = Relation(named(["is", *words]), shown)
            found.extend(_each(clause, subjects, relation, _value(reader, member), told))
            continue
        if tree.tokens[member.head].upos == "ADJ" and member.head not in reader.entities:
            found.extend(_adjective(reader, clause, subjects, member))
            continue
        for value in _value(reader, member):
            if value.named or isinstance(value.value, Literal):
                found.extend(_identified(reader, clause, subjects, value, told))
                break
        else:
            found.extend(_described(reader, clause, subjects, member, told))
    return found


def _value(reader: Reader, member: Argument) -> list[Valued]:
    value = reader.value(member.head, member.tokens)
    return [] if value is None else [value]


def _described(
    reader: Reader,
    clause: Clause,
    subjects: list[Valued],
    member: Argument,
    told: tuple[Qualifier, ...],
) -> list[Statement]:
    """X is a physicist; X is the capital of Y."""
    tree = reader.tree
    found = _office(reader, clause, subjects, member, told)
    if tree.tokens[member.head].upos == "PROPN" and _bracketed(tree, member):
        return found
    kind = reader.kind(member.head)
    if kind is not None and (not found or _indefinite(tree, member.head)):
        found.extend(_each(clause, subjects, _KIND, [kind], ()))
    return found


def _bracketed(tree: Tree, member: Argument) -> bool:
    before = tree.tokens[max(member.tokens[0] - 2, 0) : member.tokens[0]]
    return any(token.text in ("(", "[") for token in before)


def _adjective(
    reader: Reader, clause: Clause, subjects: list[Valued], member: Argument
) -> list[Statement]:
    tree = reader.tree
    found: list[Statement] = []
    for oblique in clause.arguments[1:]:
        if oblique.role == "oblique" and oblique.marker and kind_of(tree, oblique) == "other":
            relation = noun_relation(tree, member.head, oblique.marker)
            found.extend(_each(clause, subjects, relation, reader.values(oblique), ()))
    if not found and not any(a.role == "complement" for a in clause.arguments):
        value = reader.value(member.head, (member.head,))
        found.extend(_each(clause, subjects, _SAME, [value] if value else [], ()))
    return found


def _identified(
    reader: Reader,
    clause: Clause,
    subjects: list[Valued],
    value: Valued,
    told: tuple[Qualifier, ...],
) -> list[Statement]:
    """The capital of Poland is Warsaw; its population is 1.8 million; X is Y."""
    tree = reader.tree
    found: list[Statement] = []
    noun = clause.subject.head
    if tree.tokens[noun].upos == "NOUN" and noun not in reader.entities:
        for child in tree.below[noun]:
            if tree.tokens[child].deprel != "nmod:poss":
                continue
            owner = reader.value(child, tuple(tree.descend(child)))
            if owner is not None:
                relation = noun_relation(tree, noun)
                found.extend(_each(clause, [owner], relation, [value], told))
        for child in tree.kids(noun, "nmod"):
            before = marker(tree, child)
            owner = reader.value(child, tuple(tree.descend(child))) if before else None
            if owner is None or not isinstance(owner.value, Entity):
                continue
            if isinstance(value.value, Literal):
                relation = noun_relation(tree, noun)
                found.extend(_each(clause, [owner], relation, [value], told))
            elif owner.named:
                relation = noun_relation(tree, noun, before)
                found.extend(_each(clause, [value], relation, [owner], told))
        if found:
            return found
    if clause.kind == "apposition" and _is_place(value):
        places = [each for each in subjects if _is_place(each)]
        return _each(clause, places, _LOCATED, [value], told)
    return _each(clause, subjects, _SAME, [value], told)


def _is_place(value: Valued) -> bool:
    return isinstance(value.value, Entity) and value.value.type == "Location"


def _office(
    reader: Reader,
    clause: Clause,
    subjects: list[Valued],
    member: Argument,
    told: tuple[Qualifier, ...],
) -> list[Statement]:
    """A noun that relates: X is the capital of Y, Y's wife, an engineer at Y; "Apple CEO X"."""
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
        found.extend(_each(clause, subjects, relation, tails, told))
    return found


def _stands(value: Valued) -> bool:
    """Whether a value can end a fact about an office: a name, or a literal with a type."""
    if isinstance(value.value, Literal):
        return value.value.datatype != "string"
    return value.named


def _possessive(reader: Reader, clause: Clause) -> list[Statement]:
    """X's wife Y: the owned noun is named by an apposition, or describes the name itself."""
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
    return _each(clause, owners, noun_relation(tree, noun), [value], ())


def _phrase(reader: Reader, head: int) -> list[Valued]:
    return reader.values(argument(reader.tree, head, "oblique"))


def _qualifiers(reader: Reader, obliques: list[Argument]) -> tuple[Qualifier, ...]:
    found: list[Qualifier] = []
    for oblique in obliques:
        kind = kind_of(reader.tree, oblique) if oblique.role == "oblique" else "other"
        if kind == "other":
            continue
        for each in reader.values(oblique):
            if kind == "time" and isinstance(each.value, Literal):
                found.append(Qualifier("time", each.value))
            elif kind == "place" and isinstance(each.value, Entity):
                found.append(Qualifier("place", each.value))
    return tuple(found)


def _appoints(tree: Tree, clause: Clause) -> bool:
    return tree.tokens[clause.head].lemma in APPOINTING


def _says(tree: Tree, argument: Argument, word: str) -> bool:
    return any(tree.tokens[i].text.lower() == word for i in argument.marker)


def _indefinite(tree: Tree, noun: int) -> bool:
    determiners = [tree.tokens[i].text.lower() for i in tree.kids(noun, "det")]
    return not determiners or determiners[0] in ("a", "an", "another")


def _each(
    clause: Clause,
    heads: list[Valued],
    relation: Relation,
    tails: list[Valued],
    told: tuple[Qualifier, ...],
) -> list[Statement]:
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
