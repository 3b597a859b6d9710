"""The verbs that put something into a graph, or take it out again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgkit.schema import Schema

if TYPE_CHECKING:
    from extractors.imports import TableMapping
    from extractors.slots import SpanReader
    from kgkit.facts import Document, Fact
    from kgkit.filling_report import FillReport
    from kgkit.graph import KnowledgeGraph
    from kgkit.importing_report import ImportReport
    from kgkit.models.lm import Estimate
    from kgkit.report import BuildReport, Progress
    from kgkit.schema import Pattern
    from stores.base import GraphStore

__all__ = [
    "add",
    "add_table",
    "build",
    "estimate",
    "fill",
    "import_from",
    "remove_document",
    "remove_import",
    "unfill",
]


def build(
    kg: KnowledgeGraph,
    *sources: str | Path | Document,
    schema: Schema | str | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Read, split and extract the sources: files, folders, patterns or documents.

    What is there already is passed over, a file with new content replaces its old version,
    and a build that was killed goes on where it stopped. A file that cannot be read is in
    the report, never fatal. With a `schema`, such as "(Person)-[DIRECTED]->(Film)", only its
    relations are read, by an extractor that was given by name; its rules are kept, and what they
    conclude is in the graph from then on. `progress` is called with a
    `ProgressEvent` after each document. The report says how good the graph is (`quality`) when
    anything was read. Raises `InputError` when a pattern or folder holds nothing to read.
    """
    from kgkit.build import build

    schema = Schema.parse(schema) if isinstance(schema, str) else schema
    extractor = kg.extractor if schema is None else kg.extractor_for(schema)
    report = build(kg.ledger, extractor, sources, kg.projections, progress=progress)
    if schema is not None and schema.rules:
        kg.deduce(schema, keep=True)
    # It reads every fact: not for a build that found nothing new.
    if not report.totals["built"]:
        return report
    # The first question of the next process then finds the index of walks made; a few documents
    # more in a large graph are not worth making it anew each time.
    if 10 * report.totals["built"] >= kg.ledger.counts()["documents"]:
        kg.projections.keep_index()
    return replace(report, quality=kg.quality(schema=schema))


def estimate(kg: KnowledgeGraph, *sources: str | Path | Document, sample: int = 0) -> Estimate:
    """Return what `build` would use of a language model; nothing is recorded.

    So many chunks as `sample` says are asked about to learn how long replies are; they are
    kept. Raises `InputError` for an extractor that asks no model.
    """
    from kgkit.build import estimate

    return estimate(kg.extractor, sources, sample=sample)


def fill(
    kg: KnowledgeGraph,
    schema: Schema | str,
    *,
    threshold: float = 0.5,
    reader: str | SpanReader | Callable[[str, str], object] = "mini",
    question: Callable[[Pattern, str], str] | None = None,
    about: Collection[str] | None = None,
    dry_run: bool = False,
) -> FillReport:
    """Ask the texts for every value that the schema wants and the graph lacks.

    Each entity of a pattern's head type that has no value is asked for in the passages that
    name it, "Where was Ada Lovelace born?"; an answer from `threshold` on becomes a fact with
    the sentence as its evidence. What earlier fills gave for these relations is decided anew,
    so the result depends on what the graph holds and not on its history; values of any other
    source stay as they are. `question` words the questions in place of the built-in rules;
    `about` names the entities to be asked about, by name or id. With `dry_run` nothing is
    recorded. Raises `InputError` for a schema without a pattern, a threshold outside [0, 1], an
    unknown reader, and a name that no entity bears.
    """
    from extractors.slots import load_span_reader
    from kgkit.filling import fill

    schema = Schema.parse(schema) if isinstance(schema, str) else schema
    found = fill(
        kg.ledger,
        schema,
        load_span_reader(reader),
        threshold=threshold,
        question=question,
        about=about,
        dry_run=dry_run,
    )
    if found.changed:
        kg.projections.follow()
    return found


def unfill(kg: KnowledgeGraph, schema: Schema | str | None = None) -> int:
    """Withdraw what `fill` gave, for the relations of a schema or all; return how many facts.

    What other evidence supports stays.
    """
    from kgkit.filling import unfill

    schema = Schema.parse(schema) if isinstance(schema, str) else schema
    withdrawn = unfill(kg.ledger, schema)
    if withdrawn:
        kg.projections.follow()
    return withdrawn


def add(kg: KnowledgeGraph, facts: Iterable[Fact]) -> int:
    """Add facts with the evidence they bring; return how many the graph did not hold.

    Raises `InputError` for a fact without evidence.
    """
    return kg.ledger.add_facts(facts)


def import_from(
    kg: KnowledgeGraph,
    *sources: str | Path | GraphStore,
    format: str = "auto",
    progress: Progress | None = None,
    **options: Any,
) -> ImportReport:
    """Add what others wrote: triples, tables, RDF, outputs of other graph builders, stores.

    `format` names an importer, "auto" tells it from each file; `options` are that importer's
    (`columns`, `mapping`, `score`, ...). Rows and files that cannot be used are in the report,
    never fatal. Raises `InputError` for an unknown format or option.
    """
    from kgkit.importing import import_from

    report = import_from(kg.ledger, sources, format=format, progress=progress, options=options)
    kg.projections.follow(progress)
    return report


def add_table(
    kg: KnowledgeGraph,
    rows: Any,
    mapping: TableMapping | Mapping[str, Any] | str | Path,
    *,
    source: str = "table",
) -> ImportReport:
    """Add the rows of a DataFrame, pyarrow Table or iterable of dicts, as the mapping says.

    Raises `InputError` for what is no table, a wrong mapping and a missing column.
    """
    from kgkit.importing import add_table

    return add_table(kg.ledger, rows, mapping, source=source)


def remove_document(kg: KnowledgeGraph, document: str) -> bool:
    """Remove the document with this address or id; return whether there was one.

    Its text, vectors and cached calls are erased, and so is all that rested on it alone.
    """
    ids = kg.ledger.document_ids(document) or [document]
    removed = [kg.ledger.remove_document(id) for id in ids]
    if any(removed):
        kg.projections.follow()
    return any(removed)


def remove_import(kg: KnowledgeGraph, source: str) -> bool:
    """Remove what rests on an import alone; return whether there was one.

    `source` is as `imports` lists it, or a folder for all files in it. What other evidence
    supports stays.
    """
    removed = kg.ledger.remove_import(source)
    if removed:
        kg.projections.follow()
    return removed
