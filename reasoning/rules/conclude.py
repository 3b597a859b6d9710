"""What rules conclude: semi-naive evaluation, with the premises of every fact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kgkit.errors import QueryError
from kgkit.evidence import RuleEvidence
from kgkit.facts import Entity, Fact, Literal
from reasoning.logic.expressions import Constant
from reasoning.logic.forms import Program, Retrieve, Term
from reasoning.logic.matching import retrieve
from reasoning.logic.run import run
from reasoning.logic.source import FactSource, MemoryFacts
from reasoning.logic.tables import Row, Table
from reasoning.logic.values import Cell, literal
from reasoning.rules.rule import Rule
from reasoning.rules.strata import strata
from stores.property_graph.naming import relationship_type

__all__ = ["MOST_FACTS", "Layered", "conclude"]

#: More conclusions than this are a mistake in the rules.
MOST_FACTS = 1_000_000


class Layered:
    """A source with conclusions laid over it, which may grow."""

    def __init__(self, below: FactSource) -> None:
        self._below = below
        self._found: dict[str, Fact] = {}
        self._about: dict[str, set[str]] = defaultdict(set)
        self._related: dict[str, set[str]] = defaultdict(set)

    @property
    def conclusions(self) -> Mapping[str, Fact]:
        """The facts that were laid over it, by id."""
        return self._found

    def add(self, fact: Fact) -> None:
        """Lay a fact over it, in the place of one that says the same."""
        self._found[fact.id] = fact
        self._related[relationship_type(fact.relation)].add(fact.id)
        for end in (fact.head, fact.tail):
            if isinstance(end, Entity):
                self._about[end.id].add(fact.id)

    def named(self, names: Sequence[str]) -> Mapping[str, Sequence[Entity]]:
        """Return the entities of each name or alias that has any."""
        return self._below.named(names)

    def about(self, entity_ids: Sequence[str]) -> Iterable[Fact]:
        """Return the facts with any of these entities as head or tail."""
        found = {id for entity in entity_ids for id in self._about.get(entity, ())}
        return self._joined(self._below.about(entity_ids), found)

    def related(self, relations: Sequence[str] | None) -> Iterable[Fact]:
        """Return the facts of these relations, or all."""
        names = self._related if relations is None else relations
        found = {id for name in names for id in self._related.get(name, ())}
        return self._joined(self._below.related(relations), found)

    def _joined(self, below: Iterable[Fact], ids: Iterable[str]) -> Iterable[Fact]:
        yield from below
        yield from (self._found[id] for id in sorted(ids))


def conclude(
    rules: Sequence[Rule], source: FactSource, *, most: int = MOST_FACTS
) -> tuple[Fact, ...]:
    """Return what follows from the facts of a source and is not among them, by id.

    Each rests on the rule and the facts that it needed (their ids, of conclusions too); of several
    ways to conclude a fact by one rule the surest is kept. Raises `SchemaError` for rules that
    go in a circle (`strata`), `QueryError` for more than `most` conclusions or a rule whose
    condition has a value nowhere.

    >>> from reasoning.rules.rule import parse_rules
    >>> ada, byron, eva = (Entity.named(name, "Person") for name in ("Ada", "Byron", "Eva"))
    >>> facts = [Fact(eva, "PARENT", byron), Fact(byron, "PARENT", ada)]
    >>> rules = parse_rules("(x)-[GRANDPARENT]->(z) :- (x)-[PARENT]->(y), (y)-[PARENT]->(z)")
    >>> [str(fact) for fact in conclude(rules, MemoryFacts(facts))]
    ['(Eva)-[GRANDPARENT]->(Ada)']
    """
    known = Layered(source)
    stated: dict[str, bool] = {}
    for group in strata(rules):
        made = {relationship_type(rule.relation) for rule in group}
        fresh = _round(group, known, None, stated)
        while fresh:
            for fact in fresh:
                known.add(fact)
            if len(known.conclusions) > most:
                raise QueryError(
                    f"the rules conclude more than {most} facts; make their bodies narrower."
                )
            recursive = [r for r in group if made & set(map(relationship_type, r.needs))]
            fresh = _round(recursive, known, MemoryFacts(fresh), stated)
    return tuple(known.conclusions[id] for id in sorted(known.conclusions))


def _round(
    rules: Sequence[Rule], known: Layered, delta: MemoryFacts | None, stated: dict[str, bool]
) -> list[Fact]:
    """Return what the rules conclude and was not known, by way of at least one fact of the delta,
    or of any facts where there is none."""
    fresh: dict[str, Fact] = {}
    for rule in rules:
        for row, columns in _bodies(rule, known, delta):
            fact = _conclusion(rule, dict(zip(columns, row.cells, strict=True)), row, known)
            if fact is None or fact.id in known.conclusions or _is_stated(fact, known, stated):
                continue
            fresh[fact.id] = _surer(fresh.get(fact.id), fact)
    return [fresh[id] for id in sorted(fresh)]


def _bodies(
    rule: Rule, known: Layered, delta: MemoryFacts | None
) -> Iterable[tuple[Row, Sequence[str]]]:
    atoms = [place for place, step in enumerate(rule.body.steps) if isinstance(step, Retrieve)]
    for chosen in [None] if delta is None else atoms:
        table = _body(rule, known, delta, chosen)
        for row in table.rows:
            yield row, table.columns


def _body(rule: Rule, known: Layered, delta: MemoryFacts | None, chosen: int | None) -> Table:
    """Return the rows of a rule's body, its atom number `chosen` matched in the delta alone."""
    table = Table.unit()
    for place, step in enumerate(rule.body.steps):
        if isinstance(step, Retrieve):
            source: FactSource = delta if delta is not None and place == chosen else known
            table = retrieve(step, table, source)
        elif table.rows:
            table = run(Program((step,)), known, table=table).table
        if not table.rows:
            return Table(table.columns)
    return table


def _conclusion(rule: Rule, row: Mapping[str, Cell], whole: Row, known: FactSource) -> Fact | None:
    head, tail = _end(rule.head.head, row, known), _end(rule.head.tail, row, known)
    if not isinstance(head, Entity) or tail is None or head == tail:
        return None
    premises = tuple(sorted({fact.id for fact in whole.facts}))
    evidence = RuleEvidence(rule.text, premises, round(whole.score, 6))
    return Fact(head, rule.relation, tail, predicate=rule.relation, evidence=(evidence,))


def _end(end: Term | Constant, row: Mapping[str, Cell], known: FactSource) -> Cell | None:
    if isinstance(end, Constant):
        return literal(end)
    if end.variable is not None:
        return row[end.variable]
    found = known.named(end.names).get(end.names[0], ())
    return found[0] if found else Literal(end.names[0])


def _is_stated(fact: Fact, known: Layered, stated: dict[str, bool]) -> bool:
    """Return whether the facts that a rule was given say so already."""
    if fact.id not in stated:
        about = known.about([fact.head.id])
        stated[fact.id] = any(
            other.id == fact.id for other in about if other.id not in known.conclusions
        )
    return stated[fact.id]


def _surer(held: Fact | None, fact: Fact) -> Fact:
    """Return the fact on the evidence of both; of one rule only the surest."""
    if held is None:
        return fact
    best: dict[str, RuleEvidence] = {}
    for piece in (*held.evidence, *fact.evidence):
        if isinstance(piece, RuleEvidence):
            other = best.get(piece.rule)
            if other is None or (-piece.score, piece.premises) < (-other.score, other.premises):
                best[piece.rule] = piece
    return replace(fact, evidence=tuple(best[rule] for rule in sorted(best)))
