"""Building: read -> split -> extract -> record, one transaction a document.

The ledger is the truth, so a build that was killed goes on where it stopped: documents that the
same extractor has recorded are passed over, and the projections follow from their watermarks. An
extractor that keeps notes of a document is given them back when the document has changed.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.base import Calling, Rereader
from extractors.chunks import split
from extractors.readers import find_inputs, read
from kgkit.errors import InputError, KgkitError
from kgkit.facts import Chunk, Document
from kgkit.ids import content_id
from kgkit.models.lm.failures import CallError
from kgkit.models.parallel import spread
from kgkit.rejections import keep_rejections
from kgkit.report import BuildReport, InputStatus, Progress, ProgressEvent, Status

if TYPE_CHECKING:
    from extractors.base import Extraction, Extractor
    from kgkit.models.lm import Estimate
    from kgkit.projections import Projections
    from stores.ledger import Ledger

__all__ = ["build", "estimate"]

_Source = str | Path | Document

#: Characters of the longest text: a document is one transaction and is held in memory.
_LONGEST = 10_000_000


@dataclass(frozen=True, slots=True)
class _Work:
    """A document of input number `place` on its way, or why that input cannot be read."""

    place: int
    document: Document | None = None
    error: str | None = None
    chunks: Sequence[Chunk] = ()
    found: Extraction | None = None


def build(
    ledger: Ledger,
    extractor: Extractor,
    sources: Iterable[_Source],
    projections: Projections,
    *,
    progress: Progress | None = None,
) -> BuildReport:
    """Record every source in the ledger, project it and report each one's status.

    Documents are extracted side by side and recorded in order, so that the same input gives the
    same ledger. A file that cannot be read is reported as failed and skipped; nothing that
    others said is lost. Raises `InputError` when a pattern or folder holds no input at all.
    """
    began = time.perf_counter()
    run_id = ledger.add_run(extractor.name, extractor.version, {}, 0)
    inputs = list(_inputs(sources))
    parts: list[list[InputStatus]] = [[] for _ in inputs]
    # The graph store starts a machine of its own, which takes seconds.
    with projections.opening():
        for work in spread(partial(_extract, ledger, extractor, run_id), _read(inputs)):
            parts[work.place].append(_record(ledger, extractor, work, run_id))
            if progress is not None:
                name = _path(inputs[work.place])
                progress(ProgressEvent("extract", work.place + 1, len(inputs), name))
    projections.follow(progress)
    statuses = tuple(_joined(_path(i), own) for i, own in zip(inputs, parts, strict=True))
    return BuildReport(statuses, seconds=time.perf_counter() - began)


def estimate(extractor: Extractor, sources: Iterable[_Source], *, sample: int = 0) -> Estimate:
    """Return what reading the sources would use of a language model; nothing is recorded.

    Sources that cannot be read are passed over. Raises `InputError` for an extractor that asks
    no model.
    """
    if not isinstance(extractor, Calling):
        raise InputError(
            f"the extractor {extractor.name!r} asks no language model, so nothing is to be paid: "
            "build, or give one that does, such as 'llm:openai:MODEL'"
        )
    works = (work for work in _read(list(_inputs(sources))) if not work.error)
    return extractor.estimate((w.document for w in works if w.document), sample=sample)


def _inputs(sources: Iterable[_Source]) -> Iterator[Path | Document]:
    for source in sources:
        if isinstance(source, Document):
            yield source
        else:
            yield from find_inputs([source])


def _path(source: Path | Document) -> str:
    return source.uri if isinstance(source, Document) else source.as_posix()


def _read(inputs: Iterable[Path | Document]) -> Iterator[_Work]:
    for place, source in enumerate(inputs):
        try:
            documents = [source] if isinstance(source, Document) else read(source)
        except KgkitError as error:
            yield _Work(place, error=str(error))
        else:
            yield from (_Work(place, document, _unfit(document)) for document in documents)


def _unfit(document: Document) -> str | None:
    """Return why a document cannot be recorded, or None."""
    try:
        _ = document.id
    except KgkitError as error:
        return f"{document.uri}: {error}"
    if len(document.text) <= _LONGEST:
        return None
    return (
        f"{document.uri} is one text of {len(document.text):,} characters; a document may "
        f"have {_LONGEST:,}: split it into several files."
    )


def _extract(ledger: Ledger, extractor: Extractor, run_id: str, work: _Work) -> _Work:
    document = work.document
    if document is None or work.error or ledger.has_document(document.id, run_id):
        return work
    chunks = split(document)
    try:
        found = _found(ledger, extractor, document, chunks)
    except CallError as error:
        return replace(work, error=str(error))
    return replace(work, chunks=chunks, found=found)


def _found(
    ledger: Ledger, extractor: Extractor, document: Document, chunks: Sequence[Chunk]
) -> Extraction:
    if not isinstance(extractor, Rereader):
        return extractor.extract(document, chunks)
    notes = _earlier_notes(ledger, extractor, document.uri)
    return extractor.extract_again(document, chunks, notes)


def _earlier_notes(ledger: Ledger, extractor: Extractor, uri: str) -> str:
    """Return what the extractor noted of the document that is at an address now."""
    keys = (_notes_key(extractor, id) for id in ledger.document_ids(uri))
    return next(filter(None, map(ledger.cached_call, keys)), "")


def _notes_key(extractor: Extractor, document_id: str) -> str:
    return content_id("notes", extractor.name, extractor.version, document_id)


def _record(ledger: Ledger, extractor: Extractor, work: _Work, run_id: str) -> InputStatus:
    if work.document is None or work.error:
        return InputStatus("", "failed", error=work.error)
    if work.found is None:
        return InputStatus("", "unchanged", documents=1)
    facts = work.found.facts
    keep_rejections(ledger, run_id, work.document.id, work.found.rejected)
    ledger.add_document(work.document, work.chunks, work.found.mentions, facts, run_id)
    if work.found.notes:
        id, made_by = work.document.id, f"{extractor.name}/{extractor.version}"
        ledger.store_call(_notes_key(extractor, id), made_by, id, work.found.notes, id)
    return InputStatus("", "built", documents=1, chunks=len(work.chunks), facts=len(facts))


def _joined(path: str, parts: list[InputStatus]) -> InputStatus:
    """Return one status for a file that held several documents: the worst of theirs."""
    statuses = {part.status for part in parts}
    errors = [part.error for part in parts if part.error]
    worst: Status = "unchanged" if statuses == {"unchanged"} else "built"
    return InputStatus(
        path,
        "failed" if errors else worst,
        documents=len(parts) - len(errors),
        chunks=sum(part.chunks for part in parts),
        facts=sum(part.facts for part in parts),
        error=" ".join(errors) or None,
    )
