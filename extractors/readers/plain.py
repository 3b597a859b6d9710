"""Plain text."""

from __future__ import annotations

from pathlib import Path

from extractors.readers.source import decode, title_of
from kgkit.facts import Document

__all__ = ["read_text"]


def read_text(path: Path, *, encoding: str = "utf-8") -> list[Document]:
    """Return a text file as one document, titled by its name; raises `ReadError`."""
    text = decode(path, encoding)
    return [Document(path.as_posix(), text, title_of(path))] if text.strip() else []
