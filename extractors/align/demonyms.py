"""Places by what belongs to them: "French" is of France, "the Netherlands" are Holland too."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from extractors.align.names import form_of

__all__ = ["place_of"]


def place_of(name: str) -> str:
    """Return the place that a name of a place or of what belongs to it means, "" for none.

    >>> place_of("French"), place_of("the U.S."), place_of("Marie Curie")
    ('France', 'United States', '')
    """
    return _places().get(form_of(name).squashed, "")


@cache
def _places() -> Mapping[str, str]:
    text = Path(__file__).with_name("demonyms.txt").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for line in text.splitlines():
        place, _, others = line.partition(":")
        if others:
            for name in (place, *others.split(",")):
                found[form_of(name.strip()).squashed] = place
    return MappingProxyType(found)
