"""Replies in a file of JSON lines: recorded once, played again for ever."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Lock

from kgkit.errors import ReadError

__all__ = ["Recording"]


class Recording:
    """A cache in a file, one reply a line, that people can read and keep beside their tests.

    Raises `ReadError` for a file that is no recording; a last line that was cut off when a
    process was killed is passed over.

    >>> import tempfile
    >>> place = Path(tempfile.mkdtemp()) / "replies.jsonl"
    >>> Recording(place).put("k", "fake", "yes", "")
    >>> Recording(place).get("k", "")
    'yes'
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._kept: dict[str, str] = {}
        self._lock = Lock()
        self.models: set[str] = set()
        if self.path.exists():
            self._load()

    def get(self, key: str, about: str) -> str | None:
        """Return what is kept under `key`, or None; the file keeps no document's id."""
        return self._kept.get(key)

    def put(self, key: str, model: str, reply: str, about: str) -> None:
        """Keep a reply, at the end of the file."""
        line = json.dumps({"key": key, "model": model, "reply": reply}, ensure_ascii=False)
        with self._lock:
            self._kept[key] = reply
            self.models.add(model)
            with self.path.open("a", encoding="utf-8") as file:
                file.write(line + "\n")

    def _load(self) -> None:
        text = self.path.read_text(encoding="utf-8")
        # Not splitlines: a reply may hold other characters that end a line.
        *lines, last = text.split("\n")
        for number, line in enumerate(lines, 1):
            match _decoded(line):
                case {"key": str(key), "model": str(model), "reply": str(reply)}:
                    self._kept[key] = reply
                    self.models.add(model)
                case _:
                    raise ReadError(
                        f"{self.path} is no recording: line {number} is {line[:60]!r}; expected a "
                        "JSON object with key, model and reply"
                    )
        if lines and last:  # so that the next reply begins a line
            self.path.write_text(text[: -len(last)], encoding="utf-8")
        elif last:
            raise ReadError(f"{self.path} is no recording: it holds no whole line")


def _decoded(line: str) -> object:
    try:
        return json.loads(line)
    except ValueError:
        return None
