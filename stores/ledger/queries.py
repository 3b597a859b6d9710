"""Reading values in bulk: a few queries a page, whatever the page holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Select, case, func, select

from kgkit.facts import Chunk, Document, Entity, Fact, Mention
from stores.ledger.clusters import shown_ids
from stores.ledger.relation_names import RelationName, shown_names, shown_under
from stores.ledger.rows import (
    chunk_value,
    document_value,
    evidence_value,
    fact_keys,
    fact_value,
    likeliest,
    load,
    mention_value,
)
from stores.ledger.sql import pages
from stores.ledger.tables import (
    AnchorRow,
    ChunkRow,
    DocumentRow,
    EntityRow,
    EvidenceRow,
    FactRow,
    MentionRow,
)

__all__ = [
    "counts",
    "read_chunks",
    "read_documents",
    "read_entities",
    "read_facts",
    "read_mentions",
    "read_withheld",
]

#: How many aliases an entity shows at most; the most frequent are kept.
_ALIASES = 50


def read_documents(connection: Connection, ids: Iterable[str]) -> dict[str, Document]:
    """Return the documents that are there, by id."""
    found: dict[str, Document] = {}
    for page in pages(ids):
        query = select(DocumentRow.__table__).where(DocumentRow.id.in_(page))
        found.update((row.id, document_value(row)) for row in connection.execute(query))
    return found


def read_chunks(connection: Connection, ids: Iterable[str]) -> dict[str, Chunk]:
    """Return the chunks that are there, by id."""
    found: dict[str, Chunk] = {}
    # A long document spans many pages of chunks; its text is read once for neighbours.
    texts: dict[str, str] = {}
    for page in pages(ids):
        query = select(ChunkRow.__table__).where(ChunkRow.id.in_(page))
        rows = connection.execute(query).all()
        owners = {row.document_id for row in rows}
        texts = {id: text for id, text in texts.items() if id in owners}
        missing = sorted(owners - texts.keys())
        of = select(DocumentRow.id, DocumentRow.text).where(DocumentRow.id.in_(missing))
        texts.update((row.id, row.text) for row in connection.execute(of))
        found.update((row.id, chunk_value(row, texts[row.document_id])) for row in rows)
    return found


def read_mentions(
    connection: Connection, *, chunk_ids: Iterable[str] = (), document_ids: Iterable[str] = ()
) -> list[Mention]:
    """Return the mentions of these chunks and documents, in order of id."""
    found: dict[str, Mention] = {}
    of_chunks = (MentionRow.chunk_id.in_(page) for page in pages(chunk_ids))
    of_documents = (MentionRow.document_id.in_(page) for page in pages(document_ids))
    for condition in (*of_chunks, *of_documents):
        query = select(MentionRow.__table__).where(condition).order_by(MentionRow.id)
        rows = connection.execute(query).all()
        shown = shown_ids(connection, (row.entity_key for row in rows))
        for row in rows:
            mention = mention_value(row, shown[row.entity_key])
            found.setdefault(mention.id, mention)
    return [found[id] for id in sorted(found)]


def read_entities(connection: Connection, ids: Iterable[str]) -> dict[str, Entity]:
    """Return the entities that are shown under these ids.

    Name and type are the most frequent of the cluster (`likeliest`), a type other than "Thing"
    before "Thing".
    """
    found: dict[str, Entity] = {}
    for page in pages(ids):
        names: dict[str, Counter[str]] = {}
        types: dict[str, Counter[str]] = {}
        aliases: dict[str, Counter[str]] = {}
        for shown_id, name, type_, others, count in _names(connection, page):
            names.setdefault(shown_id, Counter())[name] += count
            types.setdefault(shown_id, Counter())[type_] += count
            own = aliases.setdefault(shown_id, Counter())
            for other in others:
                own[other] += count
        for shown_id, own_names in names.items():
            found[shown_id] = _entity(shown_id, own_names, types[shown_id], aliases[shown_id])
    return found


def read_facts(
    connection: Connection,
    ids: Iterable[str],
    known: Mapping[str, Entity] | None = None,
    *,
    withheld: bool = False,
) -> tuple[dict[str, Fact], dict[str, Entity]]:
    """Return the facts that are shown under these ids, and the entities that they name.

    Entities in `known` are not read again. Only facts that are shown, or only `withheld` ones.
    """
    facts: dict[str, Fact] = {}
    entities: dict[str, Entity] = {}
    known = known or {}
    for page in pages(ids):
        query = select(FactRow.__table__).where(FactRow.shown_id.in_(page))
        query = query.where(FactRow.withheld if withheld else ~FactRow.withheld)
        rows = connection.execute(query.order_by(FactRow.shown_id, FactRow.id)).all()
        shown = shown_ids(connection, (key for row in rows for key in fact_keys(row)))
        named = set(shown.values()) - entities.keys()
        entities.update({id: known[id] for id in named if id in known})
        entities.update(read_entities(connection, sorted(named - known.keys())))
        by_key = {key: entities[id] for key, id in shown.items()}
        evidence = _evidence(connection, page)
        names = shown_names(connection, {row.relation for row in rows})
        for shown_id, group in groupby(rows, key=lambda row: row.shown_id):
            facts[shown_id] = _fact(list(group), by_key, evidence[shown_id], names)
    return facts, entities


def read_withheld(connection: Connection, ids: Iterable[str]) -> dict[str, Fact]:
    """Return the facts that would be shown under these ids if they were not withheld."""
    return read_facts(connection, ids, withheld=True)[0]


def counts(connection: Connection) -> dict[str, int]:
    """Return how many live records of each kind there are; entities and facts as shown."""
    hidden = select(FactRow.id).where(FactRow.withheld)
    counted: dict[str, Select[int]] = {
        "documents": select(func.count(DocumentRow.id)),
        "chunks": select(func.count(ChunkRow.id)),
        "mentions": select(func.count(MentionRow.id)),
        "entities": select(func.count(EntityRow.shown_id.distinct())),
        "facts": select(func.count(FactRow.shown_id.distinct())).where(~FactRow.withheld),
        "evidence": select(func.count(EvidenceRow.id)).where(~EvidenceRow.fact_id.in_(hidden)),
    }
    return {name: connection.scalar(query) or 0 for name, query in counted.items()}


def _names(
    connection: Connection, page: Sequence[str]
) -> Iterable[tuple[str, str, str, list[str], int]]:
    shown, name, kind = EntityRow.shown_id, MentionRow.name, MentionRow.type
    # What stands for a name is no alias of it.
    text = case((MentionRow.kind == "name", MentionRow.text), else_=name)
    mentioned = (
        select(shown, name, kind, text, func.count())
        .join(MentionRow, MentionRow.entity_key == EntityRow.key)
        .where(shown.in_(page))
        .group_by(shown, name, kind, text)
    )
    for row in connection.execute(mentioned):
        yield row[0], row[1], row[2], [row[1], row[3]], row[4]
    anchored = (
        select(shown, AnchorRow.name, AnchorRow.type, AnchorRow.aliases, func.count())
        .join(AnchorRow, AnchorRow.entity_key == EntityRow.key)
        .where(shown.in_(page))
        .group_by(shown, AnchorRow.name, AnchorRow.type, AnchorRow.aliases)
    )
    for row in connection.execute(anchored):
        yield row[0], row[1], row[2], [row[1], *load(row[3])], row[4]


def _entity(
    shown_id: str, names: Counter[str], types: Counter[str], aliases: Counter[str]
) -> Entity:
    name = likeliest(names)
    kinds = {kind: count for kind, count in types.items() if kind != "Thing"}
    del aliases[name]
    kept = sorted(aliases, key=lambda text: (-aliases[text], text))[:_ALIASES]
    return Entity(shown_id, name, likeliest(kinds) if kinds else "Thing", tuple(sorted(kept)))


def _evidence(connection: Connection, page: Sequence[str]) -> dict[str, list[Any]]:
    columns = (EvidenceRow.fact_id, EvidenceRow.id, EvidenceRow.kind)
    query = (
        select(FactRow.shown_id, *columns, EvidenceRow.payload, EvidenceRow.surface)
        .join(EvidenceRow, EvidenceRow.fact_id == FactRow.id)
        .where(FactRow.shown_id.in_(page))
        .order_by(EvidenceRow.id, EvidenceRow.fact_id)
    )
    by_fact: dict[str, list[Any]] = {}
    for row in connection.execute(query):
        by_fact.setdefault(row.shown_id, []).append(row)
    return by_fact


def _fact(
    rows: Sequence[Any],
    entities: Mapping[str, Entity],
    evidence: Sequence[Any],
    names: Mapping[str, RelationName],
) -> Fact:
    surface = evidence[0].surface
    if len(evidence) > 1:
        surface = likeliest(Counter(row.surface for row in evidence))
    said_by = min(row.fact_id for row in evidence if row.surface == surface)
    row = next(row for row in rows if row.id == said_by)
    pieces = dict.fromkeys(evidence_value(row) for row in evidence)
    return shown_under(names, fact_value(row, entities, surface, tuple(pieces)))
