"""The bytes of a file as text, and what every reader agrees on about text.

Text is normalised once, here, and `Document.text` is the truth for all offsets: newlines are
"\\n", every other kind of blank is " ", and byte order marks, soft hyphens and zero-width blanks
are gone.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from kgkit.errors import InputError, ReadError

__all__ = ["clean", "decode", "read_bytes", "title_of"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NEWLINE = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANK = re.compile("[\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile("[\xad\u200b\u2060\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file; raises `ReadError` when it is missing, unreadable or empty."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ReadError(
            f"{path} cannot be read ({reason}); check the path and its rights."
        ) from error
    if not data:
        raise ReadError(f"{path} is empty; remove it from the inputs.")
    return data


def decode(path: Path, encoding: str) -> str:
    """Return the normalised text of a file, of `encoding` unless a byte order mark says another.

    Raises `ReadError` for bytes that are not of the encoding, binary data and empty files, and
    `InputError` for an encoding that Python does not know.
    """
    data = read_bytes(path)
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return clean(_decode(path, data[len(mark) :], marked), path)
    return clean(_decode(path, data, encoding), path)


def clean(text: str, path: Path) -> str:
    """Return text as documents keep it; raises `ReadError` when it holds NUL, as binaries do."""
    at = text.find("\0")
    if at >= 0:
        raise ReadError(f"{path} holds a NUL at character {at}: it is binary; convert it to text.")
    text = _NEWLINE.sub("\n", text)
    if text.isascii():
        return text
    text = _INVISIBLE.sub("", _BLANK.sub(" ", text))
    return _SURROGATE.sub("\ufffd", text)


def title_of(path: Path) -> str:
    """Return the title that a file name gives.

    >>> title_of(Path("films/ridley_scott-bio.txt"))
    'ridley scott-bio'
    """
    return " ".join(path.stem.replace("_", " ").split())


def _decode(path: Path, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        byte = data[error.start : error.start + 1].hex()
        raise ReadError(
            f"{path} is not {encoding}: byte 0x{byte} at offset {error.start}; "
            f"convert it (iconv -f latin1 -t utf-8) or pass its encoding=."
        ) from error
    except LookupError as error:
        raise InputError(
            f"encoding={encoding!r} is not known; try 'utf-8' or 'latin-1'."
        ) from error
