"""Importing: what others wrote, read row by row and recorded in the ledger.

Facts go in in batches and documents one by one, so that memory is bounded by neither. A row that
cannot be used is in the report and passed over; a source that breaks off leaves what came before.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.imports.base import Imported
from extractors.imports.registry import check_options, detect_format, load_importer
from extractors.imports.rows import map_table
from kgkit.errors import InputError, KgkitError, MissingExtra, ReadError
from kgkit.importing_recorder import Recorder
from kgkit.importing_report import ImportReport, ImportStatus
from kgkit.importing_stores import records_of
from kgkit.report import Progress, ProgressEvent
from stores.base import GraphStore

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extractors.imports.mapping import TableMapping
    from stores.ledger import Ledger

__all__ = ["add_table", "import_from"]


def import_from(
    ledger: Ledger,
    sources: Iterable[str | Path | GraphStore],
    *,
    format: str = "auto",
    progress: Progress | None = None,
    options: Mapping[str, Any] | None = None,
) -> ImportReport:
    """Record what is in these files, folders and graph stores, and report each one's status.

    `format` is the name of an importer, or "auto" to tell it from each file; `options` are that
    importer's. A source that cannot be read is in the report, never fatal. Raises `InputError`
    for no source, an unknown format and options that the format does not take.
    """
    began = time.perf_counter()
    found, given = list(sources), dict(options or {})
    if not found:
        raise InputError("no source was given; name a file or folder, such as facts.csv")
    if format != "auto":
        check_options(format, load_importer(format), given)
    statuses: list[ImportStatus] = []
    for number, source in enumerate(found):
        work = _source(source, format, given)
        told = _told(progress, number, len(found), work.name)
        statuses.append(_import_one(ledger, work, told))
        if progress is not None:
            progress(ProgressEvent("read", number + 1, len(found), work.name))
    return ImportReport(tuple(statuses), time.perf_counter() - began)


def add_table(
    ledger: Ledger,
    rows: Any,
    mapping: TableMapping | Mapping[str, Any] | str | Path,
    *,
    source: str = "table",
) -> ImportReport:
    """Record the rows of a DataFrame, pyarrow Table or iterable of dicts as the mapping says.

    `source` is what the facts' evidence names. Raises `InputError` for what is no table, a mapping
    that cannot be used and a column that is not there.
    """
    began = time.perf_counter()
    before = ledger.counts()["facts"]
    recorder = Recorder(ledger)
    recorder.record(map_table(rows, mapping, source=source))
    added = max(0, ledger.counts()["facts"] - before)
    return ImportReport((recorder.status(source, added),), time.perf_counter() - began)


@dataclass(frozen=True, slots=True)
class _Source:
    """A source by the name it is reported under, and how it is read: `open` gives its items."""

    name: str
    path: Path | None
    format: str
    options: Mapping[str, object]
    open: Callable[[str], Iterable[Imported]]

    def detect(self) -> str:
        """Return the name of its format, told from the file for "auto"."""
        if self.path is None:
            return self.format
        if not self.path.exists():
            raise ReadError(f"{self.path} does not exist; check the path")
        return detect_format(self.path, self.options) if self.format == "auto" else self.format


def _source(source: str | Path | GraphStore, format: str, options: dict[str, Any]) -> _Source:
    if not isinstance(source, str | Path | GraphStore):
        raise InputError(
            f"a {type(source).__name__} is no source; give a file, a folder or a graph store"
        )
    if not isinstance(source, str | Path):
        name = type(source).__name__
        return _Source(name, None, "store", {}, lambda _: records_of(source, name))
    path = Path(source).expanduser()

    def read(found: str) -> Iterable[Imported]:
        importer = load_importer(found)
        check_options(found, importer, options)
        return _guarded(path, importer(path, **options))

    return _Source(path.as_posix(), path, format, options, read)


def _guarded(path: Path, items: Iterable[Imported]) -> Iterator[Imported]:
    try:
        yield from items
    except KgkitError:
        raise
    # Importers may be strangers', and one broken file must not end an import.
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        raise ReadError(f"{path} cannot be read ({what}); export it anew") from error


def _import_one(ledger: Ledger, source: _Source, told: Callable[[int], None]) -> ImportStatus:
    before, error = ledger.counts()["facts"], None
    recorder = Recorder(ledger, source.name, source.path, source.format, told)
    try:
        recorder.format, recorder.options = source.detect(), source.options
        recorder.record(source.open(recorder.format))
    except (InputError, MissingExtra) as caught:
        error = str(caught)
    added = max(0, ledger.counts()["facts"] - before)
    return recorder.status(source.name, added, error)


def _told(progress: Progress | None, number: int, total: int, name: str) -> Callable[[int], None]:
    def tell(facts: int) -> None:
        if progress is not None:
            progress(ProgressEvent("read", number, total, f"{name}: {facts:,} facts"))

    return tell
