"""Pairs to learn from: two profiles, and whether they are one entity."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.align.blocking import candidates
from extractors.align.demonyms import place_of
from extractors.align.names import form_of
from extractors.align.profiles import Profile
from extractors.align.train.entries import Entry, profile_of
from extractors.align.train.synthetic import other_form, other_name

__all__ = ["Example", "name_examples", "namesake_examples"]

#: How much oftener two uses of one whole name mean one entity than two.
_ALIKE = 10.0
#: How much a name made by rule counts beside one that a document uses.
_MADE = 0.1
#: How often an extractor takes an entity for another type.
_MISTYPED = 0.05
#: The share of an entity's facts that each of two texts tells.
_TOLD = 0.6


@dataclass(frozen=True, slots=True)
class Example:
    """Two profiles, whether they are one entity, and how much the pair counts."""

    left: Profile
    right: Profile
    same: bool
    weight: float = 1.0


def name_examples(entries: Sequence[Entry], seed: int = 0) -> list[Example]:
    """Return pairs of different names: variants that documents use, names changed by rule, and
    names of different entities that share a blocking key.

    A name that a document shortens to one word of it is left out: that is settled within a
    document and means nothing across documents.
    """
    chance = random.Random(seed)
    found: list[Example] = []
    same: set[frozenset[str]] = set()
    for entry in entries:
        forms = sorted({form_of(name).squashed: name for name in entry.names}.items())
        for place, (key, name) in enumerate(forms):
            for other_key, other in forms[place + 1 :]:
                same.add(frozenset((key, other_key)))
                if not _cut(name, other):
                    left, right = _two(entry, name, other, chance)
                    if chance.random() < 0.5:  # both are names that one document uses
                        right = replace(right, documents=left.documents)
                    found.append(Example(left, right, same=True))
        found += _made(entry, entries, chance)
    found += _near(entries, same, chance)
    return found


def namesake_examples(entries: Sequence[Entry], seed: int = 0) -> list[Example]:
    """Return pairs of one name in two documents: the same name found twice, an entity told in two
    halves, and two entities of one type of which one is given the name of the other."""
    chance = random.Random(seed)
    by_name: dict[str, list[Entry]] = defaultdict(list)
    by_type: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_type[entry.type].append(entry)
        by_name[form_of(max(entry.names, key=len)).squashed].append(entry)
    found: list[Example] = []
    for key in sorted(by_name):
        group = [one for one in by_name[key] if " " in max(one.names, key=len)]
        if len(group) >= 2:
            one, other = chance.sample(group, 2)
            name = max(one.names, key=len)
            pair = (profile_of(one, name, "a", chance), profile_of(other, name, "b", chance))
            found.append(Example(*pair, same=True, weight=_ALIKE))
    for entry in entries:
        name = max(entry.names, key=len)
        if len(entry.sentences) > 1 and len(entry.facts) > 1:
            pair = _two(entry, name, name, chance)
            found.append(Example(*pair, same=True, weight=_ALIKE))
        other = chance.choice(by_type[entry.type])
        if other.document != entry.document and entry.type != "Location":
            left = profile_of(entry, name, "a", chance)
            right = profile_of(other, name, "b", chance)
            found.append(Example(left, right, same=False))
    return found


def _two(entry: Entry, name: str, other: str, chance: random.Random) -> tuple[Profile, Profile]:
    """Return an entity as two texts would tell of it, each a part, in sentences of their own."""
    half = len(entry.sentences) // 2
    one = replace(entry, sentences=entry.sentences[:half] or entry.sentences)
    two = replace(entry, sentences=entry.sentences[half:])
    if chance.random() < _MISTYPED:
        two = replace(two, type=chance.choice(["Person", "Organization", "Location", "Misc"]))
    return (
        profile_of(one, name, "a", chance, _TOLD),
        profile_of(two, other, "b", chance, _TOLD),
    )


def _made(entry: Entry, entries: Sequence[Entry], chance: random.Random) -> Iterator[Example]:
    name = max(entry.names, key=len)
    for _ in range(2):
        made = other_form(name, entry.type, chance)
        if made:
            yield Example(*_two(entry, name, made, chance), same=True, weight=_MADE)
    stranger = chance.choice(entries)
    wrong = other_name(name, entry.type, stranger.names, chance)
    if wrong and form_of(wrong).squashed != form_of(name).squashed:
        left = profile_of(entry, name, "a", chance)
        right = profile_of(replace(stranger, type=entry.type), wrong, "b", chance)
        yield Example(left, right, same=False, weight=1.0)


def _near(
    entries: Sequence[Entry], same: set[frozenset[str]], chance: random.Random
) -> Iterator[Example]:
    """Yield what blocking takes for near among different entities."""
    rows: dict[str, tuple[Entry, Profile]] = {}
    for entry in entries:
        for name in entry.names:
            key = form_of(name).squashed
            if key and key not in rows:
                profile = profile_of(entry, name, entry.id, chance)
                rows[key] = entry, replace(profile, documents=frozenset({entry.document}))
    kept = list(rows.values())
    for i, j in candidates([profile for _, profile in kept]):
        (one, left), (other, right) = kept[i], kept[j]
        keys = frozenset(form_of(p.name).squashed for p in (left, right))
        if place_of(left.name) and place_of(left.name) == place_of(right.name):
            yield Example(left, right, same=True, weight=0.3)
        elif one.id != other.id and keys not in same and not _cut(left.name, right.name):
            yield Example(left, right, same=False)


def _cut(name: str, other: str) -> bool:
    """Whether one name is a single word of the other one."""
    a, b = sorted((form_of(name).core, form_of(other).core), key=len)
    return len(a) == 1 and len(b) > 1 and a[0] in b
