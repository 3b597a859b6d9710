"""Which extractor a name means: through the entry points `kgkit.extractors`.

A package adds an extractor by an entry point of that group, named as it is chosen, that loads
a function or class which gives an `Extractor`, called with the model where the name is followed
by one ("spacy:en_core_web_sm") and without arguments otherwise. Built-ins are listed in the same
way.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

from kgkit.errors import InputError

if TYPE_CHECKING:
    from extractors.base import Extractor

__all__ = ["GROUP", "load_extractor"]

#: The entry-point group of extractors.
GROUP = "kgkit.extractors"


def load_extractor(spec: str | Extractor, **options: Any) -> Extractor:
    """Return the extractor of a name, "NAME" or "NAME:MODEL", or the instance that was given.

    Options go to the extractor. Raises `InputError` for a name that no installed package offers,
    and for options given with an instance.
    """
    if not isinstance(spec, str):
        if options:
            raise InputError(
                f"{', '.join(sorted(options))} cannot be set on an extractor that is there "
                "already; give its name, or leave them out"
            )
        return spec
    name, _, model = spec.partition(":")
    known = {point.name: point for point in entry_points(group=GROUP)}
    if name not in known:
        raise InputError(
            f"no extractor is named {name!r}; installed are {', '.join(sorted(known)) or 'none'}."
        )
    factory = known[name].load()
    extractor: Extractor = factory(model, **options) if model else factory(**options)
    return extractor
