"""Why two profiles cannot be one entity, whatever their names share."""

from __future__ import annotations

from extractors.align.additions import added_words, addition
from extractors.align.comparing import (
    abbreviates,
    best_forms,
    middles_clash,
    shortens,
    slipped,
    sounds_alike,
    spelled_alike,
)
from extractors.align.features import is_bare, is_told, kinds_of
from extractors.align.names import NameForm, form_of, is_title
from extractors.align.profiles import Profile

__all__ = ["contradict", "doubts", "rivals", "vetoes"]


def vetoes(left: Profile, right: Profile) -> tuple[str, ...]:
    """Return the reasons why two profiles cannot be one entity, none where they may be.

    Numbers ("Louis XIV", "Louis XV"), brackets, titles of both sexes, and values that an entity
    has one of at most: two years of birth are two people.
    """
    a, b = best_forms(left, right)
    found = []
    if _is_concept_and(left, right, _NAMED):
        found.append("a concept and a name")
    if a.numbers != b.numbers and not abbreviates(a, b) and not _is_added(left, right, a, b):
        found.append("numbers differ")
    if a.bracket and b.bracket and a.bracket != b.bracket:
        found.append("brackets differ")
    if a.gender and b.gender and a.gender != b.gender and "person" in (left.family, right.family):
        found.append("titles differ in sex")
    if a.titles and b.titles and a.titles != b.titles and _ranks(a) != _ranks(b):
        found.append("titles differ")
    if "person" in (left.family, right.family) and middles_clash(a, b):
        found.append("middle names differ")
    return (*found, *_values_that_differ(left, right))


def contradict(left: Profile, right: Profile) -> bool:
    """Return whether two profiles cannot be one entity by what is told of them, or by their names
    where these can be forms of one: "3rd Earl of Ely" does not contradict "Ida Vale"."""
    if _values_that_differ(left, right):
        return True
    return bool(kinds_of(left, right)) and bool(vetoes(left, right))


def _values_that_differ(left: Profile, right: Profile) -> list[str]:
    found = []
    for key in sorted(left.values):
        ours, theirs = left.values[key], right.values.get(key, frozenset())
        if key == "release_year" and "work" not in (left.family, right.family):
            continue
        if ours and theirs and not _agree(ours, theirs):
            found.append(f"{key.replace('_', ' ')} differs")
    if _died_before(left, right) or _died_before(right, left):
        found.append("born after the other died")
    return found


def _died_before(one: Profile, other: Profile) -> bool:
    died, born = one.values.get("death_year", ()), other.values.get("birth_year", ())
    return any(int(x) < int(y) for x in died for y in born if (x + y).isdigit())


def rivals(short: Profile, one: Profile, other: Profile) -> bool:
    """Return whether two longer names of a shorter one are of two bearers of it, as neither says
    all that the other adds: "William of Orange" and "William of Norwich"."""
    added = []
    for long in (one, other):
        a, b = best_forms(short, long)
        if a.text not in short.names:
            return False
        person = "person" in (short.family, long.family) or bool(a.gender or b.gender)
        added.append((b, addition(a, b, person), added_words(a, b)))
    (ours, kind, words), (theirs, other_kind, others) = added
    if kind == other_kind == "by_rank":
        names = [form_of(form.text.partition(",")[0]) for form in (ours, theirs)]
        names.sort(key=lambda name: len(name.core))
        return names[0].core != names[1].core and not shortens(*names)
    if (kind in _PLACED) != (other_kind in _PLACED) or not words or not others:
        return False
    return not (_covers(words, others) or _covers(others, words))


#: What is added tells where somebody or something is from, not how it is called.
_PLACED = ("within", "styled", "of_realm", "by_rank")


def doubts(left: Profile, right: Profile) -> tuple[str, ...]:
    """Return why a person should look at a pair before it is merged, none where nobody need.

    A bracket tells a name from others that are the same: "Palo Alto (film)" is not Palo Alto,
    unless something is known that both have in common.
    """
    if left.neighbours & right.neighbours:
        return ()
    a, b = best_forms(left, right)
    met = bool(left.documents & right.documents)
    found = []
    if bool(a.bracket) != bool(b.bracket) and not _bracket_is_told(left, right, a, b):
        found.append("bracket on one side")
    if a.titles and b.titles and not {*a.titles} & {*b.titles}:
        found.append("titles differ")
    if max(len(a.core), len(b.core)) == 1 and not met and _a_letter_apart(a, b):
        found.append("one word, a letter apart")
    if _is_office(a) and not a.numbers:
        found.append("an office that many held")
    if _is_concept_and(left, right, frozenset({"other"})):
        found.append("perhaps a concept and a name")
    apart = "other" not in (left.family, right.family) and left.family != right.family
    if apart and min(len(a.core), len(b.core)) == 1:
        found.append("one word of two types")
    if a.titles != b.titles and "place" in (left.family, right.family) and (a.gender or b.gender):
        found.append("perhaps a place and who is named after it")
    person = "person" in (left.family, right.family) or bool(a.gender or b.gender)
    of_many = person and is_bare(a) and not spelled_alike(a, b)
    if of_many and not met and not is_told(left, right):
        found.append("a name of many, with nothing in common")
    return tuple(found)


def _is_added(left: Profile, right: Profile, a: NameForm, b: NameForm) -> bool:
    """Whether the number is of what the longer name adds, not of the name that both have."""
    person = "person" in (left.family, right.family) or bool(a.gender or b.gender)
    return addition(a, b, person) in ("within", "styled", "by_rank", "numeral_lost")


def _covers(words: frozenset[str], others: frozenset[str]) -> bool:
    return all(any(_may_be(word, other) for word in words) for other in others)


def _may_be(word: str, other: str) -> bool:
    return word == other or (min(len(word), len(other)) == 1 and word[0] == other[0])


_NAMED = frozenset({"person", "place", "organisation", "work"})


def _bracket_is_told(left: Profile, right: Profile, a: NameForm, b: NameForm) -> bool:
    """Whether the text around the bare name says what the bracket says: "film", "1984"."""
    marked = a if a.bracket else b
    bare = right if marked.text in left.names else left
    words = form_of(bare.context).tokens
    return any(len(word) > _SHORT and word in words for word in marked.bracket.split())


def _a_letter_apart(a: NameForm, b: NameForm) -> bool:
    """Whether two words differ by a slip or by sound: Grenada is not Granada."""
    return a.squashed != b.squashed and (slipped(a, b) or sounds_alike(a, b))


def _is_office(form: NameForm) -> bool:
    """Whether a name is that of a rank alone: "Duke of Ely"."""
    return len(form.core) > 2 and form.core[1] == "of" and is_title(form.core[0])


#: Words of brackets up to this long tell nothing.
_SHORT = 2


def _is_concept_and(left: Profile, right: Profile, families: frozenset[str]) -> bool:
    both = {left.family, right.family}
    return "concept" in both and bool(both & families)


def _ranks(form: NameForm) -> tuple[str, ...]:
    return tuple(title for title in form.titles if title in _RANKS)


#: Titles of which nobody has two in one text without being called by the higher one.
_RANKS = frozenset(("king", "queen", "emperor", "empress", "duke", "duchess", "count", "countess"))


def _agree(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether some value of each is the same; years may be one apart, as sources count."""
    if ours & theirs:
        return True
    years = [[int(v) for v in side if v.isdigit() and len(v) <= 4] for side in (ours, theirs)]
    return any(abs(x - y) <= 1 for x in years[0] for y in years[1])
