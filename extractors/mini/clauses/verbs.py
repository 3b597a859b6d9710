"""Clauses of verbs: active and passive, with objects, obliques, complements and adjuncts."""

from __future__ import annotations

from dataclasses import replace

from extractors.mini.clauses.arguments import argument
from extractors.mini.clauses.clause import Argument, Clause
from extractors.mini.clauses.conjunctions import first_conjunct, shared
from extractors.mini.clauses.polarity import hedged, negated
from extractors.mini.clauses.subjects import is_passive, referent, subject_of
from extractors.mini.clauses.tree import Tree

__all__ = ["chain_of", "is_chained", "verb_clause"]

_ROLES = {
    "obj": "object",
    "iobj": "recipient",
    "obl": "oblique",
    "ccomp": "complement",
    "advcl": "adjunct",
}
#: Auxiliaries before an infinitive, a past participle and a present participle.
_AUXILIARIES = {
    "VB": ("do", "will", "would", "can", "could", "may", "might", "shall", "should", "must"),
    "VBN": ("be", "have", "get", "will", "would", "can", "could", "may", "might", "should", "must"),
    "VBG": ("be",),
}


def verb_clause(tree: Tree, index: int) -> Clause | None:
    """Return the clause that a verb heads; None without a subject or as part of another's group."""
    if is_chained(tree, index) or tree.kid(index, "expl") >= 0:
        return None
    subject, trust = subject_of(tree, index)
    if subject < 0:
        return None
    modified = tree.tokens[index].deprel == "acl"
    about = referent(tree, subject)
    who = argument(
        tree,
        about if subject not in tree.antecedents else subject,
        "subject",
        within=index if tree.relations[index] == "acl" else -1,
    )
    if subject in tree.antecedents:
        who = _antecedent(tree, subject)
    if not who.tokens:
        return None
    group = chain_of(tree, index)
    passive = is_passive(tree, group[-1])
    found = _arguments(tree, index, group, passive, subject)
    implied = "be" if modified and tree.tokens[index].xpos in ("VBN", "VBG") else ""
    return Clause(
        kind="verb",
        head=group[-1],
        subject=who,
        predicate=_words(tree, index, group),
        arguments=tuple(found),
        implied=implied,
        passive=passive,
        negated=negated(tree, index, group[1:]),
        hedged=hedged(tree, index, group[1:]),
        score=trust,
    )


def is_chained(tree: Tree, index: int) -> bool:
    """Whether the verb is told together with the verb that governs it ("began working")."""
    token = tree.tokens[index]
    if tree.relations[index] != "xcomp" or token.upos != "VERB":
        return False
    return tree.kid(token.head, "obj", "iobj") < 0 and tree.tokens[token.head].upos == "VERB"


def chain_of(tree: Tree, index: int) -> tuple[int, ...]:
    """Return the verbs told as one group, beginning with this one: "wants to begin working"."""
    group = [index]
    while True:
        inner = tree.kid(group[-1], "xcomp")
        if inner < 0 or not is_chained(tree, inner):
            return tuple(group)
        group.append(inner)


def _antecedent(tree: Tree, pronoun: int) -> Argument:
    found = argument(tree, pronoun, "subject")
    about = referent(tree, found.head)
    if about == found.head:
        return found
    named = argument(tree, about, "subject")
    return Argument(named.head, named.tokens, "subject", (), named.parts, pronoun)


def _words(tree: Tree, index: int, group: tuple[int, ...]) -> tuple[int, ...]:
    """Return the tokens of the verb group: auxiliaries, negation, light adverbs, particles."""
    found: set[int] = set(group)
    for verb in group:
        for child in tree.below[verb]:
            relation = tree.relations[child]
            if (
                relation == "aux"
                or tree.tokens[child].deprel == "compound:prt"
                or (relation == "mark" and verb != index and tree.tokens[child].upos == "PART")
                or (relation == "advmod" and not tree.below[child] and _inside(tree, child, group))
            ):
                found.add(child)
    found.update(_shared_group(tree, index))
    found.update(_inner_copula(tree, group[-1]))
    return tuple(sorted(found))


def _inner_copula(tree: Tree, verb: int) -> list[int]:
    """Return "to be" of "seems to be happy", whose attribute stands with the outer verb."""
    attribute = tree.kid(verb, "xcomp")
    if attribute < 0 or tree.kid(attribute, "cop") < 0 or tree.kid(verb, "obj") >= 0:
        return []
    return tree.kids(attribute, "cop", "aux", "mark")


