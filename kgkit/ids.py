"""Ids are hashes of content: the same input gives the same id, wherever and whenever."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from functools import lru_cache

import orjson

from kgkit.errors import InputError

__all__ = ["LONGEST_ID", "check_id", "content_id", "identity_key", "normalise_name"]

#: Bytes in UTF-8 of the longest id of an entity: graph stores index ids, and the narrowest of
#: them (Neo4j) indexes up to 8 KiB.
LONGEST_ID = 4096

#: What the standard encoder does not know is refused, and left to it.
_CANONICAL = (
    orjson.OPT_SORT_KEYS
    | orjson.OPT_PASSTHROUGH_DATACLASS
    | orjson.OPT_PASSTHROUGH_DATETIME
    | orjson.OPT_PASSTHROUGH_SUBCLASS
)

#: Names beyond this are not kept in memory for the next time.
_SHORT = 100

_BLANK = re.compile(r"[\s_]+")
#: What surrounds a name in a text. Signs that belong to names stay: "C++", "C#", ".NET", "#MeToo".
_EDGE = re.compile(r"^(?:(?![#@$&*]|(?<!\.)\.\w)[\W_])+|[^\w)+#%$&*°]+$")


def content_id(*parts: object) -> str:
    """Return 32 hex digits (128 bits) of the SHA-256 of the parts as canonical JSON.

    Raises `TypeError` for parts that JSON does not know, and `InputError` for a text that no
    encoding can hold (half a surrogate pair).

    >>> content_id("chunk", "d1", 0, 12)
    'a94bd695ca4aba2b82861775daa49de9'
    """
    try:
        encoded = orjson.dumps(parts, option=_CANONICAL)
    except TypeError:
        encoded = _encode(parts)
    return hashlib.sha256(encoded).hexdigest()[:32]


def _encode(parts: object) -> bytes:
    """Return canonical JSON of what the fast encoder refuses: subclasses, numbers of any size."""
    data = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    try:
        return data.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            f"a text holds {error.object[error.start]!a}, half of a surrogate pair: decode it "
            'again, with errors="replace" if it is broken at its source'
        ) from error


def normalise_name(name: str) -> str:
    """Return the name as it is compared: case, accents, blanks and outer punctuation folded.

    >>> [normalise_name(name) for name in ("  São_Paulo. ", "C++,", "'.NET'", "...and")]
    ['sao paulo', 'c++', '.net', 'and']
    """
    return _normalised(name) if len(name) <= _SHORT else _normalised.__wrapped__(name)


@lru_cache(maxsize=16384)
def _normalised(name: str) -> str:
    # A text names the same few things again and again.
    plain = name
    if not name.isascii():
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
    return _identity(normalise_name(name), kind)


@lru_cache(maxsize=16384)
def _identity(name: str, kind: str) -> str:
    return content_id("entity", name, kind)


def check_id(id: str) -> None:
    """Raise `InputError` for an id of an entity above 4,096 bytes in UTF-8.

    >>> check_id("https://example.org/film/1")
    >>> check_id("x" * 5000)
    Traceback (most recent call last):
    kgkit.errors.InputError: the id 'xxxxxx...
    """
    # No character takes more than four bytes.
    if len(id) * 4 <= LONGEST_ID:
        return
    size = len(id.encode(errors="surrogatepass"))
    if size > LONGEST_ID:
        raise InputError(
            f"the id {id[:40] + '...'!r} has {size:,} bytes; expected at most {LONGEST_ID:,}: "
            "identify the entity by a key or a hash of it"
        )
