"""A process that keeps a graph and is meant to be killed: what it does, and what it says of it.

It tells each step with one letter: `L` and `l` around a transaction of the ledger, `G` and `g`
around one of the graph store, `B` and `b` around a bulk load of it, `A` after a document is
recorded, `D` at the end. Everything it does can be done again, so that a second start goes on
where a kill came.

Victims are forked off a server that has imported what they need and opened nothing, since most
of a life as short as theirs would be importing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import kgkit
from extractors.base import Extraction
from extractors.chunks import split
from kgkit.evidence import TextEvidence
from kgkit.facts import Chunk, Document, Entity, Fact, Mention
from kgkit.report import ProgressEvent
from stores import sync
from stores.base import GraphStore
from stores.embedded import EmbeddedGraph
from stores.ledger import Ledger

__all__ = ["Lines", "content", "damage", "documents", "keep", "live", "open_graph", "start"]

_SAYS = re.compile(r"(N\d+) (knows|likes|saw) (N\d+)\.")

#: What a victim needs, imported once.
_NEEDED = (
    "alembic.command",
    "arcadedb_embedded",
    "benchmarks.outages",
    "kgkit.build",
    "reasoning.retrieval.encoding",
    "scipy.sparse",
    "stores.embedded.store",
    "stores.ledger.postgres",
    "stores.lexical",
    "stores.vectors",
    "tantivy",
    "torch",
)

#: Addresses of the documents that are removed after the build.
_REMOVED = ("note/3", "note/7", "note/11")
#: Names of the two entities that are merged.
_MERGED = ("N1", "N2")


def documents(count: int = 16) -> list[Document]:
    """Return documents of a few sentences about the same few names."""
    return [
        Document(f"note/{n}", " ".join(_sentence(n, place) for place in range(8)), f"Note {n}")
        for n in range(count)
    ]


def _sentence(n: int, place: int) -> str:
    verb = ("knows", "likes", "saw")[(n + place) % 3]
    return f"N{(n * 7 + place) % 19} {verb} N{(n + place * 5) % 23}."


class Lines:
    """An extractor that reads "N1 knows N2." and needs no model."""

    name = "lines"
    version = "1"

    def extract(self, document: Document, chunks: Sequence[Chunk]) -> Extraction:
        """Return the mentions and facts of the sentences of that form."""
        mentions: list[Mention] = []
        facts: list[Fact] = []
        for chunk in chunks:
            for found in _SAYS.finditer(document.text, chunk.start, chunk.end):
                head, tail = (Entity.named(found[i], "Person") for i in (1, 3))
                for entity, group in ((head, 1), (tail, 3)):
                    span = found.span(group)
                    mentions.append(Mention(document.id, chunk.id, *span, found[group], entity))
                evidence = TextEvidence(document.id, chunk.id, *found.span(), self.name)
                facts.append(Fact(head, found[2].upper(), tail, evidence=(evidence,)))
        return Extraction(tuple(mentions), tuple(facts))


class Hashed:
    """An encoder that needs no model: random unit vectors that depend on the text."""

    name = "hashed"
    dim = 8

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return [n, 8] unit rows."""
        rows = [np.random.default_rng(list(text.encode())).normal(size=self.dim) for text in texts]
        made = np.array(rows, dtype=np.float32).reshape(-1, self.dim)
        unit: NDArray[np.float32] = made / np.linalg.norm(made, axis=1, keepdims=True)
        return unit

    def encode_spans(
        self, text: str, spans: Sequence[tuple[int, int]]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return the vector of the text and those of its spans."""
        return self.encode([text])[0], self.encode([text[a:b] for a, b in spans])


def open_graph(folder: Path, store: str | GraphStore) -> kgkit.KnowledgeGraph:
    """Open the graph as the victim does."""
    encoder: Any = Hashed()
    return kgkit.open(folder, extractor=Lines(), encoder=encoder, store=store, heap_mb=256)


def keep(kg: kgkit.KnowledgeGraph, progress: Callable[[ProgressEvent], None]) -> None:
    """Build, remove, merge, rebuild: whatever of it is not done yet."""
    texts = documents()
    held = {document.uri for document in kg.ledger.documents()}
    if not kg.ledger.decisions():
        kg.build(*texts, progress=progress)
        held = {document.uri for document in texts}
    one, other = (Entity.named(name, "Person").id for name in _MERGED)
    if not kg.ledger.decisions():
        kg.merge(one, other)
    for uri in _REMOVED:
        if uri in held:
            kg.remove_document(uri)
    kg.rebuild()


def damage(path: Path, acknowledged: int) -> tuple[int, int]:
    """Return how many acknowledged documents are gone, and whether the ledger is not what whole
    documents and decisions make."""
    texts = {document.uri: document for document in documents()}
    if not path.exists():
        return acknowledged, 0
    with Ledger.open(path) as ledger, Ledger.open(":memory:") as fresh:
        held = [document.uri for document in ledger.documents()]
        wanted = set(list(texts)[:acknowledged]) - set(_REMOVED)
        extractor = Lines()
        run = fresh.add_run(extractor.name, extractor.version, {}, 0)
        for uri in sorted(held, key=list(texts).index):
            document, chunks = texts[uri], split(texts[uri])
            found = extractor.extract(document, chunks)
            fresh.add_document(document, chunks, found.mentions, found.facts, run)
        if ledger.decisions():
            fresh.merge(*(Entity.named(name, "Person").id for name in _MERGED))
        return len(wanted - set(held)), list(ledger.export()) != list(fresh.export())


def content(graph: GraphStore) -> tuple[list[str], list[str]]:
    """Return all nodes and relationships of a graph in order, without a server's bookkeeping."""
    nodes = graph.query("MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties")
    edges = graph.query(
        "MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS type, b.id AS b, "
        "properties(r) AS properties"
    )
    return (
        sorted(
            repr((sorted(row["labels"]), sorted(row["properties"].items())))
            for row in nodes
            if "KgkitMeta" not in row["labels"]
        ),
        sorted(
            repr((row["a"], row["type"], row["b"], sorted(row["properties"].items())))
            for row in edges
        ),
    )


def start(folder: Path, *, loads: bool) -> tuple[BaseProcess, Connection]:
    """Start a victim on a folder; return it, and what its letters can be read from.

    With `loads` an empty graph is loaded in bulk, as one of many more changes would be.
    """
    context = get_context("forkserver")
    context.set_forkserver_preload(list(_NEEDED))
    heard, told = context.Pipe(duplex=False)
    victim = context.Process(target=live, args=(folder, told, loads), daemon=True)
    victim.start()
    # The only end for writing is the victim's now, so that its death ends the letters.
    told.close()
    return victim, heard


def live(folder: Path, told: Connection, loads: bool) -> None:
    """Do it all, telling each step."""
    if loads:
        sync._MANY = 1
    # What an engine says while it is killed is nobody's concern.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)

    def say(letter: str) -> None:
        os.write(told.fileno(), letter.encode())

    _tell_transactions(say)
    with open_graph(folder, "embedded") as kg:
        say("S")
        keep(kg, lambda event: say("A") if event.stage == "extract" else None)
        say("D")


def _tell_transactions(say: Callable[[str], None]) -> None:
    from sqlalchemy import Engine, event

    writing: set[int] = set()

    def begins(connection: Any, _: Any, statement: str, *__: Any) -> None:
        if statement == "BEGIN IMMEDIATE":
            writing.add(id(connection))
            say("L")

    def ends(connection: Any) -> None:
        if id(connection) in writing:
            writing.discard(id(connection))
            say("l")

    event.listen(Engine, "before_cursor_execute", begins)
    event.listen(Engine, "commit", ends)
    event.listen(Engine, "rollback", ends)
    from arcadedb_embedded.core import Database

    plain = Database.run_in_transaction

    def told(self: Any, *arguments: Any, **options: Any) -> Any:
        say("G")
        try:
            return plain(self, *arguments, **options)
        finally:
            say("g")

    Database.run_in_transaction = told
    _tell_loads(say)


def _tell_loads(say: Callable[[str], None]) -> None:
    plain = EmbeddedGraph.loading

    @contextmanager
    def told(self: EmbeddedGraph, until: int) -> Iterator[None]:
        say("B")
        with plain(self, until):
            yield
        # An error passes on, and the process ends with it.
        say("b")

    setattr(EmbeddedGraph, "loading", told)  # noqa: B010
