"""Tables and JSON: one document a row, object or line.

A record with a `text`, `content` or `body` field is that text, titled by its `title`; its other
fields become metadata. Any other record is written out, one "field: value." a line. A record
with an `id` is addressed as `path#ID`, else as `path#row=N`, counted from 1.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from io import StringIO
from pathlib import Path
from types import MappingProxyType
from typing import Any

from extractors.readers.source import clean, decode, title_of
from kgkit.errors import ReadError
from kgkit.facts import Document

__all__ = ["read_csv", "read_json", "read_jsonl", "read_tsv"]

_TEXT = ("text", "content", "body")


def read_csv(path: Path, *, encoding: str = "utf-8") -> list[Document]:
    """Return the rows of a table with a header, told apart by the header's commonest of , ; tab |.

    Raises `ReadError` when a row has more cells than the header, or quotes are left open.
    """
    text = decode(path, encoding)
    header = text.split("\n", 1)[0]
    return _table(path, text, max(",;\t|", key=header.count))


def read_tsv(path: Path, *, encoding: str = "utf-8") -> list[Document]:
    """Return the rows of a tab-separated table with a header; raises `ReadError`."""
    return _table(path, decode(path, encoding), "\t")


def read_json(path: Path, *, encoding: str = "utf-8") -> list[Document]:
    """Return an object as one document and a list as one a member; raises `ReadError`."""
    value = _loads(path, decode(path, encoding), line=0)
    if isinstance(value, list):
        return _documents(path, value, "application/json")
    unnamed = f"{path.as_posix()}#row=1"
    return [
        replace(document, uri=path.as_posix(), title=document.title or title_of(path))
        if document.uri == unnamed
        else document
        for document in _documents(path, [value], "application/json")
    ]


def read_jsonl(path: Path, *, encoding: str = "utf-8") -> list[Document]:
    """Return one document a line; raises `ReadError` that names a line which is no JSON."""
    lines = decode(path, encoding).split("\n")
    values = [_loads(path, line, n) for n, line in enumerate(lines, 1) if line.strip()]
    return _documents(path, values, "application/x-ndjson")


def _table(path: Path, text: str, delimiter: str) -> list[Document]:
    limit = csv.field_size_limit(len(text) + 1)
    rows = csv.DictReader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        records = list(rows)
    except csv.Error as error:
        raise ReadError(
            f"{path}, line {rows.line_num}, is no table row ({error}); mend it."
        ) from error
    finally:
        csv.field_size_limit(limit)
    for number, record in enumerate(records, 1):
        if None in record:
            raise ReadError(
                f"{path}, row {number}, has more cells than the header; quote or mend it."
            )
    return _documents(path, records, "text/csv")


def _loads(path: Path, text: str, line: int) -> Any:
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        where = f"{path}, line {line}," if line else f"{path}"
        raise ReadError(f"{where} is no JSON ({error}); mend it.") from error


def _documents(path: Path, values: Iterable[Any], media_type: str) -> list[Document]:
    documents = []
    taken: set[str] = set()
    for number, value in enumerate(values, 1):
        record = value if isinstance(value, dict) else {"text": _shown(value)}
        fields = {str(key).strip().lower(): _shown(cell).strip() for key, cell in record.items()}
        fields = {key: clean(cell, path) for key, cell in fields.items() if cell}
        address = f"{path.as_posix()}#{fields.pop('id', f'row={number}')}"
        # Two records of one address would replace one another.
        if address in taken:
            address = f"{path.as_posix()}#row={number}"
        taken.add(address)
        document = _document(address, fields, media_type)
        if document.text:
            documents.append(document)
    return documents


def _document(address: str, fields: dict[str, str], media_type: str) -> Document:
    column = next((name for name in _TEXT if name in fields), None)
    if column is None:
        text = "\n".join(f"{key}: {cell.rstrip('.')}." for key, cell in fields.items())
        return Document(address, text, fields.get("title", ""), media_type)
    text, title = fields.pop(column), fields.pop("title", "")
    return Document(address, text, title, media_type, MappingProxyType(fields))


def _shown(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(filter(None, map(_shown, value)))
        case Mapping():
            pairs = ((str(key), _shown(inner)) for key, inner in value.items())
            return "; ".join(f"{key} {inner}" for key, inner in pairs if inner)
        case _:
            return str(value)
