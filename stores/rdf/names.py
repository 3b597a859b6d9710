"""The IRIs of a graph: readable, and reversible to the id, type or relation that they came from.

An entity that came with an IRI of its own keeps it; everything else is named under `urn:kgkit:`.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = [
    "BASE",
    "PREFIXES",
    "entity_id",
    "entity_iri",
    "escape",
    "is_iri",
    "relation_iri",
    "relation_of",
    "shorten",
    "type_iri",
    "type_of",
    "unescape",
]

#: What every name that kgkit gives begins with.
BASE = "urn:kgkit:"

#: The prefixes that queries may use without declaring them, and exports declare.
PREFIXES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "sh": "http://www.w3.org/ns/shacl#",
    "dcterms": "http://purl.org/dc/terms/",
    "kg": f"{BASE}term:",
    "rel": f"{BASE}relation:",
    "type": f"{BASE}type:",
    "ent": f"{BASE}entity:",
    "fact": f"{BASE}fact:",
    "doc": f"{BASE}document:",
    "chunk": f"{BASE}chunk:",
    "mention": f"{BASE}mention:",
    "run": f"{BASE}run:",
}

_RELATION, _TYPE, _ENTITY = PREFIXES["rel"], PREFIXES["type"], PREFIXES["ent"]
_IRI = re.compile(r"(?:[a-z][a-z0-9+.-]*://.|(?:urn|mailto|tag|info|did|doi|tel):.)", re.IGNORECASE)
#: Letters and digits that IRIs, Turtle names and XML names all hold.
_PLAIN = re.compile(r"[A-Za-z0-9_\u00C0-\u02FF\u0370-\u1FFF\u3001-\uD7FF]")
_SIMPLE = re.compile(r"[A-Za-z0-9_]*")
_ESCAPED = re.compile(r"-|\.([0-9a-f]{1,6})\.")
_LOCAL = re.compile(r"\w[\w-]*")


def escape(text: str) -> str:
    """Return the text as part of an IRI: blanks as "-", what no name holds as ".hex.".

    >>> [escape(text) for text in ("award of honour", "C++", "Łódź")]
    ['award-of-honour', 'C.2b..2b.', 'Łódź']
    """
    return text if _SIMPLE.fullmatch(text) else "".join(map(_escape_character, text))


def unescape(name: str) -> str:
    """Return the text that `escape` made this name of.

    >>> unescape("C.2b..2b.")
    'C++'
    """
    return _ESCAPED.sub(_unescape_character, name)


@lru_cache(maxsize=65536)
def is_iri(text: str) -> bool:
    """Return whether the text is an absolute IRI in one of the usual forms, as its engine reads it.

    >>> [is_iri(t) for t in ("https://example.org/a", "urn:isbn:1", "Note: a", "http://a b")]
    [True, True, False, False]
    """
    from pyoxigraph import NamedNode

    if not _IRI.match(text):
        return False
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def entity_iri(id: str) -> str:
    """Return the IRI of the entity with this id: the id itself when it is one.

    >>> entity_iri("https://example.org/curie"), entity_iri("key 7")
    ('https://example.org/curie', 'urn:kgkit:entity:key-7')
    """
    if ":" in id and not id.startswith(BASE) and is_iri(id):
        return id
    return _ENTITY + escape(id)


def entity_id(iri: str) -> str:
    """Return the id of the entity that an IRI names.

    >>> entity_id("urn:kgkit:entity:key-7")
    'key 7'
    """
    return unescape(iri.removeprefix(_ENTITY)) if iri.startswith(_ENTITY) else iri


def type_iri(type: str) -> str:
    """Return the IRI of an entity type.

    >>> type_iri("work of art")
    'urn:kgkit:type:work-of-art'
    """
    return _TYPE + escape(type)


def type_of(iri: str) -> str | None:
    """Return the entity type that an IRI names, None for an IRI that names none of ours."""
    return unescape(iri.removeprefix(_TYPE)) if iri.startswith(_TYPE) else None


def relation_iri(relation: str) -> str:
    """Return the IRI of a relation, whose last part is also a name in XML.

    >>> relation_iri("BORN_IN"), relation_iri("2ND")
    ('urn:kgkit:relation:BORN_IN', 'urn:kgkit:relation:_2ND')
    """
    name = escape(relation)
    return f"{_RELATION}{name}" if name[:1].isalpha() else f"{_RELATION}_{name}"


def relation_of(iri: str) -> str | None:
    """Return the relation that an IRI names, None for an IRI that names none of ours."""
    if not iri.startswith(_RELATION):
        return None
    name = iri.removeprefix(_RELATION)
    return unescape(name.removeprefix("_"))


def shorten(iri: str) -> str:
    """Return an IRI as a query would write it: with a prefix where there is one.

    >>> shorten("urn:kgkit:type:Film"), shorten("http://example.org/p")
    ('type:Film', '<http://example.org/p>')
    """
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and _LOCAL.fullmatch(local):
            return f"{prefix}:{local}"
    return f"<{iri}>"


def _escape_character(character: str) -> str:
    if _PLAIN.match(character) and (character == "_" or character.isalnum()):
        return character
    return "-" if character == " " else f".{ord(character):x}."


def _unescape_character(found: re.Match[str]) -> str:
    if found[1] is None:
        return " "
    code = int(found[1], 16)
    return chr(code) if code <= 0x10FFFF else found[0]
