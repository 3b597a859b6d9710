"""Making the graph agree with a batch of the ledger: one update, so all or nothing.

What the graph says of the records of a batch is compared with what it should say; only the
difference is written, with the watermark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from kgkit.facts import Mention, Modality, Polarity
from stores.ledger.batch import Batch
from stores.rdf.describe import (
    ENTITY_PREDICATES,
    describe_chunk,
    describe_document,
    describe_entity,
    describe_fact,
    fact_iri,
    name_in,
    node,
    shared_lines,
)
from stores.rdf.names import BASE, entity_iri
from stores.rdf.query import change, load

__all__ = [
    "CLEAR",
    "STATE",
    "described",
    "is_erasing",
    "is_erasure_mark",
    "read_watermark",
    "takes_texts",
    "text_of",
    "update_text",
    "watermark_line",
    "write",
]

#: The graph, and the subject in it, that keeps the number of the last change.
STATE = f"{BASE}state"

_DEFAULT = ox.DefaultGraph()

#: The update that forgets everything; what was there is still in the files.
CLEAR = f"DROP ALL ; INSERT DATA {{ GRAPH <{STATE}> {{ <{STATE}> <{BASE}term:erasing> true }} }}"


def read_watermark(store: ox.Store) -> int:
    """Return the sequence number that the graph has reached, 0 at first."""
    # There are two where a process ended between the two steps of `_add`.
    values = (quad.object for quad in _watermarks(store))
    return max((int(value.value) for value in values if isinstance(value, ox.Literal)), default=0)


def takes_texts(batch: Batch) -> bool:
    """Whether a batch takes documents or parts of them away."""
    return any(kind in ("document", "chunk") for kind, _ in batch.gone)


def is_erasure_mark(quad: ox.Quad) -> bool:
    """Whether a quad says that removed text is still in the files."""
    return quad.predicate == node("kg:erasing")


def is_erasing(store: ox.Store) -> bool:
    """Whether removed text is still in the files of a store."""
    state = ox.NamedNode(STATE)
    return any(store.quads_for_pattern(state, node("kg:erasing"), None, state))


def write(store: ox.Store, batch: Batch) -> None:
    """Make the graph agree with a batch, its watermark included, in one transaction.

    Raises `StoreError` when the disk fails; the graph is then as before.
    """
    fresh = dict.fromkeys(described(batch))
    stale = _Stale(store)
    for kind, id in batch.gone:
        stale.take(kind, id)
    for kind, records in (
        ("document", batch.documents),
        ("chunk", batch.chunks),
        ("entity", batch.entities),
        ("fact", batch.facts),
    ):
        for record in records:
            stale.take(kind, record.id)
    unused = {line for line, triple in stale.shared.items() if not stale.is_used(triple)}
    gone = sorted((stale.lines | unused) - fresh.keys())
    added = [line for line in fresh if line not in stale.lines]
    if gone or batch.gone:
        marks = bool(batch.gone) or is_erasing(store)
        change(store, update_text(gone, added, batch.upto, marks=marks))
    else:
        _add(store, added, batch.upto)


def update_text(gone: Iterable[str], added: Iterable[str], upto: int, *, marks: bool) -> str:
    """Return the update that takes lines out, adds others and sets the watermark.

    With `marks` it says besides that what was taken out is still in the files.
    """
    state = f"GRAPH <{STATE}>"
    mark = f" ; {node('kg:erasing')} true" if marks else ""
    parts = (
        f"DELETE DATA {{\n{text_of(gone)}}}",
        f"DELETE WHERE {{ {state} {{ ?s ?p ?o }} }}",
        f"INSERT DATA {{\n{text_of(added)}"
        f"{state} {{ <{STATE}> {node('kg:watermark')} {upto}{mark} }} }}",
    )
    return " ;\n".join(parts)


def _add(store: ox.Store, lines: Iterable[str], upto: int) -> None:
    """Add lines with a watermark, which is faster than an update; then the lower one goes."""
    old = [quad for quad in _watermarks(store) if quad.object != ox.Literal(upto)]
    load(store, text_of(lines) + watermark_line(upto))
    for quad in old:
        store.remove(quad)


def _watermarks(store: ox.Store) -> list[ox.Quad]:
    state = ox.NamedNode(STATE)
    return list(store.quads_for_pattern(state, node("kg:watermark"), None, state))


def described(batch: Batch) -> Iterator[str]:
    """Yield what the graph is to say of the records of a batch; a line may come twice."""
    for document in batch.documents:
        yield from describe_document(document)
    mentions: dict[str, list[Mention]] = {}
    for mention in batch.mentions:
        mentions.setdefault(mention.chunk_id, []).append(mention)
    for chunk in batch.chunks:
        yield from describe_chunk(chunk, mentions.get(chunk.id, ()))
    for entity in batch.entities:
        yield from describe_entity(entity)
    for fact in batch.facts:
        yield from describe_fact(fact)
        yield from shared_lines(fact)


def watermark_line(upto: int) -> str:
    """Return the N-Quad that keeps a sequence number."""
    return f"<{STATE}> {node('kg:watermark')} {ox.Literal(upto)} <{STATE}> .\n"


def text_of(lines: Iterable[str]) -> str:
    """Return lines as a file of N-Triples."""
    return "".join(f"{line} .\n" for line in lines)


class _Stale:
    """What the graph says of records that change or go."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self.subjects: set[Any] = set()
        self.lines: set[str] = set()
        #: What these records say, perhaps together with others that stay.
        self.shared: dict[str, ox.Triple] = {}

    def take(self, kind: str, id: str) -> None:
        """Note what is said of a record."""
        if kind == "fact":
            self._take_fact(fact_iri(id))
        elif kind == "chunk":
            self._take_chunk(name_in("chunk", id))
        elif kind == "document":
            self._find(name_in("doc", id))
        else:
            self._take_entity(id)

    def is_used(self, triple: ox.Triple) -> bool:
        """Whether a fact that stays says this triple too."""
        if triple.object == node("prov:Activity"):
            users = self._subjects(node("prov:wasGeneratedBy"), triple.subject)
            return any(user not in self.subjects for user in users)
        users = self._subjects(node("rdf:reifies"), triple)
        return any(user not in self.subjects and self._is_asserted(user) for user in users)

    def _take_fact(self, subject: Any) -> None:
        parts = [subject]
        for found in self._find(subject):
            if found.predicate in (node("kg:qualifier"), node("kg:evidence")):
                parts.append(found.object)
            elif found.predicate == node("rdf:reifies") and self._is_asserted(subject):
                said: Any = found.object
                self.shared[str(said)] = said
        for part in parts[1:]:
            for found in self._find(part):
                if found.predicate == node("prov:wasGeneratedBy"):
                    run: Any = found.object
                    said = ox.Triple(run, node("rdf:type"), node("prov:Activity"))
                    self.shared[str(said)] = said
        self.subjects.update(parts)

    def _take_chunk(self, subject: Any) -> None:
        self._find(subject)
        for mention in self._subjects(node("kg:partOf"), subject):
            self._find(mention)
        for entity in self._subjects(node("kg:mentionedIn"), subject):
            self._find(entity, node("kg:mentionedIn"), subject)

    def _take_entity(self, id: str) -> None:
        subject = ox.NamedNode(entity_iri(id))
        for predicate in ENTITY_PREDICATES:
            self._find(subject, node(predicate))

    def _find(self, subject: Any, predicate: Any = None, value: Any = None) -> list[ox.Triple]:
        found = [quad.triple for quad in self._quads(subject, predicate, value)]
        self.lines.update(map(str, found))
        return found

    def _subjects(self, predicate: Any, value: Any) -> list[Any]:
        return [quad.subject for quad in self._quads(None, predicate, value)]

    def _is_asserted(self, fact: Any) -> bool:
        told = [
            quad.object.value
            for name in ("kg:polarity", "kg:modality")
            for quad in self._quads(fact, node(name), None)
        ]
        return told == [Polarity.POSITIVE.value, Modality.ASSERTED.value]

    def _quads(self, subject: Any, predicate: Any, value: Any) -> Iterable[Any]:
        return self.store.quads_for_pattern(subject, predicate, value, _DEFAULT)
