"""The projections of one graph: each is opened when first needed and brought up to date then."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from kgkit.report import ProgressEvent
from stores.sync import follow, rebuild

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kgkit.ledger_facts import LedgerFacts
    from kgkit.models.encoder import Encoder
    from kgkit.report import Progress
    from kgkit.view import LedgerView
    from reasoning.retrieval import RetrievalIndex
    from stores.base import GraphStore, Place, Projection
    from stores.ledger import Ledger
    from stores.lexical import LexicalIndex
    from stores.rdf import RdfGraph
    from stores.vectors import VectorProjection

__all__ = ["Projections"]

_Store = TypeVar("_Store", bound="Projection")

#: User and password in an address.
_SECRET = re.compile(r"//[^/@]*@")


class Projections:
    """Graph store, word index and vectors of a ledger in a folder, and what is read off them.

    A projection follows the ledger whenever it is asked for, so that nobody is shown an old one.
    In a read-only graph it is shown as its last writer left it.
    """

    def __init__(
        self,
        ledger: Ledger,
        place: Place,
        *,
        encoder: str | Encoder,
        store: str | GraphStore | None = None,
    ) -> None:
        self._ledger = ledger
        self._place = place
        self._encoder = encoder
        self._store = _remembered(ledger, place, store)
        self._opened = ExitStack()
        self._read_off_at = -1

    # Each store once opened; the properties below bring it up to date.

    @cached_property
    def _graph(self) -> GraphStore:
        from stores.registry import open_store

        if not isinstance(self._store, str):
            return self._store
        folder = self._place.folder / "graph"
        place = replace(self._place, folder=folder, ledger=self._ledger.identity())
        return self._owned(open_store(self._store, place))

    @cached_property
    def _rdf(self) -> RdfGraph:
        from stores.rdf import RdfGraph

        folder = self._place.folder / "rdf"
        if not self._place.read_only:
            return self._owned(RdfGraph.open(folder))
        if folder.is_dir():
            return self._owned(RdfGraph.open(folder, read_only=True))
        # Nobody has asked this graph in SPARQL yet, and nothing may be written: made in memory.
        graph = self._owned(RdfGraph.open())
        follow(self._ledger, graph)
        return graph

    @cached_property
    def _lexical(self) -> LexicalIndex:
        from stores.lexical import LexicalIndex

        return self._owned(LexicalIndex(self._place.folder / "lexical"))

    @cached_property
    def _vectors(self) -> VectorProjection:
        from reasoning.retrieval.encoding import encode_chunks
        from stores.vectors import VectorIndex, VectorProjection

        index = VectorIndex(
            self._place.folder / "vectors", dim=self.encoder.dim, encoder=self.encoder.name
        )
        return self._owned(VectorProjection(index, partial(encode_chunks, self.encoder)))

    @cached_property
    def encoder(self) -> Encoder:
        """What makes the vectors."""
        from kgkit.models.encoder import load_encoder

        return load_encoder(self._encoder) if isinstance(self._encoder, str) else self._encoder

    @property
    def graph(self) -> GraphStore:
        """The graph store, up to date."""
        return self._followed(self._graph)

    @property
    def rdf(self) -> RdfGraph:
        """The graph as RDF, up to date; made when it is first asked for."""
        return self._followed(self._rdf)

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

    @property
    def facts(self) -> LedgerFacts:
        """The facts as programs and rules read them, for the ledger as it is now."""
        self._refresh()
        return self._facts

    @cached_property
    def _facts(self) -> LedgerFacts:
        from kgkit.ledger_facts import LedgerFacts

        return LedgerFacts(self._ledger, self.view)

    @cached_property
    def _retrieval(self) -> RetrievalIndex:
        from reasoning.retrieval import open_index

        vectors, place = self.vectors.index, self._place
        return open_index(
            self._ledger, vectors, place.folder / "retrieval", read_only=place.read_only
        )

    @cached_property
    def _view(self) -> LedgerView:
        from kgkit.view import LedgerView

        return LedgerView(self._ledger)

    @contextmanager
    def opening(self) -> Iterator[None]:
        """Open the graph store beside what is done in this block, and wait for it at its end.

        What it raises is raised by the first call that needs it.
        """
        graph = self._graph
        with ThreadPoolExecutor(1, "kgkit-open") as pool:
            pool.submit(graph.watermark)
            yield

    def follow(self, progress: Progress | None = None) -> None:
        """Bring every projection up to date; `progress` is told the ledger's changes encoded."""
        # The graph engine works in Java and the word index in Rust, beside the encoder.
        self._followed(self._vectors, *self._others(), progress=progress)
        self._drop_stale_index()

    def conclude(self) -> None:
        """Let the rules that the graph keeps conclude from its facts as they are now."""
        if not self._place.read_only:
            from kgkit.deducing import follow_rules

            follow_rules(self._ledger)

    def rebuild(self) -> None:
        """Make every projection again from the ledger's first change."""
        self.conclude()
        rebuild(self._ledger, self._vectors, *self._others())
        self.__dict__.pop("_retrieval", None)
        self._drop_stale_index(every=True)

    def keep_index(self) -> None:
        """Make what the walk needs now, so that the next process finds it kept."""
        _ = self.retrieval

    def _drop_stale_index(self, *, every: bool = False) -> None:
        """Delete the kept index of walks if the ledger has moved on: no name outlives its text."""
        from reasoning.retrieval import drop_stale_index

        self._refresh()
        if not self._place.read_only:
            drop_stale_index(self._ledger, self._place.folder / "retrieval", every=every)

    def _others(self) -> list[Projection]:
        """Return the projections that are made without an encoder; RDF where it was asked for."""
        rdf = [self._rdf] if (self._place.folder / "rdf").is_dir() else []
        return [self._graph, self._lexical, *rdf]

    def close(self) -> None:
        """Close what was opened; closing twice is fine."""
        self._opened.close()

    def _owned(self, store: _Store) -> _Store:
        self._opened.callback(store.close)
        return store

    def _followed(
        self, store: _Store, *others: Projection, progress: Progress | None = None
    ) -> _Store:
        if not self._place.read_only:
            self.conclude()
            told = None if progress is None else partial(_tell, progress)
            follow(self._ledger, store, *others, progress=told)
        return store

    def _refresh(self) -> None:
        """Drop what was read off the ledger before its last change."""
        self.conclude()
        sequence = self._ledger.sequence()
        if sequence != self._read_off_at:
            self.__dict__.pop("_retrieval", None)
            self.__dict__.pop("_view", None)
            self.__dict__.pop("_facts", None)
            self._read_off_at = sequence


def _remembered(ledger: Ledger, place: Place, store: str | GraphStore | None) -> str | GraphStore:
    """Return the store that was given, else the one that was given before."""
    if store is None:
        return ledger.get_meta("store") or "embedded"
    if isinstance(store, str) and not place.read_only:
        ledger.set_meta("store", _SECRET.sub("//", store))
    return store


def _tell(progress: Progress, reached: int, last: int) -> None:
    progress(ProgressEvent("project", reached, last))
