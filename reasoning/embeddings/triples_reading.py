"""Reads a folder of benchmark triples, with the texts that lie beside them.

`train`, `valid` and `test` (`.txt` or `.tsv`, also with `.gz`) hold head, relation and tail in
three tab-separated columns without a header. Known beside them: `entity2text` (name),
`entity2textlong` (text; or a table with a header), `entity2wikidata` (header: label, description),
`entity2types` (header: type_label), `relation2text` (with or without a header).
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from kgkit.errors import ReadError
from reasoning.embeddings.triples import Triples, number

__all__ = ["read_triples"]

_ENDINGS = (".txt", ".tsv", ".txt.gz", ".tsv.gz")

#: First cells of lines that are headers and no rows.
_HEADERS = frozenset({"entity", "relation", "head"})


@dataclass(slots=True)
class _Said:
    """What the files say of entities and relations, by key."""

    names: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    types: dict[str, list[str]] = field(default_factory=dict)
    relations: dict[str, str] = field(default_factory=dict)


def read_triples(folder: Path) -> Triples:
    """Return the triples of a folder with what is said of their entities and relations.

    Raises `ReadError` for a folder without train triples, or a line that is no triple.
    """
    if _file(folder, "train") is None:
        raise ReadError(f"{folder} holds no train.txt; give a folder of tab-separated triples")
    parts = [list(_triples(folder, part)) for part in ("train", "valid", "test")]
    if not parts[0]:
        raise ReadError(f"train in {folder} holds no triple; give one of head, relation, tail")
    triples = number(*parts)
    said = _Said()
    _read_names(folder, said)
    _read_tables(folder, said)
    entities, relations = set(triples.entities), set(triples.relations)
    return replace(
        triples,
        names={key: name for key, name in said.names.items() if key in entities},
        texts={key: text for key, text in said.texts.items() if key in entities and text},
        types={key: tuple(kinds) for key, kinds in said.types.items() if key in entities},
        relation_texts={key: text for key, text in said.relations.items() if key in relations},
    )


def _read_names(folder: Path, said: _Said) -> None:
    """Read `entity2text` and `relation2text`. Where nearly all names hold a comma and no longer
    text lies beside, they are "lemma, gloss" as dictionaries have them."""
    rows = list(_rows(folder, "entity2text", 2))
    commas = sum(", " in text for _, text, *_ in rows)
    is_dictionary = commas > 0.9 * len(rows) and _file(folder, "entity2textlong") is None
    for key, text, *_ in rows:
        name, _, gloss = text.partition(", ") if is_dictionary else (text, "", "")
        said.names[key], said.texts[key] = name, gloss
    for key, text, *more in _rows(folder, "relation2text", 2):
        said.relations[key] = ": ".join([text, *filter(None, more)])


def _read_tables(folder: Path, said: _Said) -> None:
    """Read the longer texts and the types; short descriptions stand before long extracts."""
    for key, _, label, description, *_ in _rows(folder, "entity2wikidata", 4):
        said.names.setdefault(key, label)
        said.texts[key] = description
    for key, *cells in _rows(folder, "entity2textlong", 2):
        if len(cells) == 1:
            name, dashes, text = cells[0].partition(" -- ")
            said.texts[key] = _joined(said.texts.get(key, ""), text if dashes else name)
        else:
            said.names.setdefault(key, cells[0])
            said.texts[key] = _joined(*cells[2:])
    for key, _, label, *_ in _rows(folder, "entity2types", 3):
        said.types.setdefault(key, []).append(label)


def _joined(*texts: str) -> str:
    *before, last = [text for text in texts if text] or [""]
    return " ".join([*(text.rstrip(".") + "." for text in before), last])


def _triples(folder: Path, part: str) -> Iterator[tuple[str, str, str]]:
    path = _file(folder, part)
    if path is None:
        return
    for line, cells in enumerate(_cells(path), 1):
        if len(cells) != 3 or not all(cells):
            raise ReadError(
                f"line {line} of {path} has {len(cells)} columns; a triple has three: head, "
                "relation and tail, with tabs between"
            )
        yield cells[0], cells[1], cells[2]


def _rows(folder: Path, name: str, columns: int) -> Iterator[list[str]]:
    """Yield the rows of a file that may be missing, without its header, `columns` or more each."""
    path = _file(folder, name)
    for number_, cells in enumerate(_cells(path) if path else ()):
        if not (number_ == 0 and cells[0] in _HEADERS):
            yield cells + [""] * (columns - len(cells))


def _cells(path: Path) -> Iterator[list[str]]:
    try:
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(f"{path} cannot be read: {error}; fetch the file anew") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(f"{path} is no UTF-8 text: {error}; convert it first") from error
    for line in text.split("\n"):
        if stripped := line.rstrip("\r"):
            yield [cell.strip() for cell in stripped.split("\t")]


def _file(folder: Path, name: str) -> Path | None:
    for ending in _ENDINGS:
        path = folder / f"{name}{ending}"
        if path.is_file():
            return path
    return None
