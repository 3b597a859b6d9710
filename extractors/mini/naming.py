"""Which entity a name stands for in its document: short forms, acronyms, the title's entity."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.mini.clauses.lexicon import HONORIFICS
from extractors.mini.coreference.short_forms import COUNTRIES, short_forms
from kgkit.facts import Entity
from kgkit.ids import normalise_name

__all__ = ["Named", "bare_title", "entities_of"]

_HYPHEN = re.compile(r"\s*-\s*")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_FIRMS = frozenset({"inc", "ltd", "llc", "corp", "plc", "co", "limited", "corporation", "company"})
_PARTICLES = frozenset(
    {"de", "van", "von", "la", "le", "di", "da", "del", "al", "el", "bin", "ibn"}
)
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "de", "la", "&"})


@dataclass(frozen=True, slots=True)
class Named:
    """A name as it stands in the text, without articles and genitive, and its type.

    `before` is the name that it abbreviates in brackets right after it, "" for none.
    """

    text: str
    type: str
    before: str = ""


def entities_of(names: Sequence[Named], title: str = "") -> list[Entity]:
    """Return the entity of each name of one document, in the same order.

    A name of one word is taken for the one person of the document whose first or last name it
    is; where it fits several, for the one that was named before it. An acronym in brackets stands
    for the name before it, one without for the one name with its initials. What the title names
    keeps the title's bracket: "Alien (film)".

    >>> names = [Named("Marie Curie", "Person"), Named("Curie", "Person")]
    >>> [entity.name for entity in entities_of(names)]
    ['Marie Curie', 'Marie Curie']
    """
    keys = [_key(name.text) for name in names]
    types = _types(keys, names)
    about = bare_title(title)
    roots = _roots(keys, types, about)
    long_forms = {
        key: _key(name.before) for key, name in zip(keys, names, strict=True) if name.before
    }
    shown = _shown(keys, names)
    shown.setdefault(_key(about), about)
    roots = short_forms(keys, types, shown) | roots
    cache: dict[str, Entity] = {}
    for key in sorted(set(keys)):
        target = key
        for _ in range(3):  # an alias of an alias of the title
            target = long_forms.get(target, roots.get(target, target))
        target = roots.get(target, target)
        kind = types.get(target, types[key])
        country = COUNTRIES.get(target, "") if kind == "Location" else ""
        if about and target == _key(about):
            name, aliases = title.strip(), {about, shown[key]}
            cache[key] = Entity.named(name, kind, tuple(sorted(aliases - {name})))
        else:
            name = country or shown.get(target, target)
            known = key in long_forms or (key != target and types[key] != "Person") or country
            alias = (shown[key],) if known and shown[key] != name else ()
            cache[key] = Entity.named(name, kind, alias)
    return _with_aliases([cache[key] for key in keys])


def bare_title(title: str) -> str:
    """Return a title without the bracket that tells it from its namesakes.

    >>> bare_title("Alien (film)")
    'Alien'
    """
    title = title.strip()
    if title.endswith(")") and " (" in title:
        return title[: title.rindex(" (")].strip()
    return title


def _key(name: str) -> str:
    return _HYPHEN.sub("-", normalise_name(name))


def _types(keys: Sequence[str], names: Sequence[Named]) -> dict[str, str]:
    """Return the most frequent type of each name, the first in the alphabet among equals, but
    Misc last."""
    counts: dict[str, Counter[str]] = {}
    for key, name in zip(keys, names, strict=True):
        counts.setdefault(key, Counter())[name.type] += 1
    return {
        key: min(counter, key=lambda kind: (-counter[kind], kind == "Misc", kind))
        for key, counter in counts.items()
    }


def _shown(keys: Sequence[str], names: Sequence[Named]) -> dict[str, str]:
    """Return how each name is written most often, the earliest among equals."""
    counts: dict[str, Counter[str]] = {}
    for key, name in zip(keys, names, strict=True):
        counts.setdefault(key, Counter())[name.text] += 1
    return {key: counter.most_common(1)[0][0] for key, counter in counts.items()}


def _roots(keys: Sequence[str], types: Mapping[str, str], about: str) -> dict[str, str]:
    """Return, for each name of a person that varies another one, the one it stands for.

    That is the title's, if the title fits, else the longest form that the name shortens.
    """
    people = [key for key in dict.fromkeys(keys) if types[key] == "Person"]
    parts = {key: _parts(key) for key in sorted(people)}
    own = _key(about)
    titled = _parts(_key(about.partition(",")[0])) if _person_like(about) else ()
    if titled:
        parts[own] = titled
    found = {key: own for key in dict.fromkeys(keys) if about and _firm(key, own)}
    if titled and people and _extends(parts[people[0]], titled):
        found[people[0]] = own  # the whole name, which such a text begins with
    ends: dict[str, list[str]] = {}
    for name in sorted(parts):
        for word in sorted({*parts[name][:1], *parts[name][-1:]}):
            ends.setdefault(word, []).append(name)
    for key in sorted(people):
        if key in found or key == own:
            continue
        if titled and parts[key] == titled:
            found[key] = own
            continue
        near = ends.get(parts[key][-1], ()) if parts[key] else ()
        fits = [other for other in near if _shortens(parts[key], parts[other])]
        longest = {found.get(other, other) for other in fits if not _varied(other, fits, parts)}
        if len(longest) > 1 and own not in longest:
            longest = _earlier(key, longest, people) or longest
        if len(longest) == 1 or own in longest:
            found[key] = own if own in longest else longest.pop()
        elif not longest and " ".join(parts[key]) in parts:
            found[key] = " ".join(parts[key])
    return {key: found.get(root, root) for key, root in found.items()}


def _earlier(name: str, others: set[str], people: Sequence[str]) -> set[str]:
    """Those of the others that were named before it."""
    before = people[: people.index(name)]
    return {other for other in others if other in before}


def _extends(name: tuple[str, ...], title: tuple[str, ...]) -> bool:
    return _shortens(title, name) or (len(name) > len(title) > 1 and name[: len(title)] == title)


def _firm(name: str, title: str) -> bool:
    """Whether a name is the title with what tells a company's form ("X, Inc")."""
    if not name.startswith(title) or name == title:
        return False
    return name[len(title) :].strip(" ,.") in _FIRMS


