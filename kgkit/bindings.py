"""What a program gives: rows of bindings, with the facts under each and what was compiled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kgkit.facts import Entity, Fact, Literal
from stores.rows import Rows

if TYPE_CHECKING:
    from reasoning.logic.run import Done

__all__ = ["Bindings", "Compilation"]


@dataclass(frozen=True, slots=True)
class Compilation:
    """A program in the language of a store; `text` is None where it cannot be said, and `reason`
    is why."""

    text: str | None
    reason: str = ""


class Bindings(Rows):
    """The rows of a program: dicts from variable to value, of entities their names.

    `bindings` holds the entities and literals themselves, `facts` those that each row rests on
    (`fact_ids` their ids), `steps` what each step did. `cypher` and `sparql` are the program as a
    query for the same graph, None where `why_not_cypher` and `why_not_sparql` say why not.
    """

    __slots__ = ("_cypher", "_sparql", "bindings", "facts", "steps")

    def __init__(
        self,
        columns: Sequence[str],
        rows: Iterable[tuple[Sequence[Entity | Literal], Sequence[Fact]]],
        *,
        steps: Sequence[Done] = (),
        compiled: tuple[Compilation, Compilation],
        notes: Iterable[str] = (),
    ) -> None:
        held = list(rows)
        cells: list[Mapping[str, Entity | Literal]] = [
            dict(zip(columns, row, strict=True)) for row, _ in held
        ]
        values = [{name: _value(cell) for name, cell in row.items()} for row in cells]
        super().__init__(values, columns, notes)
        self.bindings = tuple(cells)
        self.facts = tuple(tuple(facts) for _, facts in held)
        self.steps = tuple(steps)
        self._cypher, self._sparql = compiled

    @property
    def fact_ids(self) -> tuple[tuple[str, ...], ...]:
        """The ids of the facts that each row rests on."""
        return tuple(tuple(fact.id for fact in facts) for facts in self.facts)

    @property
    def cypher(self) -> str | None:
        """The program as openCypher, ready to be copied."""
        return self._cypher.text

    @property
    def why_not_cypher(self) -> str:
        """Why the program is no openCypher; "" where it is."""
        return self._cypher.reason

    @property
    def sparql(self) -> str | None:
        """The program as SPARQL 1.1, ready to be copied."""
        return self._sparql.text

    @property
    def why_not_sparql(self) -> str:
        """Why the program is no SPARQL; "" where it is."""
        return self._sparql.reason


def _value(cell: Entity | Literal) -> Any:
    """Return a cell as queries give it: a name, a number, a time; with its unit as text."""
    if isinstance(cell, Entity):
        return cell.name
    return f"{cell.value} {cell.unit}" if cell.unit else cell.value
