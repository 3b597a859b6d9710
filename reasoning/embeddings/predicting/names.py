"""What a user calls an entity or a relation, and which row of a model it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from kgkit.errors import InputError
from kgkit.facts import Entity
from kgkit.ids import normalise_name

__all__ = ["Names"]

#: How many names a message lists at most.
_LISTED = 5


class Names:
    """The entities and relations of a model, in the order of its rows.

    An entity is told by its id, name or alias, a relation by its name; case, spaces and, in
    relations, underscores do not matter where nothing is written exactly so. An `Entity` stands
    for its id.

    >>> names = Names([Entity.named("Alien", "Film")], ["DIRECTED"])
    >>> names.entity("alien"), names.relation("directed")
    (0, 0)
    """

    def __init__(self, entities: Sequence[Entity], relations: Sequence[str]) -> None:
        self.entities = tuple(entities)
        self.relations = tuple(relations)

    def entity(self, given: str | Entity) -> int:
        """Return the row of an entity.

        Raises `InputError` for a name that none or several bear; the message lists them, or what
        is spelt alike.
        """
        if isinstance(given, Entity):
            given = given.id
        if (row := self._by_id.get(given)) is not None:
            return row
        for table in (self._by_name, self._by_alias):
            rows = table.get(normalise_name(given), ())
            if len(rows) > 1:
                raise InputError(
                    f"{given!r} names {self._shown(rows)}; give the id of the one meant"
                )
            if rows:
                return rows[0]
        raise InputError(f"the model knows no entity {given!r}{self._alike(given)}")

    def relation(self, given: str) -> int:
        """Return the row of a relation. Raises `InputError` for one that is not there."""
        exact = self.relation_rows.get(given)
        row = exact if exact is not None else self._folded.get(normalise_name(given))
        if row is None:
            listed = ", ".join(self.relations[:_LISTED]) or "none"
            more = ", ..." if len(self.relations) > _LISTED else ""
            raise InputError(f"the model knows no relation {given!r}; it has {listed}{more}")
        return row

    def row_of(self, id: str) -> int | None:
        """Return the row of the entity with this id, or None."""
        return self._by_id.get(id)

    @cached_property
    def _by_id(self) -> Mapping[str, int]:
        return {entity.id: row for row, entity in enumerate(self.entities)}

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[int]]:
        return _table((row, [entity.name]) for row, entity in enumerate(self.entities))

    @cached_property
    def _by_alias(self) -> Mapping[str, Sequence[int]]:
        return _table((row, entity.aliases) for row, entity in enumerate(self.entities))

    @cached_property
    def relation_rows(self) -> Mapping[str, int]:
        """The row of each relation, by its exact name."""
        return {name: row for row, name in enumerate(self.relations)}

    @cached_property
    def _folded(self) -> Mapping[str, int]:
        rows: dict[str, list[int]] = defaultdict(list)
        for row, name in enumerate(self.relations):
            rows[normalise_name(name)].append(row)
        return {name: own[0] for name, own in rows.items() if len(own) == 1}

    def _shown(self, rows: Sequence[int]) -> str:
        own = [self.entities[row] for row in rows[:_LISTED]]
        listed = ", ".join(f"{entity.id} ({entity.name}, {entity.type})" for entity in own)
        more = f" and {len(rows) - _LISTED} more" if len(rows) > _LISTED else ""
        return f"{len(rows)} entities: {listed}{more}"

    def _alike(self, given: str) -> str:
        from rapidfuzz import fuzz, process

        found = process.extract(
            normalise_name(given),
            sorted(self._by_name),
            scorer=fuzz.WRatio,
            limit=3,
            score_cutoff=75,
        )
        near = [self.entities[self._by_name[key][0]].name for key, _, _ in found]
        if near:
            return f"; names spelt alike: {', '.join(near)}"
        return "; an entity that came after the training needs a new one"


def _table(named: Iterable[tuple[int, Iterable[str]]]) -> Mapping[str, Sequence[int]]:
    rows: dict[str, list[int]] = defaultdict(list)
    for row, names in named:
        for key in dict.fromkeys(normalise_name(name) for name in names):
            rows[key].append(row)
    return rows
