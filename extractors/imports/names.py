"""Names of others as kgkit writes them: entities, types, relations and roles."""

from __future__ import annotations

import re
from functools import lru_cache

from kgkit.errors import InputError
from kgkit.facts import Entity

__all__ = [
    "entity_of",
    "is_iri",
    "keyed_entity",
    "local_name",
    "relation_name",
    "role_name",
    "shown",
    "type_name",
    "words",
]

_IRI = re.compile(r"(?:https?|urn|ftp|info|tag):\S+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SURROGATE = re.compile("[\ud800-\udfff]")

#: What others call the types that kgkit names itself.
_TYPES = {
    "geo": "Location",
    "location": "Location",
    "loc": "Location",
    "gpe": "Location",
    "org": "Organization",
    "organisation": "Organization",
    "per": "Person",
    "unknown": "Thing",
    "other": "Thing",
}

#: A longer text is no name, but a cell of another column or a quote left open.
_LONGEST = 1000


def shown(value: object) -> str:
    """Return a value as a message shows it, cut to 60 characters."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:40]}... ({len(text):,} characters)"


def words(value: object) -> str:
    """Return the text of a cell with single blanks; raises `InputError` when it holds NUL."""
    text = value if isinstance(value, str) else str(value)
    if "\0" in text:
        raise InputError(f"{shown(text)} holds a NUL; remove it, or export the table as text")
    return " ".join(_SURROGATE.sub("\ufffd", text).split())


def is_iri(text: str) -> bool:
    """Whether a text is an IRI of a common scheme.

    >>> is_iri("urn:isbn:0451450523"), is_iri("Alien: Covenant")
    (True, False)
    """
    return _IRI.fullmatch(text) is not None


def local_name(iri: str) -> str:
    """Return what comes last in an IRI, as words.

    >>> local_name("http://example.org/films#Blade_Runner")
    'Blade Runner'
    """
    last = re.split(r"[/#:]", iri.rstrip("/#:"))[-1]
    return last.replace("_", " ") or iri


def entity_of(cell: object, type: str = "Thing") -> Entity:
    """Return the entity that a cell names; an IRI is its identity.

    Raises `InputError` for an empty name, or one above 1000 characters.
    """
    name = words(cell)
    if not name or len(name) > _LONGEST:
        raise InputError(f"{shown(name)} is no name; expected 1 to {_LONGEST} characters")
    if is_iri(name):
        return Entity(name, local_name(name), type)
    return Entity.named(name, type)


def keyed_entity(key: object, name: object, type: str, namespace: str = "") -> Entity:
    """Return the entity with this key, whatever its name.

    An IRI is the identity as it stands; any other key is one among those of its type, so that
    row 7 of two tables are two entities; `namespace` is put before the key in place of that.
    Raises `InputError` for an empty key, or one above 1000 characters.

    >>> keyed_entity(7, "Alien", "Film").id
    'Film/7'
    """
    own, label = _key(key), _key(name)
    if not own or len(own) > _LONGEST or len(label) > _LONGEST:
        raise InputError(f"{shown(key)} is no key; expected 1 to {_LONGEST} characters")
    id = own if is_iri(own) else f"{namespace or type + '/'}{own}"
    return Entity(id, label or own, type)


@lru_cache(maxsize=4096)
def type_name(text: str) -> str:
    """Return an entity type in PascalCase, under kgkit's own name where it has one.

    >>> [type_name(t) for t in ("PERSON", "geo", "work of art", "Film", "")]
    ['Person', 'Location', 'WorkOfArt', 'Film', 'Thing']
    """
    text = text.strip().strip('"')
    if text.lower() in _TYPES:
        return _TYPES[text.lower()]
    parts = _WORD.findall(local_name(text) if is_iri(text) else text)
    return "".join(p if _is_mixed(p) else p.capitalize() for p in parts) or "Thing"


@lru_cache(maxsize=65536)
def relation_name(text: str) -> str:
    """Return a relation in UPPER_SNAKE; raises `InputError` for a text without words.

    >>> [relation_name(t) for t in ("was born in", "birthPlace", "http://example.org/p#knows")]
    ['WAS_BORN_IN', 'BIRTH_PLACE', 'KNOWS']
    """
    name = local_name(text) if is_iri(text) else text
    name = name if name.isupper() else _HUMP.sub("_", name)
    found = "_".join(_WORD.findall(name)).upper()
    if not found or len(found) > _LONGEST:
        raise InputError(f"{shown(text)} is no relation; expected some words, such as 'born in'")
    return found


def role_name(text: str) -> str:
    """Return the role of a qualifier, or a property, in lower_snake.

    >>> role_name("Valid From")
    'valid_from'
    """
    return relation_name(text).lower()


def _key(cell: object) -> str:
    # Integers of a column with gaps come as floats.
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else words(cell)


def _is_mixed(word: str) -> bool:
    return any(c.islower() for c in word) and any(c.isupper() for c in word)
