"""Why two profiles cannot be one entity, whatever their names share."""

from __future__ import annotations

from extractors.align.comparing import abbreviates, best_forms, middles_clash
from extractors.align.names import NameForm
from extractors.align.profiles import Profile

__all__ = ["doubts", "vetoes"]


def vetoes(left: Profile, right: Profile) -> tuple[str, ...]:
    """Return the reasons why two profiles cannot be one entity, none where they may be.

    Numbers ("Louis XIV", "Louis XV"), brackets, titles of both sexes, and values that an entity
    has one of at most: two years of birth are two people.
    """
    a, b = best_forms(left, right)
    found = []
    if _is_concept_and(left, right, _NAMED):
        found.append("a concept and a name")
    if a.numbers != b.numbers and not abbreviates(a, b):
        found.append("numbers differ")
    if a.bracket and b.bracket and a.bracket != b.bracket:
        found.append("brackets differ")
    if a.gender and b.gender and a.gender != b.gender and "person" in (left.family, right.family):
        found.append("titles differ in sex")
    if a.titles and b.titles and a.titles != b.titles and _ranks(a) != _ranks(b):
        found.append("titles differ")
    if "person" in (left.family, right.family) and middles_clash(a, b):
        found.append("middle names differ")
    for key in sorted(left.values):
        ours, theirs = left.values[key], right.values.get(key, frozenset())
        if key == "release_year" and "work" not in (left.family, right.family):
            continue
        if ours and theirs and not _agree(ours, theirs):
            found.append(f"{key.replace('_', ' ')} differs")
    return tuple(found)


def doubts(left: Profile, right: Profile) -> tuple[str, ...]:
    """Return why a person should look at a pair before it is merged, none where nobody need.

    A bracket tells a name from others that are the same: "Palo Alto (film)" is not Palo Alto,
    unless something is known that both have in common.
    """
    if left.neighbours & right.neighbours:
        return ()
    a, b = best_forms(left, right)
    found = []
    if bool(a.bracket) != bool(b.bracket):
        found.append("bracket on one side")
    if _is_concept_and(left, right, frozenset({"other"})):
        found.append("perhaps a concept and a name")
    apart = "other" not in (left.family, right.family) and left.family != right.family
    if apart and min(len(a.core), len(b.core)) == 1:
        found.append("one word of two types")
    return tuple(found)


_NAMED = frozenset({"person", "place", "organisation", "work"})


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
