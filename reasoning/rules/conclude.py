"""What rules conclude: semi-naive evaluation, with the premises of every fact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kgkit.errors import QueryError
from kgkit.evidence import RuleEvidence
from kgkit.facts import Entity, Fact, Literal
from reasoning.logic.budget import Budget
from reasoning.logic.expressions import Constant
from reasoning.logic.forms import Program, Retrieve, Step, Term
from reasoning.logic.matching import retrieve
from reasoning.logic.run import run
from reasoning.logic.source import FactSource, MemoryFacts
from reasoning.logic.tables import Row, Table
from reasoning.logic.values import Cell, literal
from reasoning.rules.layered import Layered
from reasoning.rules.rule import Rule
from reasoning.rules.strata import strata
from stores.property_graph.naming import relationship_type

__all__ = ["MOST_FACTS", "conclude"]

#: More conclusions than this are a mistake in the rules.
MOST_FACTS = 1_000_000


class _Stated:
    """Whether the facts that rules were given say a fact already; each relation is read once."""

    def __init__(self, source: FactSource) -> None:
        self._source = source
        self._ids: dict[str, frozenset[str]] = {}

    def __contains__(self, fact: Fact) -> bool:
        name = relationship_type(fact.relation)
        if name not in self._ids:
            self._ids[name] = frozenset(other.id for other in self._source.related([name]))
        return fact.id in self._ids[name]


def conclude(
    rules: Sequence[Rule],
    source: FactSource,
    *,
    most: int = MOST_FACTS,
    strict: bool = True,
    budget: Budget | None = None,
) -> tuple[Fact, ...]:
    """Return what follows from the facts of a source and is not among them, by id.

    Each rests on the rule and the facts that it needed (their ids, of conclusions too); of several
    ways to conclude a fact by one rule the surest is kept. Raises `SchemaError` for rules that
    go in a circle (`strata`), `QueryError` for more than `most` conclusions or a rule whose
    condition has a value nowhere (if not `strict`, such a rule concludes nothing), and
    `QueryTimeout` where the time of `budget` is over.

    >>> from reasoning.rules.rule import parse_rules
    >>> ada, byron, eva = (Entity.named(name, "Person") for name in ("Ada", "Byron", "Eva"))
    >>> facts = [Fact(eva, "PARENT", byron), Fact(byron, "PARENT", ada)]
    >>> rules = parse_rules("(x)-[GRANDPARENT]->(z) :- (x)-[PARENT]->(y), (y)-[PARENT]->(z)")
    >>> [str(fact) for fact in conclude(rules, MemoryFacts(facts))]
    ['(Eva)-[GRANDPARENT]->(Ada)']
    """
    run = _Run(Layered(source), _Stated(source), budget or Budget(most_rows=MOST_FACTS))
    known = run.known
    for group in strata(rules):
        made = {relationship_type(rule.relation) for rule in group}
        fresh = run.round(group, None, strict=strict)
        while fresh:
            for fact in fresh:
                known.add(fact)
            if len(known.conclusions) > most:
                raise QueryError(
                    f"the rules conclude more than {most} facts; make their bodies narrower."
                )
            recursive = [r for r in group if made & set(map(relationship_type, r.needs))]
            fresh = run.round(recursive, MemoryFacts(fresh))
    return tuple(known.conclusions[id] for id in sorted(known.conclusions))


@dataclass(frozen=True, slots=True)
class _Run:
    """What is known so far, what was stated before, and how much time there is."""

    known: Layered
    stated: _Stated
    budget: Budget

    def round(
        self, rules: Sequence[Rule], delta: MemoryFacts | None, *, strict: bool = False
    ) -> list[Fact]:
        """Return what the rules conclude and was not known, by way of at least one fact of the
        delta, or of any facts where there is none."""
        fresh: dict[str, Fact] = {}
        for rule in rules:
            for row, columns in self._bodies(rule, delta, strict=strict):
                cells = dict(zip(columns, row.cells, strict=True))
                fact = _conclusion(rule, cells, row, self.known)
                if fact is None or fact.id in self.known.conclusions or fact in self.stated:
                    continue
                fresh[fact.id] = _surer(fresh.get(fact.id), fact)
        return [fresh[id] for id in sorted(fresh)]

    def _bodies(
        self, rule: Rule, delta: MemoryFacts | None, *, strict: bool
    ) -> Iterable[tuple[Row, Sequence[str]]]:
        atoms = [place for place, step in enumerate(rule.body.steps) if isinstance(step, Retrieve)]
        for chosen in [None] if delta is None else atoms:
            try:
                table = self._body(rule, delta, chosen)
            except _NoValue as error:
                if strict:
                    raise error.why from error
                continue
            for row in self.budget.timed(table.rows):
                yield row, table.columns

    def _body(self, rule: Rule, delta: MemoryFacts | None, chosen: int | None) -> Table:
        """Return the rows of a rule's body, its atom number `chosen` matched in the delta alone."""
        table = Table.unit()
        for place in _order(rule, chosen):
            step = rule.body.steps[place]
            if isinstance(step, Retrieve):
                source: FactSource = self.known
                if delta is not None and place == chosen:
                    source = delta
                table = retrieve(step, table, source, budget=self.budget)
            elif table.rows:
                table = _tested(step, table, self.known)
            if not table.rows:
                return Table(table.columns)
        return table


class _NoValue(Exception):
    """A condition of a rule has a value in no row."""

    def __init__(self, why: QueryError) -> None:
        super().__init__(str(why))
        self.why = why


def _tested(step: Step, table: Table, known: Layered) -> Table:
    try:
        return run(Program((step,)), known, table=table, most_rows=MOST_FACTS).table
    except QueryError as error:
        raise _NoValue(error) from error


def _order(rule: Rule, chosen: int | None) -> list[int]:
    """Return the order of a body's steps: the chosen atom, which has few facts, before the others,
    and those that share a variable with what is bound before those that do not."""
    steps = rule.body.steps
    left = [place for place, step in enumerate(steps) if isinstance(step, Retrieve)]
    found: list[int] = []
    bound: set[str] = set()
    while left:
        joined = (place for place in left if bound & _variables(steps[place]))
        place = chosen if chosen in left else next(joined, left[0])
        assert place is not None
        left.remove(place)
        found.append(place)
        bound |= _variables(steps[place])
    return [*found, *(place for place in range(len(steps)) if place not in found)]


def _variables(step: Step) -> set[str]:
    assert isinstance(step, Retrieve)
    ends = (step.head, step.tail)
    return {end.variable for end in ends if isinstance(end, Term) and end.variable}


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
