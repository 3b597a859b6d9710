"""Labels, relationship types and property names made from free text.

The engine keeps labels and relationship types in one namespace. They never meet, because a label
always holds a lower-case letter and a relationship type never does.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from urllib.parse import quote

__all__ = ["label", "property_name", "relationship_type"]

_WORD = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

_LABELS = frozenset({"Entity", "Document", "Chunk", "Statement"})
_TYPES = frozenset({"PART_OF", "MENTIONED_IN", "HEAD", "TAIL"})
_PROPERTIES = frozenset({"id", "name", "type", "aliases"})

#: The engine names files after labels and types; file names hold 255 bytes, its own part included.
_BYTES = 150


@lru_cache(maxsize=4096)
def label(text: str) -> str:
    """Return the PascalCase label of an entity type.

    >>> [label(t) for t in ("work of art", "Person", "NASA", "Document", "3D film", "")]
    ['WorkOfArt', 'Person', 'Nasa', 'Document_', 'T3dFilm', 'Thing']
    """
    words = _WORD.findall(text)
    name = "".join(word if _is_mixed(word) else word.capitalize() for word in words) or "Thing"
    if not name[0].isalpha():
        name = f"T{name}"
    name = name[0].upper() + name[1:]
    if not any(c.islower() for c in name):
        name = f"{name}Type"
    return f"{name}_" if name in _LABELS else _fit(name)


@lru_cache(maxsize=65536)
def relationship_type(text: str) -> str:
    """Return the UPPER_SNAKE type of a relation.

    >>> [relationship_type(t) for t in ("was born in", "DIRECTED", "birthPlace", "part of", "?")]
    ['WAS_BORN_IN', 'DIRECTED', 'BIRTH_PLACE', 'PART_OF_', 'RELATED_TO']
    """
    name = "_".join(_WORD.findall(_split_humps(text))).upper()
    # A few letters ("ª") are lower-case and have no upper-case form.
    name = "".join(c for c in name if not c.islower()).strip("_") or "RELATED_TO"
    if not name[0].isalpha():
        name = f"R_{name}"
    return f"{name}_" if name in _TYPES else _fit(name).upper()


@lru_cache(maxsize=65536)
def property_name(text: str, reserved: frozenset[str] = _PROPERTIES) -> str:
    """Return the lower_snake name of a property; a reserved name gets an underscore.

    >>> [property_name(t) for t in ("BIRTH_DATE", "height (m)", "NAME", "2nd title")]
    ['birth_date', 'height_m', 'name_', 'p_2nd_title']
    """
    name = "_".join(_WORD.findall(_split_humps(text))).lower() or "value"
    if not name[0].isalpha():
        name = f"p_{name}"
    return f"{name}_" if name in reserved else name


def _fit(name: str) -> str:
    if len(quote(name)) <= _BYTES:
        return name
    mark = hashlib.sha256(name.encode()).hexdigest()[:8]
    # A character takes at least one byte.
    name = name[:_BYTES]
    while len(quote(name)) > _BYTES - 9:
        name = name[:-1]
    return f"{name}_{mark}"


def _is_mixed(word: str) -> bool:
    return any(c.islower() for c in word) and any(c.isupper() for c in word[1:])


def _split_humps(text: str) -> str:
    return text if text.isupper() else _HUMP.sub("_", text)
