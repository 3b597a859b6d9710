"""What the caller named, files, folders and patterns, as the files to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from extractors.readers.registry import formats
from kgkit.errors import InputError

__all__ = ["find_inputs"]


def find_inputs(inputs: Iterable[str | Path]) -> list[Path]:
    """Return the files that files, folders and glob patterns name, sorted, each once.

    Folders are searched recursively for files of known formats; names that begin with a dot are
    left out, and links to folders are not followed. A file that is named itself is always
    returned. Raises `InputError` when an input does not exist, matches nothing or holds no file
    of a known format.
    """
    found: set[Path] = set()
    for given in inputs:
        files = _files(given)
        if not files:
            raise InputError(_nothing(given))
        found.update(files)
    if not found:
        raise InputError(
            "No input was given; name a file, a folder or a pattern such as notes/*.md."
        )
    return sorted(found, key=lambda path: path.as_posix())


def _files(given: str | Path) -> list[Path]:
    path = Path(given).expanduser()
    if path.is_dir():
        return list(_walk(path))
    if path.exists():
        return [path]
    if not _is_pattern(str(path)):
        return []
    files: list[Path] = []
    for match in _matches(path):
        files.extend(_walk(match) if match.is_dir() else [match])
    return files


def _matches(pattern: Path) -> Iterator[Path]:
    relative = pattern.relative_to(pattern.anchor) if pattern.anchor else pattern
    matches = Path(pattern.anchor).glob(relative.as_posix())
    shown = sum(part.startswith(".") for part in pattern.parts)
    return (match for match in matches if sum(p.startswith(".") for p in match.parts) <= shown)


def _walk(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise InputError(
            f"{folder} cannot be listed ({error.strerror}); check its rights."
        ) from error
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk(entry)
        elif entry.is_file() and entry.suffix[1:].lower() in formats():
            yield entry


def _is_pattern(text: str) -> bool:
    return any(character in text for character in "*?[")


def _nothing(given: str | Path) -> str:
    path = Path(given).expanduser()
    if path.is_dir():
        return f"{given} holds no file of a known format ({', '.join(formats())}); add some."
    if _is_pattern(str(path)):
        return f"{given} matches no file; check the pattern and the folder it starts from."
    return f"{given} does not exist; check the path."
