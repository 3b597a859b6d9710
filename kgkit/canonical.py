"""One name for each relation of a graph, as decisions that can be withdrawn.

Which open predicates say the same is a function of the facts as their sources state them
(`extractors.align.relations`); what the built-in extractor calls the relations that it knows stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.align.relations import canonical_relations, relation_uses
from extractors.mini.relations.names import relation_names
from stores.ledger.relation_names import RelationName

if TYPE_CHECKING:
    from extractors.align.proposals import Encode
    from stores.ledger import Ledger

__all__ = ["BY", "name_relations"]

#: Who such decisions are by.
BY = "align relations"


def name_relations(ledger: Ledger, *, encode: Encode | None = None) -> int:
    """Show every relation of a ledger under its canonical name; return how many changed.

    Edges and properties of the graph bear that name, and `predicate` what the source says. With
    `encode` relations that join the same pairs and are worded alike are one as well. Run again, it
    takes back what it decided of relations that are gone. Raises `ReadOnlyError` for a ledger
    that is opened for reading.
    """
    found = canonical_relations(
        relation_uses(ledger.stated()), encode=encode, known=relation_names().names
    )
    names = {
        relation: RelationName(one.name, one.inverted)
        for relation, one in found.canonical.items()
        if one.name != relation
    }
    return ledger.rename_relations(names, who=BY)
