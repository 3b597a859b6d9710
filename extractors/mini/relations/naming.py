"""What a property's relation is called in the graph."""

from __future__ import annotations

import re

__all__ = ["relation_name"]


def relation_name(label: str) -> str:
    """Return a property's label as the name of a relation.

    >>> relation_name("place of birth")
    'PLACE_OF_BIRTH'
    """
    return re.sub(r"\W+", "_", label).strip("_").upper()
