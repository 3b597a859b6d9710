"""Short forms of names that are not people's: acronyms, firms without their form, countries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["COUNTRIES", "short_forms"]

_UNITED_STATES, _UNITED_KINGDOM = "United States", "United Kingdom"

#: What two countries are called, by their names as keys.
COUNTRIES = {
    "u.s": _UNITED_STATES,
    "us": _UNITED_STATES,
    "u.s.a": _UNITED_STATES,
    "usa": _UNITED_STATES,
    "united states": _UNITED_STATES,
    "the united states": _UNITED_STATES,
    "united states of america": _UNITED_STATES,
    "u.k": _UNITED_KINGDOM,
    "uk": _UNITED_KINGDOM,
    "united kingdom": _UNITED_KINGDOM,
    "the united kingdom": _UNITED_KINGDOM,
}

#: Words at the end of an organisation's name that tell its kind and are left out at will.
_KINDS = frozenset(
    {
        *("academy", "associates", "association", "bank", "brothers", "club", "college"),
        *("company", "corporation", "entertainment", "fc", "foundation", "group", "holdings"),
        *("inc", "industries", "institute", "international", "limited", "ltd", "party"),
        *("preparatory", "high", "productions", "records", "school", "university"),
    }
)
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "de", "la", "&", "to", "at"})


def short_forms(
    keys: Sequence[str], types: Mapping[str, str], shown: Mapping[str, str]
) -> dict[str, str]:
    """Return, for names by key in order of the text, the longer name that each stands for.

    An acronym of three letters or more stands for the one name with these initials; an
    organisation's first words for the one name before it that goes on with words like
    "university". Where several fit, none is taken.

    >>> names = ["national football league", "nfl"]
    >>> kinds = dict.fromkeys(names, "Organization")
    >>> short_forms(names, kinds, {"nfl": "NFL"})
    {'nfl': 'national football league'}
    """
    distinct = list(dict.fromkeys(keys))
    initials: dict[str, list[str]] = {}
    for key in distinct:
        words = key.replace("-", " ").split()
        if len(words) > 2:
            short = "".join(word[0] for word in words if word not in _SMALL)
            initials.setdefault(short, []).append(key)
            whole = "".join(word[0] for word in words)
            if whole != short:
                initials.setdefault(whole, []).append(key)
    found: dict[str, str] = {}
    for place, key in enumerate(distinct):
        if len(key) > 2 and " " not in key and shown.get(key, "").isupper():
            fits = [k for k in initials.get(key, ()) if types[k] in (types[key], "Misc")]
        elif types[key] == "Organization":
            fits = [k for k in distinct[:place] if types[k] == types[key] and _goes_on(key, k)]
        else:
            continue
        if len(fits) == 1 and fits[0] != key:
            found[key] = fits[0]
    return found


def _goes_on(short: str, long: str) -> bool:
    rest = long[len(short) :] if long.startswith(f"{short} ") else ""
    words = rest.replace(".", " ").replace(",", " ").split()
    return bool(words) and all(word in _KINDS for word in words)
