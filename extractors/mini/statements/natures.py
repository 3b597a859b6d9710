"""Where someone or something is from, and what someone does: "the French physicist"."""

from __future__ import annotations

from extractors.align.demonyms import place_of
from extractors.mini.clauses.clause import Argument, Clause
from extractors.mini.clauses.relations import Relation
from extractors.mini.clauses.tree import Tree
from extractors.mini.statements.statement import Statement, paired
from extractors.mini.values import Reader, Valued
from kgkit.facts import Entity

__all__ = ["natures"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Nouns that a people's name before them does not place: an "English teacher" may be from anywhere.
_OF_LANGUAGE = _words(
    """
    teacher tutor translator interpreter professor lecturer student language dialect word name term
    phrase expression translation version edition literature grammar restaurant cuisine dish scholar
    studies historian descent origin ancestry horn term form equivalent spelling
    """
)
#: Endings of nouns for those who do something, and nouns for them that end otherwise.
_DOING = ("er", "or", "ist", "ian", "man", "woman", "eer", "tress", "naut")
_OCCUPATIONS = _words(
    """
    poet chef athlete monk nun priest bishop judge nurse pilot coach spy scribe sculptor soprano
    tenor baritone bass critic journalist diplomat general admiral colonel businessperson
    chairperson playwright screenwriter librettist rapper dj presenter architect merchant surgeon
    scientist activist advocate bureaucrat clerk guard guide model cook smith knight rabbi imam
    mathematician comic novelist aristocrat economist philosopher professor cartoonist goalkeeper
    midfielder defender winger wrestler boxer cricketer physician princess duchess hostess
    """
)
#: Nouns of these endings for what nobody does for a living.
_KIN = _words(
    """
    father mother brother sister daughter grandfather grandmother stepfather stepmother
    grandmother grandson brother-in-law partner lover member leader number winner loser killer
    murderer survivor supporter follower founder owner speaker player character man woman gentleman
    person human prisoner victim successor predecessor ancestor creator contributor competitor
    contender champion contestant holder user resident foreigner newcomer believer chapter river
    bestseller center water paper power letter order matter tower layer error mirror color colour
    """
)


def natures(
    reader: Reader, clause: Clause, subjects: list[Valued], member: Argument
) -> list[Statement]:
    """Return COUNTRY for a people's name before what X is, OCCUPATION for what a person does.

    Only the words right at the noun count: "a French physicist" gives both, "a student of French
    physics" neither.
    """
    tree, noun = reader.tree, member.head
    if tree.tokens[noun].upos != "NOUN" or not subjects:
        return []
    named = [each for each in subjects if each.named]
    found: list[Statement] = []
    if tree.lemmas[noun].lower() not in _OF_LANGUAGE:
        for child in _peoples(tree, noun):
            place = place_of(tree.tokens[child].text)
            where = Valued(Entity.named(place, "Location"), (child,))
            found.extend(paired(clause, named, _COUNTRY, [where]))
    people = [
        each for each in named if isinstance(each.value, Entity) and each.value.type == "Person"
    ]
    if people and not _relative(tree, noun) and _is_occupation(tree.lemmas[noun].lower()):
        words = [*_before(tree, noun), noun]
        shown = [tree.tokens[i].text for i in words]
        kept = " ".join(word if word.isupper() else word.lower() for word in shown)
        does = Entity.named(kept, "Concept")
        found.extend(paired(clause, people, _OCCUPATION, [Valued(does, tuple(words))]))
    return found


_COUNTRY = Relation("COUNTRY", "is")
_OCCUPATION = Relation("OCCUPATION", "is")


def _peoples(tree: Tree, noun: int) -> list[int]:
    """Return the names of peoples that describe a noun, "British-American" as two."""
    found: list[int] = []
    for child in tree.below[noun]:
        if child > noun or tree.relations[child] not in ("amod", "compound"):
            continue
        for i in (*tree.below[child], child):
            word = tree.tokens[i]
            adjective = word.upos in ("ADJ", "PROPN") and word.text[:1].isupper()
            if i < noun and adjective and place_of(word.text) not in ("", word.text):
                found.append(i)
    return found


def _before(tree: Tree, noun: int) -> list[int]:
    """Return the nouns that tell what kind of one: "film director"."""
    return [
        i
        for i in tree.below[noun]
        if i == noun - 1 and tree.relations[i] == "compound" and tree.tokens[i].upos == "NOUN"
    ]


def _relative(tree: Tree, noun: int) -> bool:
    """Whether the noun says what someone is to something: "the director of Alien"."""
    definite = any(tree.tokens[i].text.lower() == "the" for i in tree.kids(noun, "det"))
    return definite and any(
        tree.tokens[i].text.lower() == "of"
        for child in tree.kids(noun, "nmod")
        for i in tree.kids(child, "case")
    )


def _is_occupation(noun: str) -> bool:
    if noun in _OCCUPATIONS:
        return True
    return noun.endswith(_DOING) and len(noun) > 4 and noun not in _KIN
