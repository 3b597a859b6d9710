"""JSON files read a piece at a time: the items of a long list, or the members of an object.

The parser is Python's own; only the outermost brackets are gone through here, so that no more
than one item is held in memory.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from kgkit.errors import ReadError

__all__ = ["iterate_items", "iterate_members"]

_PIECE = 1 << 20
#: Characters of the longest item.
_LONGEST = 64 << 20
_BLANK = " \t\r\n"


def iterate_members(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield the members of the object in a JSON file, in order.

    Raises `ReadError` for what is no JSON object, and where the file breaks off.
    """
    with _open(path) as file:
        cursor = _Cursor(path, file)
        cursor.expect("{")
        yield from _members(cursor)


def iterate_items(path: Path, member: str) -> Iterator[Any]:
    """Yield the items of the list in a JSON file, or of the list that is this member of an object.

    Raises `ReadError` when there is no such list, and where the file breaks off.
    """
    with _open(path) as file:
        cursor = _Cursor(path, file)
        if cursor.peek() == "[":
            yield from _items(cursor)
            return
        cursor.expect("{")
        while cursor.peek() != "}":
            name = cursor.value()
            cursor.expect(":")
            if name == member and cursor.peek() == "[":
                yield from _items(cursor)
                return
            cursor.value()
            cursor.skip_comma()
        raise ReadError(f"{path} has no list {member!r}; check that it is of this format")


class _Cursor:
    """A place in a JSON text of which only a part is in memory."""

    def __init__(self, path: Path, file: TextIO) -> None:
        self._path = path
        self._file = file
        self._text = ""
        self._at = 0
        self._decoder = json.JSONDecoder()

    def peek(self) -> str:
        """Return the next character that is no blank; raises `ReadError` at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _BLANK:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._fill(_PIECE):
                raise ReadError(f"{self._path} breaks off in the middle; get the whole file")

    def expect(self, mark: str) -> None:
        """Step over a mark; raises `ReadError` when something else stands there."""
        found = self.peek()
        if found != mark:
            raise ReadError(f"{self._path} is no JSON here: {found!r} where {mark!r} was expected")
        self._at += 1

    def skip_comma(self) -> None:
        """Step over a comma, unless a closing bracket stands there."""
        if self.peek() not in "]}":
            self.expect(",")

    def value(self) -> Any:
        """Return the next value; raises `ReadError` when there is none, or half of one."""
        self.peek()
        piece = _PIECE
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except (ValueError, RecursionError) as error:
                found, end = error, len(self._text)
            else:
                # A number may go on in the next piece.
                if end < len(self._text) or not self._fill(_PIECE):
                    self._at = end
                    return value
                continue
            if len(self._text) - self._at > _LONGEST or not self._fill(piece):
                raise ReadError(
                    f"{self._path} is no JSON, or breaks off ({found}); get the whole file"
                ) from found
            piece *= 2

    def _fill(self, size: int) -> bool:
        """Read on, and forget what was gone through; return whether there was more."""
        try:
            more = self._file.read(size)
        except UnicodeDecodeError as error:
            raise ReadError(f"{self._path} is not UTF-8 ({error}); convert it") from error
        self._text = self._text[self._at :] + more
        self._at = 0
        return bool(more)


def _items(cursor: _Cursor) -> Iterator[Any]:
    cursor.expect("[")
    while cursor.peek() != "]":
        yield cursor.value()
        cursor.skip_comma()


def _members(cursor: _Cursor) -> Iterator[tuple[str, Any]]:
    while cursor.peek() != "}":
        name = cursor.value()
        cursor.expect(":")
        yield str(name), cursor.value()
        cursor.skip_comma()


def _open(path: Path) -> TextIO:
    try:
        return path.open(encoding="utf-8-sig")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ReadError(f"{path} cannot be read ({reason}); check the path") from error