def _inside(tree: Tree, adverb: int, group: tuple[int, ...]) -> bool:
    """Whether an adverb stands in the verb group or right before it."""
    if tree.is_relative(adverb):
        return False
    first = min([group[0], *tree.kids(group[0], "aux")])
    return first - 1 <= adverb < group[-1]


def _shared_group(tree: Tree, index: int) -> list[int]:
    """Return what a later verb takes over from the group of the first: "has bought and sold"."""
    if tree.relations[index] != "conj" or tree.kid(index, "aux", "nsubj", "mark") >= 0:
        return []
    first = first_conjunct(tree, index)
    found: list[int] = []
    wanted = _AUXILIARIES.get(tree.tokens[index].xpos, ())
    found.extend(i for i in tree.kids(first, "aux") if i < first and tree.lemmas[i] in wanted)
    if is_chained(tree, first) and tree.tokens[index].xpos in ("VB", "VBG"):
        found.extend(i for i in tree.kids(first, "mark") if i < first)
        governor = tree.tokens[first].head
        while True:
            found.append(governor)
            found.extend(i for i in tree.kids(governor, "aux") if i < governor)
            if not is_chained(tree, governor):
                break
            governor = tree.tokens[governor].head
    return found


def _arguments(
    tree: Tree, index: int, group: tuple[int, ...], passive: bool, subject: int
) -> list[Argument]:
    found: list[Argument] = []
    taken = {subject}
    for verb in group:
        for child in tree.below[verb]:
            if child in group or child in taken or tree.aside(child, verb):
                continue
            relation = tree.relations[child]
            role = _ROLES.get(relation, "")
            agent = tree.tokens[child].deprel == "obl:agent" and _by(tree, child, unmarked=True)
            if agent or (passive and _is_agent(tree, child)):
                role = "agent"
            elif relation == "xcomp":
                role = "complement" if tree.tokens[child].upos == "VERB" else "attribute"
            elif relation == "advmod" and _heavy(tree, child, group):
                role = "oblique"
            if not role or (tree.is_relative(child) and child not in tree.antecedents):
                continue
            found.append(_argument(tree, child, role))
            taken.add(child)
    found.extend(
        _argument(tree, child, _ROLES.get(tree.relations[child], "attribute"))
        for child in shared(tree, index, "obj", "obl", "xcomp", "ccomp")
        if child not in taken
    )
    if tree.tokens[index].deprel == "acl:relcl":
        found.extend(_gap(tree, index, found, subject))
    found = [each for each in found if each.tokens]
    if not any(each.role in ("object", "complement", "attribute") for each in found):
        found = [_as_object(each) for each in found]
    return found


def _as_object(each: Argument) -> Argument:
    """Return the one told or asked as the object, where there is no other ("told reporters")."""
    return replace(each, role="object") if each.role == "recipient" else each


def _argument(tree: Tree, child: int, role: str) -> Argument:
    found = argument(tree, child, role)
    if role not in ("complement", "adjunct"):
        return found
    marks = (i for i in tree.kids(child, "mark") if i < child)
    return Argument(found.head, found.tokens, role, tuple(marks))


def _is_agent(tree: Tree, child: int) -> bool:
    if tree.relations[child] != "obl" or tree.sentence.span_at(child) is None:
        return False
    return _by(tree, child)


def _by(tree: Tree, child: int, *, unmarked: bool = False) -> bool:
    """Whether "by" stands before a noun, or, where that will do, no preposition at all."""
    before = [tree.lemmas[i].lower() for i in tree.kids(child, "case")]
    return "by" in before or (unmarked and not before)


def _heavy(tree: Tree, adverb: int, group: tuple[int, ...]) -> bool:
    """Whether an adverb says when or where by itself, outside of the verb group."""
    if tree.lemmas[adverb].lower() in ("not", "n't", "also", "however", "then"):
        return False
    return not _inside(tree, adverb, group) or bool(tree.below[adverb])


def _gap(tree: Tree, index: int, found: list[Argument], subject: int) -> list[Argument]:
    """Return the antecedent as the object of "the film (that) he directed", where it lacks one."""
    if any(each.role in ("object", "complement") or each.origin >= 0 for each in found):
        return []
    head = tree.tokens[index].head
    if subject in tree.antecedents or subject == head or is_passive(tree, index):
        return []
    noun = argument(tree, head, "object", within=index)
    return [Argument(noun.head, noun.tokens, "object", (), noun.parts, index)]
