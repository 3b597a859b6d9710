"""BM25 over chunks and the titles of their documents: a tantivy index that follows the ledger.

Chunks are immutable, since their id is a hash of their document and span: one that is indexed
already is left as it is. Tantivy only marks documents as deleted, which would leave removed
words on disk and in the statistics that scores rest on. Here every segment that holds a removed
chunk is written again without it, so that removed text is gone, and scores do not depend on
what the index has been through.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kgkit.errors import InputError, LockedError, StoreError
from kgkit.facts import Chunk
from stores.ledger.batch import Batch

__all__ = ["LexicalIndex"]

_HEAP_BYTES = 64_000_000
_LONGEST_TERM = 80


class LexicalIndex:
    """A BM25 index (k1 = 1.2, b = 0.75) of chunks, in a folder or, without one, in memory.

    Words are lower-cased and accents folded; endings stay, so that no language is preferred. The
    title of a document is a field of each of its chunks, scored apart and added. One process
    writes at a time; others may search meanwhile.
    Raises `StoreError` when the folder holds something else.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._file = path / "watermark" if path else None
        self._reached = 0
        self._writer: Any = None
        self._analyzer = _analyzer()
        self._schema = _schema()
        self._index = _index(self._schema, path)
        self._index.register_tokenizer("kgkit", self._analyzer)
        self._index.config_reader("manual")

    def watermark(self) -> int:
        """Return the sequence number of the ledger that this index has reached, 0 at first."""
        if self._file is None or not self._file.exists():
            return self._reached
        return int(self._file.read_text())

    def apply(self, batch: Batch) -> None:
        """Index the batch's chunks and forget what is gone; applying twice changes nothing.

        Raises `LockedError` while another process writes, and `StoreError` for a new chunk
        without its document.
        """
        titles = {document.id: document.title for document in batch.documents}
        gone = self._addresses(id for kind, id in batch.gone if kind == "chunk")
        known = self._addresses(chunk.id for chunk in batch.chunks)
        fresh = [chunk for chunk in batch.chunks if chunk.id not in known]
        if any(chunk.document_id not in titles for chunk in fresh):
            raise StoreError("A batch holds a chunk without its document; run kgkit rebuild.")
        if gone or fresh:
            self._change(fresh, titles, set(gone))
        # After the commit: when a crash parts the two, the batch comes again and changes nothing.
        self._keep(batch.upto)

    def search(self, text: str, k: int = 10) -> list[tuple[str, float]]:
        """Return the ids of the `k` best chunks for these words with their scores, best first.

        `text` is plain words: nothing in it is an operator. Scores are rounded to 4 decimals and
        ties are in order of id. Raises `InputError` when `k` is below 1.
        """
        from tantivy import Occur, Query

        if k < 1:
            raise InputError(f"k={k} is below 1; ask for at least one result.")
        terms = sorted(set(self._analyzer.analyze(text)))
        if not terms:
            return []
        query = Query.boolean_query(
            [
                (Occur.Should, Query.term_query(self._schema, field, term, "freq"))
                for term in terms
                for field in ("title", "text")
            ]
        )
        self._index.reload()
        searcher = self._index.searcher()
        hits = _hits(searcher, query, k)
        ranked = sorted(
            (-score, str(searcher.doc(address).get_first("id"))) for score, address in hits
        )
        return [(id, -score) for score, id in ranked[:k]]

    def clear(self) -> None:
        """Forget everything, the watermark too."""
        self._keep(0)
        self._settle()
        self._writing().delete_all_documents()
        self._commit()

    def close(self) -> None:
        """Wait for merges and give back the lock; closing twice is fine."""
        self._settle()

    def _change(self, fresh: Iterable[Chunk], titles: Mapping[str, str], gone: set[str]) -> None:
        import tantivy

        if gone:
            # A merge that is under way would carry removed text into a new segment.
            self._settle()
        writer = self._writing()
        for id, document in self._neighbours(gone):
            writer.delete_documents_by_term("id", id)
            if id not in gone:
                writer.add_document(document)
        for chunk in fresh:
            title = titles[chunk.document_id]
            writer.add_document(tantivy.Document(id=chunk.id, title=title, text=chunk.text))
        self._commit()

    def _neighbours(self, gone: set[str]) -> Iterable[tuple[str, Any]]:
        """Return id and stored fields of every document in a segment that holds one of `gone`."""
        from tantivy import Query

        segments = {address.segment_ord for address in self._addresses(gone).values()}
        if not segments:
            return
        searcher = self._index.searcher()
        for _, address in searcher.search(Query.all_query(), searcher.num_docs).hits:
            if address.segment_ord in segments:
                document = searcher.doc(address)
                yield str(document.get_first("id")), document

    def _addresses(self, ids: Iterable[str]) -> dict[str, Any]:
        """Return where those of `ids` are that the index holds."""
        from tantivy import Query

        wanted = sorted(set(ids))
        self._index.reload()
        searcher = self._index.searcher()
        if not wanted or not searcher.num_docs:
            return {}
        query = Query.term_set_query(self._schema, "id", wanted)
        hits = searcher.search(query, len(wanted)).hits
        return {str(searcher.doc(address).get_first("id")): address for _, address in hits}

    def _writing(self) -> Any:
        if self._writer is None:
            try:
                # One thread: the order of additions then decides the segments.
                self._writer = self._index.writer(heap_size=_HEAP_BYTES, num_threads=1)
            except ValueError as error:
                raise LockedError(
                    f"Another process writes the text index ({error}); close it there first."
                ) from error
        return self._writer

    def _commit(self) -> None:
        writer = self._writing()
        try:
            writer.commit()
        except (ValueError, OSError) as error:
            self._writer = None
            raise StoreError(
                f"The text index cannot be written ({error}); check the disk."
            ) from error
        writer.garbage_collect_files()
        self._index.reload()

    def _settle(self) -> None:
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None
        self._index.reload()

    def _keep(self, watermark: int) -> None:
        self._reached = watermark
        if self._file is not None:
            fresh = self._file.with_suffix(".new")
            fresh.write_text(str(watermark))
            fresh.replace(self._file)


def _schema() -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    # Stored, because a segment is written again from what it stores.
    for name in ("title", "text"):
        builder.add_text_field(name, stored=True, tokenizer_name="kgkit", index_option="freq")
    return builder.build()


def _analyzer() -> Any:
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    filters = (
        Filter.remove_long(_LONGEST_TERM),
        Filter.lowercase(),
        Filter.ascii_fold(),
    )
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    for step in filters:
        builder = builder.filter(step)
    return builder.build()


def _index(schema: Any, path: Path | None) -> Any:
    import tantivy

    if path is None:
        return tantivy.Index(schema)
    path.mkdir(parents=True, exist_ok=True)
    try:
        return tantivy.Index(schema, path=str(path))
    except (ValueError, OSError) as error:
        raise StoreError(
            f"{path} is no text index of kgkit ({error}); run kgkit rebuild."
        ) from error


def _hits(searcher: Any, query: Any, k: int) -> list[tuple[float, Any]]:
    """Return at least the best `k` hits and all that tie with the last, scores rounded."""
    limit = k + 16
    while True:
        found = searcher.search(query, limit, count=False).hits
        hits = [(round(score, 4), address) for score, address in found]
        if len(hits) < limit or hits[-1][0] < hits[k - 1][0]:
            return hits
        limit *= 4