def _varied(name: str, others: Sequence[str], parts: Mapping[str, tuple[str, ...]]) -> bool:
    return any(_shortens(parts[name], parts[other]) for other in others if other != name)


def _parts(key: str) -> tuple[str, ...]:
    words = key.replace(".", " ").split()
    if len(words) > 2 and words[-2].endswith(",") and words[-1] in _SUFFIXES:
        words.pop()
    words = [word.rstrip(",") for word in words]
    while len(words) > 1 and words[0] in HONORIFICS:
        words.pop(0)
    return tuple(words)


def _shortens(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether a name is a short form: its first or last word, or one with words left out."""
    if not short or short == long or len(short) > len(long):
        return False
    if len(short) == 1:
        ends = (long[0],) if "of" in long else (long[0], long[-1])
        return len(long) > 1 and short[0] in ends
    if short[0] in _PARTICLES and short == long[-len(short) :]:
        return True
    if short[-1] != long[-1] or not _same(short[0], long[0]):
        return False
    rest = iter(long)
    return all(any(_same(word, other) for other in rest) for word in short)


def _same(word: str, other: str) -> bool:
    return word == other or (len(word) == 1 and other.startswith(word))


def _person_like(title: str) -> bool:
    words = title.partition(",")[0].split()
    return 2 <= len(words) <= 5 and all(w[:1].isupper() or w in _SMALL for w in words)


def _with_aliases(found: Sequence[Entity]) -> list[Entity]:
    """Give every mention of one entity the same value, with all of its aliases."""
    aliases: dict[str, set[str]] = {}
    first: dict[str, Entity] = {}
    for entity in found:
        first.setdefault(entity.id, entity)
        aliases.setdefault(entity.id, set()).update(entity.aliases)
    whole = {
        id: Entity(entity.id, entity.name, entity.type, tuple(sorted(aliases[id])))
        for id, entity in first.items()
    }
    return [whole[entity.id] for entity in found]
