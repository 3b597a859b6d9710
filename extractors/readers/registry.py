"""Which reader reads a file: by its suffix, through the entry points `kgkit.readers`.

A package adds a format by an entry point of that group, named like the suffix without its dot,
that loads a `Reader`. The formats that come with kgkit are listed in the same way.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Protocol

from kgkit.errors import KgkitError, ReadError
from kgkit.facts import Document

__all__ = ["GROUP", "Reader", "formats", "read"]

#: The entry-point group of readers.
GROUP = "kgkit.readers"


class Reader(Protocol):
    """What reads one file of one format into documents, and raises `ReadError` if it cannot."""

    def __call__(self, path: Path, *, encoding: str) -> list[Document]: ...


def read(path: str | Path, *, encoding: str = "utf-8") -> list[Document]:
    """Return the documents of one file: one a row for tables and JSON lines, else one.

    Their `uri` is the path as given, with forward slashes, and `#row=N` or `#ID` behind it for
    rows. `encoding` is that of text files without a byte order mark. Raises `ReadError` when the
    file is missing, empty, unreadable, of an unknown format or not what its suffix says.
    """
    path = Path(path)
    if not str(path).isprintable() and any("\ud800" <= c <= "\udfff" for c in str(path)):
        raise ReadError(f"{str(path)!a} is no UTF-8 name; rename the file.")
    reader = _reader(path)
    if path.is_dir():
        raise ReadError(f"{path} is a folder, where a file was expected: pass it to find_inputs.")
    try:
        documents = reader(path, encoding=encoding)
    except KgkitError:
        raise
    # Readers may be strangers', and one broken file must not end a build.
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        raise ReadError(f"{path} cannot be read ({what}); save it anew or leave it out.") from error
    if not documents:
        raise ReadError(f"{path} holds no text; remove it from the inputs.")
    return documents


@cache
def formats() -> tuple[str, ...]:
    """Return the suffixes that can be read, without their dots, sorted."""
    return tuple(sorted(_entry_points()))


def _reader(path: Path) -> Reader:
    suffix = path.suffix[1:].lower() or "txt"
    found = _entry_points().get(suffix)
    if found is None:
        known = ", ".join(formats())
        raise ReadError(f"{path} is of unknown format .{suffix}; known are {known}.")
    try:
        reader: Reader = found.load()
    except (ImportError, AttributeError) as error:
        raise ReadError(
            f"{path}: the reader {found.value} cannot be loaded ({error}); reinstall its package."
        ) from error
    return reader


@cache
def _entry_points() -> dict[str, EntryPoint]:
    # Sorted, so that of two packages for one suffix the same one wins on every machine.
    found = sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value))
    return {point.name: point for point in reversed(found)}
