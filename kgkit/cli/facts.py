"""A fact as it is stated on the command line: a head, a relation and a tail, by id or by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgkit.errors import InputError
from kgkit.facts import Entity, Fact, Literal
from kgkit.ids import identity_key, normalise_name

if TYPE_CHECKING:
    from stores.ledger import Ledger

__all__ = ["stated_fact"]


def stated_fact(ledger: Ledger, parts: tuple[str, str, str], types: tuple[str, str]) -> Fact:
    """Return the fact that is stated as head, relation and tail, with types of head and tail.

    A type may be empty; a tail type that is a datatype makes the tail a value. Raises
    `InputError` for a name that several entities bear, and for what is no name, relation or value.
    """
    from extractors.imports.names import relation_name, words
    from extractors.imports.values import DATATYPES, make_literal

    head, predicate, tail = map(words, parts)
    tail_type = types[1].strip()
    end: Entity | Literal
    if tail_type in DATATYPES:
        end = make_literal(tail, tail_type)
    else:
        end = _entity(ledger, tail, tail_type)
    return Fact(_entity(ledger, head, types[0]), relation_name(predicate), end, predicate=predicate)


def _entity(ledger: Ledger, stated: str, type: str) -> Entity:
    """Return the entity with this id or, if it has this type, name, or a new one."""
    from extractors.imports.names import entity_of, type_name

    known = ledger.entity(stated)
    if known is not None:
        return known
    type = type_name(type) if type.strip() else ""
    found = [entity for entity in _bearers(ledger, stated) if _fits(entity, stated, type)]
    if len(found) > 1:
        shown = ", ".join(f"{entity.id} ({entity.type})" for entity in found)
        raise InputError(f"{stated!r} names several entities: give the id of one of {shown}")
    return found[0] if found else entity_of(stated, type or "Thing")


def _bearers(ledger: Ledger, name: str) -> list[Entity]:
    wanted = normalise_name(name)
    ids = {id for id, known, _ in ledger.names() if normalise_name(known) == wanted}
    return list(ledger.entities(ids=ids))


def _fits(entity: Entity, name: str, type: str) -> bool:
    """Return whether an entity can be one of this type: a finer type is no other entity."""
    same = identity_key(name, type) == identity_key(name, entity.type)
    return not type or type == entity.type or same
