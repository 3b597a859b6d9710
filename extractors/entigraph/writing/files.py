"""A corpus as a file: JSON lines with provenance, chat messages, plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import orjson

from extractors.entigraph.corpus import Corpus
from extractors.entigraph.text import Text
from extractors.entigraph.writing.messages import messages
from kgkit.errors import InputError, ReadError

__all__ = ["read_texts", "write_corpus", "write_texts"]


def write_corpus(corpus: Corpus, path: Path, format: str = "auto") -> Path:
    """Write a corpus; raises `InputError` for an unknown format (see `Corpus.write`)."""
    return write_texts(corpus.texts, path, format, names=corpus.names)


def write_texts(
    texts: Iterable[Text],
    path: Path,
    format: str = "auto",
    *,
    names: Mapping[str, str] | None = None,
) -> Path:
    """Write texts one after the other; `names` of entities are for opening questions of chats.

    Raises `InputError` for a format that is none of "jsonl", "chat", "text" and "auto", and where
    the folder is not there.
    """
    chosen = _told_by(path) if format == "auto" else format
    if chosen not in _LINES:
        raise InputError(f"{format!r} is no format; expected {', '.join(_LINES)} or auto")
    if not path.parent.is_dir():
        raise InputError(f"the folder of {str(path)!r} is not there; make it first")
    line = _LINES[chosen]
    half = path.with_name(f"{path.name}.part")
    with half.open("wb") as file:
        for text in texts:
            file.write(line(text, names or {}))
    return half.replace(path)


def read_texts(path: Path) -> Iterator[Text]:
    """Yield the texts of a "jsonl" file. Raises `ReadError` for a line that is none."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            yield _read(line, path, number)


def _read(line: bytes, path: Path, number: int) -> Text:
    try:
        return Text.from_dict(orjson.loads(line))
    except (ValueError, KeyError, TypeError) as error:
        raise ReadError(
            f"line {number} of {str(path)!r} is no text of a corpus; expected what "
            "corpus.write('name.jsonl') gives"
        ) from error


def _told_by(path: Path) -> str:
    if path.name.endswith(".chat.jsonl"):
        return "chat"
    return "text" if path.suffix == ".txt" else "jsonl"


def _as_record(text: Text, names: Mapping[str, str]) -> bytes:
    return orjson.dumps(text.to_dict()) + b"\n"


def _as_chat(text: Text, names: Mapping[str, str]) -> bytes:
    return orjson.dumps({"id": text.id, "messages": messages(text, names)}) + b"\n"


def _as_text(text: Text, names: Mapping[str, str]) -> bytes:
    return f"{text.text}\n\n".encode()


_LINES: dict[str, Callable[[Text, Mapping[str, str]], bytes]] = {
    "jsonl": _as_record,
    "chat": _as_chat,
    "text": _as_text,
}
