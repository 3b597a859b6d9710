"""Building: read -> split -> extract -> record, one transaction a document.

The ledger is the truth, so a build that was killed goes on where it stopped: documents that the
same extractor has recorded are passed over, and the projections follow from their watermarks.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.chunks import split
from extractors.readers import find_inputs, read
from kgkit.errors import InputError, KgkitError
from kgkit.facts import Document
from kgkit.report import BuildReport, InputStatus, Progress, ProgressEvent, Status

if TYPE_CHECKING:
    from extractors.base import Extractor
    from kgkit.projections import Projections
    from stores.ledger import Ledger

__all__ = ["build", "record"]

_Source = str | Path | Document

_LONGEST = 10_000_000


def build(
    ledger: Ledger,
    extractor: Extractor,
    sources: Iterable[_Source],
    projections: Projections,
    *,
    progress: Progress | None = None,
) -> BuildReport:
    """Record every source in the ledger, project it and report each one's status.

    A file that cannot be read is reported as failed and skipped; nothing that other files said
    is lost. Raises `InputError` when a pattern or folder holds no input at all.
    """
    began = time.perf_counter()
    run_id = ledger.add_run(extractor.name, extractor.version, {}, 0)
    inputs = list(_inputs(sources))
    statuses: list[InputStatus] = []
    for number, source in enumerate(inputs):
        statuses.append(_build_one(ledger, extractor, source, run_id))
        if progress is not None:
            progress(ProgressEvent("extract", number + 1, len(inputs), statuses[-1].path))
    projections.follow(progress)
    return BuildReport(tuple(statuses), seconds=time.perf_counter() - began)


def record(ledger: Ledger, extractor: Extractor, document: Document, run_id: str) -> InputStatus:
    """Record one document, unless the same run has: its chunks, mentions and facts.

    Raises `InputError` for a text of more than ten million characters: a document is one
    transaction and is held in memory.
    """
    if len(document.text) > _LONGEST:
        raise InputError(
            f"{document.uri} is one text of {len(document.text):,} characters; a document may "
            f"have {_LONGEST:,}: split it into several files."
        )
    if ledger.has_document(document.id, run_id):
        return InputStatus(document.uri, "unchanged", documents=1)
    chunks = split(document)
    found = extractor.extract(document, chunks)
    ledger.add_document(document, chunks, found.mentions, found.facts, run_id)
    return InputStatus(
        document.uri, "built", documents=1, chunks=len(chunks), facts=len(found.facts)
    )


def _inputs(sources: Iterable[_Source]) -> Iterator[Path | Document]:
    for source in sources:
        if isinstance(source, Document):
            yield source
        else:
            yield from find_inputs([source])


def _build_one(
    ledger: Ledger, extractor: Extractor, source: Path | Document, run_id: str
) -> InputStatus:
    path = source.uri if isinstance(source, Document) else source.as_posix()
    try:
        documents = [source] if isinstance(source, Document) else read(source)
    except KgkitError as error:
        return InputStatus(path, "failed", error=str(error))
    parts = []
    for document in documents:
        try:
            parts.append(record(ledger, extractor, document, run_id))
        except InputError as error:
            parts.append(InputStatus(document.uri, "failed", error=str(error)))
    return _joined(path, parts)


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
