"""The OpenIE file of HippoRAG: passages with the triples that a language model read in them.

One JSON object with a list `docs`, or that list alone. Each item has `idx`, `passage`,
`extracted_entities` and `extracted_triples`; files that call these `id`, `text`, `entities` and
`triples` are read too. Without a passage its triples rest on their row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from extractors.imports.base import Imported, RefusedRow
from extractors.imports.jsonstream import iterate_items
from extractors.imports.names import entity_of, relation_name, shown, words
from extractors.imports.texts import Ground
from extractors.readers.source import clean
from kgkit.errors import InputError
from kgkit.evidence import ImportEvidence
from kgkit.facts import Document, Fact

__all__ = ["read_hipporag"]


def read_hipporag(path: Path, *, score: float = 0.9) -> Iterator[Imported]:
    """Yield the passages with their triples, and what is no triple as refused rows.

    `score` in [0, 1] is how far the model that read them is trusted. Raises `ReadError` for a
    file that is no JSON of this shape.
    """
    taken: set[str] = set()
    for number, item in enumerate(iterate_items(path, "docs")):
        source = path.as_posix()
        if not isinstance(item, Mapping):
            yield RefusedRow(source, str(number), f"it is {shown(item)}; expected an object")
            continue
        own = str(_first(item, "idx", "id", default=number))
        # Two passages of one address would replace one another.
        own = own if own not in taken else f"{own}#{number}"
        taken.add(own)
        yield from _passage(path, own, item, score)


def _passage(path: Path, own: str, item: Mapping[str, Any], score: float) -> Iterator[Imported]:
    source = path.as_posix()
    try:
        ground = _ground(path, own, item, score)
    except InputError as error:
        yield RefusedRow(source, own, str(error))
        return
    for place, triple in enumerate(_list(item, "extracted_triples", "triples")):
        row = ImportEvidence(source, f"{own} triple {place}", score)
        try:
            fact = _fact(triple)
        except InputError as error:
            yield RefusedRow(source, row.row, str(error))
            continue
        if ground is None:
            yield fact.with_evidence(row)
        else:
            ground.add(fact, row, ground.locate(""))
    if ground is None:
        return
    for name in _list(item, "extracted_entities", "entities"):
        try:
            ground.mention(entity_of(name), ground.locate(""))
        except InputError as error:
            yield RefusedRow(source, own, str(error))
    yield ground.finish()


def _ground(path: Path, own: str, item: Mapping[str, Any], score: float) -> Ground | None:
    text = _first(item, "passage", "text", default="")
    if not isinstance(text, str):
        raise InputError(f"its passage is {shown(text)}; expected text")
    text = clean(text, path)
    if not text.strip():
        return None
    # HippoRAG puts the title of a passage on a line of its own before it.
    first, _, rest = text.partition("\n")
    title = words(item.get("title") or (first if rest and len(first) <= 100 else ""))
    return Ground(Document(f"{path.as_posix()}#{own}", text, title), "hipporag", score)


def _fact(triple: object) -> Fact:
    if not isinstance(triple, list) or len(triple) != 3:
        raise InputError(f"{shown(triple)} is no triple; expected [head, relation, tail]")
    head, relation, tail = triple
    predicate = words(relation)
    return Fact(entity_of(head), relation_name(predicate), entity_of(tail), predicate=predicate)


def _list(item: Mapping[str, Any], *names: str) -> list[Any]:
    found = _first(item, *names, default=[])
    return found if isinstance(found, list) else [found]


def _first(item: Mapping[str, Any], *names: str, default: Any) -> Any:
    return next((item[name] for name in names if item.get(name) is not None), default)
