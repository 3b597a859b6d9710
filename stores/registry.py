"""Which graph store a name means: through the entry points `kgkit.stores`.

A package adds a store by an entry point of that group that loads a function (target, place) ->
`GraphStore`. The entry point's name is what the target begins with: "neo4j" opens
"neo4j://host:7687" and "neo4j+s://host". Built-ins are listed in the same way.
"""

from __future__ import annotations

import re
from importlib.metadata import entry_points

from kgkit.errors import InputError
from stores.base import GraphStore, Place

__all__ = ["GROUP", "open_store"]

#: The entry-point group of graph stores.
GROUP = "kgkit.stores"

_NAME = re.compile(r"[^:+]*")


def open_store(target: str, place: Place) -> GraphStore:
    """Open the store that a target names: a bare name such as "embedded", or an address.

    Raises `InputError` for a name that no installed package offers, and what the store raises.
    """
    found = _NAME.match(target)
    name = found.group() if found else target
    known = {point.name: point for point in entry_points(group=GROUP)}
    if name not in known:
        raise InputError(
            f"no store is named {name!r}; installed are {', '.join(sorted(known)) or 'none'}."
        )
    store: GraphStore = known[name].load()(target, place)
    return store
