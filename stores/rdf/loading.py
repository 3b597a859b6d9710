"""Loading a ledger into an empty graph with the engine's bulk loader.

The loader is not all or nothing, so it fills a database of its own, which becomes the graph when
it is complete. One batch is described here while another thread loads the one before.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from kgkit.errors import StoreError
from stores.ledger.batch import Batch
from stores.rdf.folder import drop_part, install_part, new_part
from stores.rdf.project import described, text_of, watermark_line

__all__ = ["Load"]


class Load:
    """One load, up to a sequence number: batches are taken, then it ends or is abandoned.

    A record that comes again is the same, or its change has a number above `until` and is told
    again after the load; so what is gone, and an entity that comes again, is passed over.
    """

    def __init__(self, folder: Path | None, until: int) -> None:
        self._folder = folder
        self._until = until
        self._upto = 0
        self._entities: set[str] = set()
        self._store: ox.Store | None = ox.Store() if folder is None else new_part(folder)
        self._pool = ThreadPoolExecutor(1, "kgkit-rdf-load")
        self._waiting: Future[None] | None = None

    def take(self, batch: Batch) -> bool:
        """Load a batch; return False, having done nothing, for one beyond the load.

        Raises `StoreError` when the disk fails.
        """
        if batch.upto > self._until:
            return False
        new = tuple(entity for entity in batch.entities if entity.id not in self._entities)
        self._entities.update(entity.id for entity in new)
        self._put(text_of(described(replace(batch, entities=new))))
        self._upto = batch.upto
        return True

    def end(self) -> ox.Store:
        """Return a store with all that was taken, on the disk where the graph has a folder."""
        self._put(watermark_line(self._upto))
        self._wait()
        self._pool.shutdown()
        store, self._store = self._store, None
        assert store is not None
        if self._folder is None:
            return store
        store.flush()
        del store  # closes it, so that its folder can be renamed
        return install_part(self._folder)

    def abandon(self) -> None:
        """Throw away what was taken."""
        self._pool.shutdown(cancel_futures=True)
        self._store = None
        if self._folder is not None:
            drop_part(self._folder)

    def _put(self, text: str) -> None:
        self._wait()
        self._waiting = self._pool.submit(self._load, text.encode())

    def _wait(self) -> None:
        # A failure stays, so that nothing is loaded after it.
        if self._waiting is not None:
            self._waiting.result()
            self._waiting = None

    def _load(self, text: bytes) -> None:
        assert self._store is not None
        try:
            self._store.bulk_load(input=text, format=ox.RdfFormat.N_QUADS)
        except OSError as error:
            raise StoreError(f"the graph cannot be written ({error}): try again.") from error
