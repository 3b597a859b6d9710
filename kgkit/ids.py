"""Ids are hashes of content: the same input gives the same id, wherever and whenever."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata

__all__ = ["content_id", "identity_key", "normalise_name"]

_BLANK = re.compile(r"[\s_]+")
_EDGE = re.compile(r"^[\W_]+|[^\w)]+$")


def content_id(*parts: object) -> str:
    """Return 32 hex digits (128 bits) of the SHA-256 of the parts as canonical JSON.

    Raises `TypeError` for parts that JSON does not know.

    >>> content_id("chunk", "d1", 0, 12)
    'a94bd695ca4aba2b82861775daa49de9'
    """
    data = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(data.encode()).hexdigest()[:32]


def normalise_name(name: str) -> str:
    """Return the name as it is compared: case, accents, blanks and outer punctuation folded.

    >>> normalise_name("  São_Paulo. ")
    'sao paulo'
    """
    decomposed = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _EDGE.sub("", _BLANK.sub(" ", plain).strip()).casefold() or name.strip().casefold()


def identity_key(name: str, type: str) -> str:
    """Return the key under which mentions are taken to name one entity (32 hex digits).

    Identity is never the name alone: people, concepts and everything else with one name stay
    apart, and so do names that tell themselves apart by a bracket, "Alien (film)". Finer types
    do not split, since a typing error must not make two entities of one.

    >>> identity_key("Washington", "Person") == identity_key("Washington", "Location")
    False
    """
    kind = type if type in ("Person", "Concept") else "Thing"
    return content_id("entity", normalise_name(name), kind)
