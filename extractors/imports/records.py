"""The JSON lines that kgkit exports, read back: documents, mentions, facts and their evidence.

Records refer to one another by id and stand in the order of their kinds, so all of them go to a
shelf first.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
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

_KINDS = ("chunk", "decision", "document", "entity", "fact", "mention", "run")
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
#: What a record that was edited may make of reading it.
_BROKEN = (KeyError, TypeError, ValueError, IndexError, AttributeError)


def read_records(path: Path) -> Iterator[Imported]:
    """Yield the documents, facts and decisions of JSON lines that kgkit exported.

    Everything rests on what it rested on there, and documents count as read by the extractor
    that read them. Raises `ReadError` for what is no such file.
    """
    with Shelf() as shelf:
        yield from _fill(shelf, path)
        for kind, read in (("document", _document), ("fact", _rest), ("decision", _decision)):
            for id in shelf.keys(kind):
                try:
                    found = read(shelf, id)
                except (InputError, *_BROKEN) as error:
                    reason = f"it is no {kind} of an export ({error!r}); export it anew"
                    yield RefusedRow(path.as_posix(), id, reason)
                    continue
                if found is not None:
                    yield found


def _fill(shelf: Shelf, path: Path) -> Iterator[RefusedRow]:
    """Put every record on the shelf, and what is part of a document under that as well."""
    for number, line in _lines(path):
        try:
            record = json.loads(line)
            kind, id = record["kind"], str(record["id"])
            if kind not in _KINDS:
                raise KeyError(kind)
            shelf.put(kind, id, record)
            if kind in ("chunk", "mention"):
                shelf.put(f"{kind} in", record["document"], record)
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
        fact = _fact(shelf, fact_id)
        own = (e for e in fact.evidence if isinstance(e, TextEvidence) and e.document_id == id)
        facts.append(fact.with_evidence(*own))
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


def _rest(shelf: Shelf, id: str) -> Fact | None:
    """Return a fact with what it rests on beside the texts, or None where that is nothing."""
    fact = _fact(shelf, id)
    beside = [piece for piece in fact.evidence if not isinstance(piece, TextEvidence)]
    return fact.with_evidence(*beside) if beside else None


def _decision(shelf: Shelf, id: str) -> ImportedDecision:
    record = shelf.first("decision", id)
    by = record.get("who", ""), record.get("when", "")
    return ImportedDecision(record["decision"], tuple(record["about"]), *by, id)


def _fact(shelf: Shelf, id: str) -> Fact:
    record = shelf.first("fact", id)
    return Fact(
        _entity(shelf, record["head"]),
        record["relation"],
        _value(shelf, record["tail"]),
        tuple(Qualifier(role, _value(shelf, value)) for role, value in record["qualifiers"]),
        Polarity(record["polarity"]),
        Modality(record["modality"]),
        record["predicate"],
        tuple(map(_evidence, record["evidence"])),
    )


def _value(shelf: Shelf, record: Mapping[str, Any]) -> Entity | Literal:
    if "entity" in record:
        return _entity(shelf, record["entity"])
    unit = record["unit"] or None
    return stated_literal(record["value"], record["datatype"], unit, record["text"])


def _entity(shelf: Shelf, id: str) -> Entity:
    record = shelf.first("entity", id)
    return Entity(id, record["name"], record["type"], tuple(record["aliases"]))


def _evidence(record: list[Any]) -> Evidence:
    kind, *fields = record
    return _EVIDENCE[kind](*(tuple(x) if isinstance(x, list) else x for x in fields))
