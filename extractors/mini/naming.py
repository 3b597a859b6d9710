"""Which entity a name stands for in its document: short forms, acronyms, the title's entity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.mini.clauses.lexicon import HONORIFICS
from kgkit.facts import Entity
from kgkit.ids import normalise_name

__all__ = ["Named", "entities_of"]

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
    is; where it fits several it stays by itself. An acronym in brackets stands for the name
    before it. What the title names keeps the title's bracket: "Alien (film)".

    >>> names = [Named("Marie Curie", "Person"), Named("Curie", "Person")]
    >>> [entity.name for entity in entities_of(names)]
    ['Marie Curie', 'Marie Curie']
    """
    keys = [normalise_name(name.text) for name in names]
    types = _types(keys, names)
    about = _without_bracket(title)
    full = _full_names(keys, names, types, about)
    long_forms = {
        key: normalise_name(name.before)
        for key, name in zip(keys, names, strict=True)
        if name.before
    }
    shown = _shown(keys, names)
    if about and normalise_name(about) not in shown:
        shown[normalise_name(about)] = about
    cache: dict[str, Entity] = {}
    found: list[Entity] = []
    for key in keys:
        if key not in cache:
            target = _target(key, types, full, long_forms)
            short = key if target != key and long_forms.get(key) == target else ""
            cache[key] = _entity(target, shown, types.get(target, types[key]), title, about, short)
        found.append(cache[key])
    return _with_aliases(found)


def _target(
    key: str,
    types: Mapping[str, str],
    full: Mapping[str, str],
    long_forms: Mapping[str, str],
) -> str:
    if key in long_forms:
        return long_forms[key]
    if types[key] == "Person":
        return full.get(key, key)
    return key


def _types(keys: Sequence[str], names: Sequence[Named]) -> dict[str, str]:
    """Return the most frequent type of each name, the first in the alphabet among equals."""
    counts: dict[str, Counter[str]] = {}
    for key, name in zip(keys, names, strict=True):
        counts.setdefault(key, Counter())[name.type] += 1
    return {
        key: min(counter, key=lambda kind: (-counter[kind], kind))
        for key, counter in counts.items()
    }


def _shown(keys: Sequence[str], names: Sequence[Named]) -> dict[str, str]:
    """Return how each name is written most often, the earliest among equals."""
    counts: dict[str, Counter[str]] = {}
    for key, name in zip(keys, names, strict=True):
        counts.setdefault(key, Counter())[name.text] += 1
    return {key: counter.most_common(1)[0][0] for key, counter in counts.items()}


def _full_names(
    keys: Sequence[str], names: Sequence[Named], types: Mapping[str, str], about: str
) -> dict[str, str]:
    """Return, for each person's name that shortens another, the longest form that it fits."""
    people = sorted({key for key in keys if types[key] == "Person"})
    about_key = normalise_name(about)
    parts = {key: _parts(key) for key in people}
    if about and _person_like(about) and about_key not in parts:
        parts[about_key] = _parts(about_key)
    found: dict[str, str] = {}
    for key in people:
        fits = [other for other in sorted(parts) if _shortens(parts[key], parts[other])]
        longest = [
            other
            for other in fits
            if not any(_shortens(parts[other], parts[more]) for more in fits if more != other)
        ]
        if len(longest) == 1:
            found[key] = longest[0]
        elif about_key in longest:
            found[key] = about_key
        elif not longest and parts[key] and " ".join(parts[key]) in parts:
            found[key] = " ".join(parts[key])
    return found


def _parts(key: str) -> tuple[str, ...]:
    words = key.replace(".", " ").split()
    while len(words) > 1 and words[0] in HONORIFICS:
        words.pop(0)
    return tuple(words)


def _shortens(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether a name is a short form: its first or last word, or one with words left out."""
    if not short or short == long or len(short) > len(long):
        return False
    if len(short) == 1:
        return len(long) > 1 and short[0] in (long[0], long[-1])
    if short[-1] != long[-1]:
        return False
    rest = iter(long)
    return all(any(_same(word, other) for other in rest) for word in short)


def _same(word: str, other: str) -> bool:
    return word == other or (len(word) == 1 and other.startswith(word))


def _person_like(title: str) -> bool:
    words = title.split()
    return 2 <= len(words) <= 5 and all(w[:1].isupper() or w in _SMALL for w in words)


def _without_bracket(title: str) -> str:
    title = title.strip()
    if title.endswith(")") and " (" in title:
        return title[: title.rindex(" (")].strip()
    return title


def _entity(
    key: str, shown: Mapping[str, str], kind: str, title: str, about: str, short: str
) -> Entity:
    aliases = (short.upper(),) if short else ()
    if about and key == normalise_name(about):
        bare = (about,) if about != title.strip() else ()
        return Entity.named(title.strip(), kind, (*bare, *aliases))
    return Entity.named(shown.get(key, key), kind, aliases)


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
