"""The projections of one graph: each is opened when first needed and brought up to date then."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kgkit.report import ProgressEvent
from stores.sync import follow, rebuild

if TYPE_CHECKING:
    from kgkit.models.encoder import Encoder
    from kgkit.report import Progress
    from kgkit.view import LedgerView
    from reasoning.retrieval import RetrievalIndex
    from stores.base import Projection
    from stores.embedded import EmbeddedGraph
    from stores.ledger import Ledger
    from stores.lexical import LexicalIndex
    from stores.vectors import VectorProjection

__all__ = ["Projections"]

_Store = TypeVar("_Store", bound="Projection")


class Projections:
    """Graph store, word index and vectors of a ledger in a folder, and what is read off them.

    A projection follows the ledger whenever it is asked for, so that nobody is shown an old one.
    In a read-only graph it is shown as its last writer left it.
    """

    def __init__(
        self,
        folder: Path,
        ledger: Ledger,
        *,
        encoder: str | Encoder,
        heap_mb: int,
        read_only: bool,
    ) -> None:
        self._folder = folder
        self._ledger = ledger
        self._encoder = encoder
        self._heap_mb = heap_mb
        self._read_only = read_only
        self._opened = ExitStack()
        self._read_off_at = -1

    # Each store once opened; the properties below bring it up to date.

    @cached_property
    def _graph(self) -> EmbeddedGraph:
        from stores.embedded import EmbeddedGraph

        path = self._folder / "graph"
        return self._owned(
            EmbeddedGraph.open(path, heap_mb=self._heap_mb, read_only=self._read_only)
        )

    @cached_property
    def _lexical(self) -> LexicalIndex:
        from stores.lexical import LexicalIndex

        return self._owned(LexicalIndex(self._folder / "lexical"))

    @cached_property
    def _vectors(self) -> VectorProjection:
        from reasoning.retrieval.encoding import encode_chunks
        from stores.vectors import VectorIndex, VectorProjection

        index = VectorIndex(
            self._folder / "vectors", dim=self.encoder.dim, encoder=self.encoder.name
        )
        return self._owned(VectorProjection(index, partial(encode_chunks, self.encoder)))

    @cached_property
    def encoder(self) -> Encoder:
        """What makes the vectors."""
        from kgkit.models.encoder import load_encoder

        return load_encoder(self._encoder) if isinstance(self._encoder, str) else self._encoder

    @property
    def graph(self) -> EmbeddedGraph:
        """The graph store, up to date."""
        return self._followed(self._graph)

    @property
    def lexical(self) -> LexicalIndex:
        """The word index, up to date."""
        return self._followed(self._lexical)

    @property
    def vectors(self) -> VectorProjection:
        """The vectors of chunks and sentences, up to date."""
        return self._followed(self._vectors)

    @property
    def retrieval(self) -> RetrievalIndex:
        """What the walk needs, in memory, for the ledger as it is now."""
        self._refresh()
        return self._retrieval

    @property
    def view(self) -> LedgerView:
        """What answering reads, for the ledger as it is now."""
        self._refresh()
        return self._view

    @cached_property
    def _retrieval(self) -> RetrievalIndex:
        from reasoning.retrieval import index_ledger

        return index_ledger(self._ledger, self.vectors.index)

    @cached_property
    def _view(self) -> LedgerView:
        from kgkit.view import LedgerView

        return LedgerView(self._ledger)

    def follow(self, progress: Progress | None = None) -> None:
        """Bring every projection up to date; `progress` is told the ledger's changes encoded."""
        lexical, vectors, graph = self._lexical, self._vectors, self._graph
        # The Java machine has to be started by this thread: it ends with the one that started it.
        graph.watermark()
        # The graph engine works in Java, so it leaves the interpreter to the encoder.
        with ThreadPoolExecutor(1, "kgkit-graph") as beside:
            following = beside.submit(self._followed, graph)
            self._followed(lexical)
            self._followed(vectors, progress)
            following.result()

    def rebuild(self) -> None:
        """Make every projection again from the ledger's first change."""
        for store in (self._lexical, self._vectors, self._graph):
            rebuild(self._ledger, store)

    def close(self) -> None:
        """Close what was opened; closing twice is fine."""
        self._opened.close()

    def _owned(self, store: _Store) -> _Store:
        self._opened.callback(store.close)
        return store

    def _followed(self, store: _Store, progress: Progress | None = None) -> _Store:
        if not self._read_only:
            told = None if progress is None else partial(_tell, progress)
            follow(self._ledger, store, progress=told)
        return store

    def _refresh(self) -> None:
        """Drop what was read off the ledger before its last change."""
        sequence = self._ledger.sequence()
        if sequence != self._read_off_at:
            self.__dict__.pop("_retrieval", None)
            self.__dict__.pop("_view", None)
            self._read_off_at = sequence


def _tell(progress: Progress, reached: int, last: int) -> None:
    progress(ProgressEvent("project", reached, last))
