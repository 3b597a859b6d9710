"""Ways to write a name with capitals, among which the model chooses."""

from __future__ import annotations

__all__ = ["casings"]

_SMALL = frozenset({"of", "the", "and", "in", "on", "at", "de", "la", "du", "von", "van", "der"})


def casings(text: str) -> tuple[str, ...]:
    """Return a name as given, with capitals as titles have them, and with a first capital.

    >>> casings("university of oxford")
    ('university of oxford', 'University of Oxford', 'University of oxford')
    """
    words = text.split()
    titled = [
        word if place and word in _SMALL else word[:1].upper() + word[1:]
        for place, word in enumerate(words)
    ]
    first = [word[:1].upper() + word[1:] if not place else word for place, word in enumerate(words)]
    return tuple(dict.fromkeys((text, " ".join(titled), " ".join(first))))
