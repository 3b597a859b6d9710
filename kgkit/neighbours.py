"""A folder of the user's own that hides one of kgkit's packages, named before it puzzles."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

__all__ = ["hidden_package"]

_NEIGHBOURS = ("stores", "extractors", "reasoning")


def hidden_package() -> str | None:
    """Return a sentence on the package of kgkit that something else hides, or None.

    kgkit is four packages; a script beside a folder `stores` of its own would import that one.
    """
    home = Path(__file__).resolve().parent.parent
    for name in _NEIGHBOURS:
        spec = find_spec(name)
        if spec is None:
            return f"kgkit's package {name!r} is not installed; reinstall kgkit"
        places = [Path(place).resolve() for place in spec.submodule_search_locations or ()]
        if home / name not in places:
            hiding = places[0] if places else spec.origin
            return f"kgkit's package {name!r} is hidden by {hiding}; rename that, then try again"
    return None
