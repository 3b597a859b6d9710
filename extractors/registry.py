"""Which extractor a name means: through the entry points `kgkit.extractors`.

A package adds an extractor by an entry point of that group, named as it is chosen, that loads
a function or class without arguments which gives an `Extractor`. Built-ins are listed in the
same way.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from kgkit.errors import InputError

if TYPE_CHECKING:
    from extractors.base import Extractor

__all__ = ["GROUP", "load_extractor"]

#: The entry-point group of extractors.
GROUP = "kgkit.extractors"


def load_extractor(spec: str | Extractor) -> Extractor:
    """Return the extractor of this name, or the instance that was given.

    Raises `InputError` for a name that no installed package offers.
    """
    if not isinstance(spec, str):
        return spec
    known = {point.name: point for point in entry_points(group=GROUP)}
    if spec not in known:
        raise InputError(
            f"no extractor is named {spec!r}; installed are {', '.join(sorted(known)) or 'none'}."
        )
    extractor: Extractor = known[spec].load()()
    return extractor
