"""Which documents a search may show: by address, by id, by what is noted about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import translate
from typing import Self

from kgkit.errors import InputError
from reasoning.retrieval.index import IndexedDocument

__all__ = ["Where"]

_PARTS = ("uri", "documents", "metadata")


@dataclass(frozen=True, slots=True)
class Where:
    """A filter of documents; what is left empty lets all through.

    `uri` is a pattern of addresses as shells write them ("notes/*.md"), `documents` lists
    addresses or ids, `metadata` gives values that a document must have.
    """

    uri: str = ""
    documents: tuple[str, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, given: Where | str | Mapping[str, object]) -> Self | Where:
        """Return the filter that is meant by a pattern of addresses or by a mapping of parts.

        Raises `InputError` for a part that there is not, or one of another kind.

        >>> Where.of("notes/*") == Where.of({"uri": "notes/*"}) == Where(uri="notes/*")
        True
        """
        if isinstance(given, Where):
            return given
        if isinstance(given, str):
            return cls(uri=given)
        if unknown := sorted(set(given) - set(_PARTS)):
            raise InputError(f"where has no part {unknown[0]!r}; give {', '.join(_PARTS)}")
        uri, listed = given.get("uri", ""), given.get("documents", ())
        noted = given.get("metadata", {})
        if not isinstance(uri, str):
            raise InputError(f"where's uri is {uri!r}; give a pattern such as 'notes/*.md'")
        if isinstance(listed, str) or not isinstance(listed, Iterable):
            raise InputError(f"where's documents is {listed!r}; give a list of addresses or ids")
        if not isinstance(noted, Mapping):
            raise InputError(f"where's metadata is {noted!r}; give a dict of names and values")
        metadata = {str(name): str(value) for name, value in noted.items()}
        return cls(uri, tuple(map(str, listed)), metadata)

    def among(self, documents: Iterable[IndexedDocument]) -> frozenset[str]:
        """Return the ids of the documents that are let through.

        Raises `InputError` when one that is listed is not there.
        """
        known = list(documents)
        listed = set(self.documents)
        named = {name for document in known for name in (document.id, document.uri)}
        if missing := sorted(listed - named):
            raise InputError(f"there is no document {missing[0]!r}; give addresses or ids")
        pattern = re.compile(translate(self.uri)) if self.uri else None
        return frozenset(
            document.id
            for document in known
            if (not listed or document.id in listed or document.uri in listed)
            and (pattern is None or pattern.match(document.uri))
            and all(document.metadata.get(k) == v for k, v in self.metadata.items())
        )
