"""Finding what a step asks of one thing: by the graph's relation, by facts that fit, in texts."""

from __future__ import annotations

from collections.abc import Sequence

from kgkit.facts import Entity, Fact
from reasoning.answers.similar import Similar
from reasoning.answers.view import FactView
from reasoning.executing.budget import Meter
from reasoning.executing.found import Found, Level, Thing, merged
from reasoning.executing.linked import beside
from reasoning.executing.pages import Shelf
from reasoning.executing.stated import look_up
from reasoning.executing.told import TextReader, read, read_over
from reasoning.logic.forms import Condition, Link, Path, Program, Retrieve, Term
from reasoning.logic.run import run
from reasoning.logic.source import FactSource, MemoryFacts
from reasoning.logic.tables import Row, Table
from reasoning.logic.vocabulary import Vocabulary

__all__ = ["Finder"]

#: With a value as sure as this from facts, texts are not read.
_STATED = 0.93
#: Where nothing is as sure as this, what texts name beside the thing is taken too.
_FOUND = 0.3


class Finder:
    """What finds values for one question: facts, texts, and what reads them.

    `source` and `vocabulary` are for relations that are the graph's own; without them, and
    without a `reader`, these levels of the cascade are left out.
    """

    def __init__(
        self,
        view: FactView,
        shelf: Shelf,
        similar: Similar,
        meter: Meter,
        *,
        reader: TextReader | None = None,
        source: FactSource | None = None,
        vocabulary: Vocabulary | None = None,
    ) -> None:
        self._view = view
        self._shelf = shelf
        self._similar = similar
        self._meter = meter
        self._reader = reader
        self._source = source
        self._relations = frozenset(vocabulary.relations if vocabulary else ())
        self._seen: dict[tuple[str, str, str, str], list[Found]] = {}

    @property
    def meter(self) -> Meter:
        """What is left of the question's budget."""
        return self._meter

    def things(self, names: Sequence[str]) -> dict[str, Thing]:
        """Return what each name stands for."""
        known = self._view.named(list(dict.fromkeys(names)))
        return {name: Thing(name, tuple(known.get(name, ()))) for name in names}

    def thing_of(self, entity: Entity) -> Thing:
        """Return a bound entity with all that bears its name, itself first."""
        others = self._view.named([entity.name]).get(entity.name, ())
        return Thing(entity.name, (entity, *(e for e in others if e.id != entity.id)))

    def exact(self, step: Retrieve, thing: Thing, *, backwards: bool) -> list[Found]:
        """Return what the graph's own relation gives; all of it is meant, not one of it."""
        links = tuple(link for link in step.path.links if link.relation in self._relations)
        if self._source is None or not links or not thing.entities:
            return []
        known, free = Term("known"), Term("found", _type_of(step, backwards=backwards))
        ends = (free, known) if backwards else (known, free)
        asked = Retrieve(ends[0], Path(links), ends[1], step.conditions, step.mode)
        found = []
        for entity in thing.entities:
            table = _bound("known", entity)
            result = run(Program((asked,)), self._source, table=table).table
            for row in result.rows:
                value = row.cells[result.columns.index("found")]
                found.append(Found(value, row.facts[-1], round(row.score, 4), Level.EXACT))
        return merged(found)

    def over_pages(self, question: str, relation: str, kind: str, *, strict: bool) -> list[Found]:
        """Return what the pages at hand answer to a whole question, surest first; `relation`
        holds its words but for names, one of which has to be said (`strict`)."""
        if self._reader is None or self._meter.is_spent:
            return []
        return read_over(
            question, relation, kind, shelf=self._shelf, reader=self._reader, strict=strict
        )

    def loose(
        self,
        ask: str,
        thing: Thing | None,
        relation: str,
        kind: str,
        conditions: Sequence[Condition] = (),
        *,
        may_guess: bool = False,
    ) -> list[Found]:
        """Return what facts whose words fit and what texts give, one for each value, surest
        first; facts have to meet the conditions.

        With `may_guess`, what texts name beside the thing is taken where nothing else is found:
        enough to go on from, not to answer with.
        """
        key = (ask, thing.name if thing else "", relation, kind)
        if key not in self._seen:
            found = self._loose(ask, thing, relation, kind, conditions, strict=not may_guess)
            self._seen[key] = merged(found)
        found = self._seen[key]
        if may_guess and thing is not None and not (found and found[0].score >= _FOUND):
            return merged([*found, *beside(thing, kind, view=self._view, shelf=self._shelf)])
        return found

    def _loose(
        self,
        ask: str,
        thing: Thing | None,
        relation: str,
        kind: str,
        conditions: Sequence[Condition],
        *,
        strict: bool,
    ) -> list[Found]:
        found: list[Found] = []
        if thing is not None:
            found = look_up(
                ask or f"{relation} of {thing.name}",
                thing,
                relation,
                kind,
                view=self._view,
                shelf=self._shelf,
                similar=self._similar,
            )
            found = [each for each in found if _meets(each.fact, conditions)]
        sure = bool(found) and found[0].score >= _STATED
        if ask and self._reader is not None and not sure and not self._meter.is_spent:
            found += read(
                ask,
                thing,
                relation,
                kind,
                shelf=self._shelf,
                reader=self._reader,
                meter=self._meter,
                known=max((each.score for each in found), default=0.0),
                strict=strict,
            )
        return found


def _type_of(step: Retrieve, *, backwards: bool) -> str | None:
    end = step.head if backwards else step.tail
    return end.type if isinstance(end, Term) else None


def _bound(name: str, entity: Entity) -> Table:
    return Table([name], [Row((entity,))])


def _meets(fact: Fact, conditions: Sequence[Condition]) -> bool:
    """Return whether a fact meets conditions on its qualifiers, as the logic reads them."""
    if not conditions:
        return True
    path = Path((Link(fact.relation),))
    step = Retrieve(Term("head"), path, Term("tail"), tuple(conditions))
    return bool(len(run(Program((step,)), MemoryFacts([fact])).table))
