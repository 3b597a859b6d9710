"""The JSON lines that kgkit exports, read back: documents, mentions, facts and their evidence.

Records refer to one another by id and stand in the order of their kinds, so all of them go to a
shelf first.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from extractors.base import Extraction
from extractors.imports.base import (
    Imported,
    ImportedDecision,
    ImportedDocument,
    ImportedRun,
    RefusedRow,
)
from extractors.imports.names import shown
from extractors.imports.shelf import Shelf
from extractors.imports.values import stated_literal
from kgkit import evidence as kinds
from kgkit.errors import InputError, ReadError
from kgkit.evidence import Evidence, TextEvidence
from kgkit.facts import (
    Chunk,
    Document,
    Entity,
    Fact,
    Literal,
    Mention,
    Modality,
    Polarity,
    Qualifier,
)

__all__ = ["read_records"]

_KINDS = ("chunk", "decision", "document", "entity", "fact", "form", "mention", "rejected", "run")
#: Decisions that what comes after them depends on, and the others in the order to make them in.
_FIRST = ("split",)
_LATER = ("merge", "forbid", "assert", "reject")
_EVIDENCE: Mapping[str, Callable[..., Evidence]] = {
    kind.kind: kind
    for kind in (
        kinds.TextEvidence,
        kinds.ModelEvidence,
        kinds.RuleEvidence,
        kinds.PredictionEvidence,
        kinds.ImportEvidence,
        kinds.PersonEvidence,
    )
}
#: What returns the record of an entity by its id.
_Named = Callable[[str], Mapping[str, Any]]
#: What a record that was edited may make of reading it.
_BROKEN = (KeyError, TypeError, ValueError, IndexError, AttributeError)


def read_records(path: Path) -> Iterator[Imported]:
    """Yield the documents, facts and decisions of JSON lines that kgkit exported.

    Everything rests on what it rested on there, and documents count as read by the extractor
    that read them. Raises `ReadError` for what is no such file.
    """
    with Shelf() as shelf:
        yield from _fill(shelf, path)
        yield from _all(shelf, path, "decision", _decided(_FIRST))
        yield from _all(shelf, path, "document", _document)
        yield from _all(shelf, path, "fact", _rest)
        for kind in _LATER:
            yield from _all(shelf, path, "decision", _decided((kind,)))
        yield from _all(shelf, path, "decision", _decided((), besides=(*_FIRST, *_LATER)))


def _all(
    shelf: Shelf, path: Path, kind: str, read: Callable[[Shelf, str], Imported | list[Imported]]
) -> Iterator[Imported]:
    """Yield what is read of the records of a kind, and what of them is no such record."""
    for id in shelf.keys(kind):
        try:
            found = read(shelf, id)
        except (InputError, *_BROKEN) as error:
            reason = f"it is no {kind} of an export ({error!r}); export it anew"
            yield RefusedRow(path.as_posix(), id, reason)
            continue
        yield from found if isinstance(found, list) else [found]


def _fill(shelf: Shelf, path: Path) -> Iterator[RefusedRow]:
    """Put every record on the shelf, and what is part of a document under that as well."""
    for number, line in _lines(path):
        try:
            record = json.loads(line)
            kind, id = record["kind"], str(record["id"])
            if kind not in _KINDS:
                raise KeyError(kind)
            if kind == "rejected":  # a fact like any other, until it is rejected again
                kind = "fact"
            shelf.put(kind, id, record)
            if kind in ("chunk", "mention"):
                shelf.put(f"{kind} in", record["document"], record)
            elif kind == "form":
                shelf.put("form of", record["fact"], record)
            elif kind == "fact":
                texts = [piece[1] for piece in record["evidence"] if piece[0] == "text"]
                for document_id in dict.fromkeys(texts):
                    shelf.put("fact in", document_id, id)
        except (*_BROKEN, RecursionError) as error:
            if number == 1:
                raise ReadError(f"{path} begins with no record of a kgkit export") from error
            reason = f"it is {shown(line)}; expected a record of a kgkit export"
            yield RefusedRow(path.as_posix(), str(number), reason)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            yield from enumerate(file, 1)
    except (OSError, UnicodeError) as error:
        raise ReadError(f"{path} cannot be read ({error}); export it anew") from error


def _document(shelf: Shelf, id: str) -> ImportedDocument:
    record = shelf.first("document", id)
    text = record["text"]
    document = Document(
        record["uri"], text, record["title"], record["media_type"], record["metadata"]
    )
    if document.id != id:
        raise InputError("its text is not the one that its id is of")
    chunks = [_chunk(part, text) for part in shelf.get("chunk in", id)]
    mentions = tuple(_mention(part) for part in shelf.get("mention in", id))
    facts = []
    for fact_id in shelf.get("fact in", id):
        for fact in _forms(shelf, fact_id):
            own = [e for e in fact.evidence if isinstance(e, TextEvidence) and e.document_id == id]
            facts += [fact.with_evidence(*own)] if own else []
    run = shelf.first("run", record["run"])
    return ImportedDocument(
        document,
        tuple(sorted(chunks, key=lambda chunk: chunk.ordinal)),
        Extraction(mentions, tuple(facts)),
        ImportedRun(run["extractor"], run["version"], run["parameters"], run["seed"]),
    )


def _chunk(record: Mapping[str, Any], text: str) -> Chunk:
    start, end = record["start"], record["end"]
    spans = tuple((first, last) for first, last in record["sentences"])
    return Chunk(record["document"], record["ordinal"], start, end, text[start:end], spans)


def _mention(record: Mapping[str, Any]) -> Mention:
    entity = Entity(record["key"], record["name"], record["type"])
    place = (record["document"], record["chunk"], record["start"], record["end"])
    return Mention(*place, record["text"], entity, record["score"], record["said_by"])


def _rest(shelf: Shelf, id: str) -> list[Imported]:
    """Return a fact, in each of its forms, with what it rests on beside the texts."""
    found: list[Imported] = []
    for fact in _forms(shelf, id):
        beside = [piece for piece in fact.evidence if not isinstance(piece, TextEvidence)]
        found += [fact.with_evidence(*beside)] if beside else []
    return found


def _decided(
    kinds: Sequence[str], *, besides: Sequence[str] = ()
) -> Callable[[Shelf, str], list[Imported]]:
    """Return what reads a decision of one of these kinds, or of any but those `besides`."""

    def read(shelf: Shelf, id: str) -> list[Imported]:
        record = shelf.first("decision", id)
        kind = record.get("decision", "") if kinds else record["decision"]
        if kind not in kinds and (kind in besides or not besides):
            return []
        by = record.get("who", ""), record.get("when", "")
        return [ImportedDecision(kind, tuple(record["about"]), *by, id)]

    return read


def _forms(shelf: Shelf, id: str) -> list[Fact]:
    """Return a fact as its sources gave it: several where merges made one of them."""
    forms = shelf.get("form of", id)
    if not forms:
        return [_fact(shelf.first("fact", id), lambda own: shelf.first("entity", own))]
    return [_fact(form, form["entities"].__getitem__) for form in forms]


def _fact(record: Mapping[str, Any], named: _Named) -> Fact:
    return Fact(
        _entity(named, record["head"]),
        record["relation"],
        _value(named, record["tail"]),
        tuple(Qualifier(role, _value(named, value)) for role, value in record["qualifiers"]),
        Polarity(record["polarity"]),
        Modality(record["modality"]),
        record["predicate"],
        tuple(map(_evidence, record["evidence"])),
    )


def _value(named: _Named, record: Mapping[str, Any]) -> Entity | Literal:
    if "entity" in record:
        return _entity(named, record["entity"])
    unit = record["unit"] or None
    return stated_literal(record["value"], record["datatype"], unit, record["text"])


def _entity(named: _Named, id: str) -> Entity:
    record = named(id)
    return Entity(id, record["name"], record["type"], tuple(record["aliases"]))


def _evidence(record: list[Any]) -> Evidence:
    kind, *fields = record
    return _EVIDENCE[kind](*(tuple(x) if isinstance(x, list) else x for x in fields))
