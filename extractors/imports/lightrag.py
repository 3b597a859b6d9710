"""The working folder of LightRAG: its GraphML, and its texts from the JSON key-value stores.

`graph_chunk_entity_relation.graphml` holds entities and relationships with the ids of the chunks
that they were read in, `kv_store_text_chunks.json` the chunks, `kv_store_full_docs.json` the
documents; the latter two are used where they are there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from extractors.imports.base import Imported, RefusedRow
from extractors.imports.graphml import GraphmlItem, iterate_graphml
from extractors.imports.jsonstream import iterate_members
from extractors.imports.names import shown, words
from extractors.imports.units import Statement, TextUnits
from extractors.readers.source import clean
from kgkit.errors import InputError, ReadError
from kgkit.facts import Document

__all__ = ["read_lightrag"]

#: What LightRAG joins several values of one field with.
_SEPARATOR = "<SEP>"
_CHUNKS = "kv_store_text_chunks.json"
_DOCUMENTS = "kv_store_full_docs.json"


def read_lightrag(path: Path, *, score: float = 0.9) -> Iterator[Imported]:
    """Yield the documents with what was read in them, and refused records.

    `path` is the folder or the GraphML file in it. An entity's descriptions are facts of it; a
    relationship is RELATED_TO with its description as predicate and its weight as qualifier; its
    ends are in the order of the file, as LightRAG keeps no direction. `score` in [0, 1] is how far
    the model that read them is trusted. Raises `ReadError` without a GraphML file.
    """
    graph, folder = _graph(path), path if path.is_dir() else path.parent
    with TextUnits(graph.as_posix(), "lightrag", score) as units:
        if (folder / _CHUNKS).is_file():
            yield from _chunks(units, folder / _CHUNKS)
        for number, item in enumerate(iterate_graphml(graph), 1):
            try:
                yield from _statements(units, item, number)
            except InputError as error:
                yield RefusedRow(graph.as_posix(), str(number), str(error))
        if (folder / _DOCUMENTS).is_file():
            yield from _documents(units, folder / _DOCUMENTS)
        yield from units.take_rest()


def _graph(path: Path) -> Path:
    if path.is_file():
        return path
    found = sorted(path.glob("*.graphml"))
    if not found:
        raise ReadError(f"{path} holds no .graphml file; expected LightRAG's working folder")
    return found[0]


def _chunks(units: TextUnits, path: Path) -> Iterator[Imported]:
    for id, record in iterate_members(path):
        try:
            text = _text(record, path)
        except InputError as error:
            yield RefusedRow(path.as_posix(), id, str(error))
            continue
        units.put_unit(words(id), words(record.get("full_doc_id") or ""), text)


def _documents(units: TextUnits, path: Path) -> Iterator[Imported]:
    for id, record in iterate_members(path):
        try:
            text = _text(record, path)
        except InputError as error:
            yield RefusedRow(path.as_posix(), id, str(error))
            continue
        title = Path(words(record.get("file_path") or "")).name
        if text.strip():
            yield units.take(Document(f"{path.as_posix()}#{words(id)}", text, title), words(id))


def _text(record: Any, path: Path) -> str:
    content = record.get("content") if isinstance(record, Mapping) else None
    if not isinstance(content, str):
        raise InputError(f"it is {shown(record)}; expected an object with text as its content")
    return clean(content, path)


def _statements(units: TextUnits, item: GraphmlItem, number: int) -> Iterator[Imported]:
    chunks = [words(id) for id in item.data.get("source_id", "").split(_SEPARATOR)]
    said = [_name(part) for part in item.data.get("description", "").split(_SEPARATOR)]
    said = list(dict.fromkeys(filter(None, said)))
    head, tail = _name(item.source), _name(item.target)
    if item.target:
        types = units.type_of(head), units.type_of(tail)
        about, weight = " ".join(said), _weight(item.data.get("weight", ""))
        statement = Statement(
            head, types[0], "RELATED_TO", tail, types[1], f"edge {number}", about, weight
        )
        yield from units.put(statement, chunks)
        return
    kind = _name(item.data.get("entity_type", "")) or "Thing"
    units.put_type(head, kind)
    for text in said or [head]:
        relation = "DESCRIPTION" if said else "LABEL"
        statement = Statement(head, kind, relation, text, None, f"node {number}")
        yield from units.put(statement, chunks)


def _name(text: str) -> str:
    # Its first versions kept the quotes that the model wrote.
    return words(text).strip('"').strip()


def _weight(text: str) -> float | None:
    try:
        weight = float(text)
    except ValueError:
        return None
    return weight if math.isfinite(weight) else None
