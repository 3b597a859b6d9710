"""The default graph store: ArcadeDB inside this process, asked in openCypher."""

from stores.embedded.store import EmbeddedGraph

__all__ = ["EmbeddedGraph"]
