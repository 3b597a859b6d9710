"""Countries: where a text names one, and which one a region or a people belongs to."""

from __future__ import annotations

import re
from functools import cache

from extractors.align.demonyms import place_of

__all__ = ["country_in", "country_of"]

#: Regions that texts name without their country.
_REGIONS = {
    "United Kingdom": "England|Scotland|Wales|Northern Ireland",
    "United States": "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware"
    "|Florida|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland"
    "|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire"
    "|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon"
    "|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia"
    "|Washington|West Virginia|Wisconsin|Wyoming",
    "Canada": "Alberta|British Columbia|Manitoba|New Brunswick|Newfoundland|Nova Scotia|Ontario"
    "|Prince Edward Island|Quebec|Saskatchewan",
    "Australia": "New South Wales|Queensland|South Australia|Tasmania|Victoria|Western Australia",
}

_WORD = re.compile(r"[^\W\d_][\w’'.]*")


def country_in(sentence: str, begin: int = 0) -> tuple[int, int] | None:
    """Return the [start, end) of the first country or people that a sentence names from `begin`.

    >>> text = "Tabbat is a village in Bukan County, Iran."
    >>> text[slice(*country_in(text))]
    'Iran'
    """
    words = [m for m in _WORD.finditer(sentence, begin) if m[0][0].isupper()]
    for i, first in enumerate(words):
        for last in words[i : i + 3][::-1]:
            end = last.end() - (sentence[last.end() - 1] == "." and last.end() == len(sentence))
            if last.end() - first.start() < 40 and place_of(sentence[first.start() : end]):
                return first.start(), end
    return None


def country_of(name: str) -> str:
    """Return the country that a name means, lies in, or ends with; "" where none is known.

    >>> country_of("English"), country_of("Andes of Peru"), country_of("Monroe, Louisiana")
    ('United Kingdom', 'Peru', 'United States')
    """
    words = re.findall(r"[^\s,]+", name)
    parts = [" ".join(words[i:j]) for i in range(len(words)) for j in range(len(words), i, -1)]
    for part in sorted(parts, key=lambda p: (len(words) - len(p.split()), -name.rfind(p))):
        place = place_of(part) or part
        country = _of_regions().get(place, place if place_of(part) else "")
        if country:
            return country
    return ""


@cache
def _of_regions() -> dict[str, str]:
    return {name: country for country, names in _REGIONS.items() for name in names.split("|")}
