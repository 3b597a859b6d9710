"""Replies that were paid for once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from threading import Lock
from typing import Protocol

from kgkit.models.lm.base import Completion

__all__ = ["CallCache", "MemoryCache", "decode", "encode"]


class CallCache(Protocol):
    """A place for replies, by the content hash of model and request (`Request.key`).

    Several threads may use it at once. A reply about documents goes with the last of them,
    which is up to the keeper; `about` is a document's id, or "" for none.
    """

    def get(self, key: str, about: str) -> str | None:
        """Return what is kept under `key`, or None; from now on it is about this document too."""

    def put(self, key: str, model: str, reply: str, about: str) -> None:
        """Keep a model's reply under `key`."""


class MemoryCache:
    """A cache that lives as long as the process.

    >>> cache = MemoryCache()
    >>> cache.put("k", "fake", "yes", "")
    >>> cache.get("k", ""), len(cache)
    ('yes', 1)
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, set[str]]] = {}
        self._lock = Lock()

    def get(self, key: str, about: str) -> str | None:
        """Return what is kept under `key`, or None, and note the document that wants it."""
        with self._lock:
            if key not in self._kept:
                return None
            reply, owners = self._kept[key]
            owners |= {about} - {""}
        return reply

    def put(self, key: str, model: str, reply: str, about: str) -> None:
        """Keep a reply; `model` is part of the key already."""
        with self._lock:
            self._kept[key] = reply, {about} - {""}

    def forget(self, about: str) -> int:
        """Erase every reply about this document and no other; return how many there were."""
        with self._lock:
            gone = [key for key, (_, owners) in self._kept.items() if owners == {about}]
            for key in gone:
                del self._kept[key]
            for _, owners in self._kept.values():
                owners.discard(about)
        return len(gone)

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[str]:
        with self._lock:
            return iter(sorted(self._kept))


def encode(completion: Completion) -> str:
    """Return a completion as the text that a cache keeps."""
    parts = [completion.text, completion.tokens_in, completion.tokens_out, completion.finish]
    return json.dumps(parts, ensure_ascii=False)


def decode(kept: str) -> Completion | None:
    """Return the completion that a cache kept, or None for a text that is none."""
    try:
        found = json.loads(kept)
    except ValueError:  # a damaged entry is asked anew
        return None
    match found:
        case [str(text), int(read), int(written), ("stop" | "length") as finish]:
            return Completion(text, read, written, finish=finish, cached=True)
    return None
