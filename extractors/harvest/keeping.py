"""What a harvest has found so far, in a file, so that one that was interrupted goes on.

The file is JSON Lines: for each harvest a line that says what was asked, one for each fact in the
order of finding, and one that says that nothing more is to come. A line that was cut off by a
crash is dropped. A harvest that goes on writes the same bytes as one that never stopped.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from extractors.harvest.kept_facts import fact_from, fact_to
from kgkit.errors import ReadError
from kgkit.facts import Fact

__all__ = ["Keeping", "Kept"]


@dataclass(slots=True)
class Kept:
    """The facts that one harvest gave, and whether it came to its end."""

    facts: list[Fact] = field(default_factory=list)
    is_complete: bool = False


class Keeping:
    """A file that keeps the facts of any number of harvests, one after the other.

    Raises `ReadError` for a file that is something else.
    """

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        self._kept: dict[str, Kept] = {}
        self._last = ""
        self._read()

    def kept(self, key: str) -> Kept:
        """Return what is kept under the key of a harvest; empty where it has not begun."""
        return self._kept.get(key, Kept())

    def keep(self, key: str, found: Iterable[Fact]) -> Iterator[Fact]:
        """Yield the facts of a harvest, those that are kept first, and keep the others.

        `found` yields all of them in the same order as before; of a harvest that is complete it is
        not asked at all.
        """
        kept = self._kept.setdefault(key, Kept())
        yield from tuple(kept.facts)
        if kept.is_complete:
            return
        done = len(kept.facts)
        for place, fact in enumerate(found):
            if place < done:
                continue
            self._write(key, {"fact": fact_to(fact)})
            kept.facts.append(fact)
            yield fact
        kept.is_complete = True
        self._write(key, {"end": len(kept.facts)})

    def _write(self, key: str, line: Mapping[str, object]) -> None:
        lines = [line] if key == self._last else [{"harvest": key}, line]
        self._last = key
        with self._path.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(each, ensure_ascii=False) + "\n" for each in lines)

    def _read(self) -> None:
        if not self._path.exists():
            return
        data = self._path.read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        for number, raw in enumerate(whole.splitlines(), 1):
            self._take(_parsed(self._path, number, raw), number)
        if len(whole) < len(data):  # the last line was cut off
            self._path.write_bytes(whole)

    def _take(self, line: dict[str, object], number: int) -> None:
        match line:
            case {"harvest": str(key)}:
                self._last = key
                self._kept.setdefault(key, Kept())
            case {"fact": dict(fact)} if self._last:
                self._kept[self._last].facts.append(fact_from(fact))
            case {"end": int()} if self._last:
                self._kept[self._last].is_complete = True
            case _:
                raise _strange(self._path, number)


def _parsed(path: Path, number: int, raw: bytes) -> dict[str, object]:
    try:
        line = json.loads(raw)
    except ValueError as error:
        raise _strange(path, number) from error
    if not isinstance(line, dict):
        raise _strange(path, number)
    return line


def _strange(path: Path, number: int) -> ReadError:
    return ReadError(
        f"line {number} of {path} was not written by a harvest; give a file of an earlier harvest "
        "or one that is not there yet"
    )
