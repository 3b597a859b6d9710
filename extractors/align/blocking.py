"""Which pairs are worth comparing: profiles that share a key, never all with all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from extractors.align.demonyms import place_of
from extractors.align.names import NameForm, form_of
from extractors.align.profiles import Profile

__all__ = ["block_keys", "candidates"]

#: Names of one profile that are looked at.
_NAMES = 8
#: A key that more profiles share says too little.
_LARGEST = 50


def candidates(profiles: Sequence[Profile], *, largest: int = _LARGEST) -> list[tuple[int, int]]:
    """Return the pairs of places (i < j) of profiles that share a key, in order.

    Keys with more than `largest` profiles are left out, so that n profiles give at most
    n * largest / 2 pairs a key; whoever shares a name in full is always a pair with the first.

    >>> named = ["Ada Lovelace", "A. Lovelace", "Paris"]
    >>> candidates([Profile(name, name) for name in named])
    [(0, 1)]
    """
    blocks: dict[str, list[int]] = defaultdict(list)
    for place, profile in enumerate(profiles):
        for key in block_keys(profile):
            blocks[key].append(place)
    found: set[tuple[int, int]] = set()
    for key, members in blocks.items():
        if len(members) <= largest:
            found.update(combinations(members, 2))
        elif key.startswith(("name ", "place ")):
            found.update((members[0], other) for other in members[1:])
    return sorted(found)


def block_keys(profile: Profile) -> tuple[str, ...]:
    """Return the keys of a profile, sorted: whole names, words, initials, sounds, places."""
    keys: set[str] = set()
    for name in profile.telling_names[:_NAMES]:
        keys.update(_keys(form_of(name)))
        if place := place_of(name):
            keys.add(f"place {place}")
    return tuple(sorted(keys))


def _keys(form: NameForm) -> Iterator[str]:
    if not form.core:
        return
    yield f"name {form.squashed}"
    yield f"words {' '.join(sorted(form.core))}"
    yield f"sound {form.skeleton}"
    if len(form.core) > 1:
        first, last = form.core[0], form.core[-1]
        yield f"initial {first[0]} {last}"
        yield f"ends {first} {last}"
        yield f"start {first} {form.core[1]}"
        yield f"end {form.core[-2]} {last}"
        if form.acronym:
            yield f"short {form.acronym}"
    elif len(form.squashed) <= _NAMES:
        yield f"short {form.squashed}"
    if form.squashed.isalpha() and len(form.core) > 1 and max(map(len, form.core)) == 1:
        yield f"short {form.squashed}"  # "U. S. A."
    for part in form.text.split(",", 1) if "," in form.text else ():
        yield f"name {form_of(part.strip()).squashed}"  # "Oslo" of "Oslo, Norway"
    for word in form.core:
        if len(word) > 2 and not word.isdigit():
            yield f"word {word}"
