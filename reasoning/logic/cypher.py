"""Programs as openCypher over the graph that kgkit's stores keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reasoning.logic.checking import Kind
from reasoning.logic.compiled import (
    ORDERED,
    Compiled,
    FreshNames,
    Links,
    NotCompiled,
    asks_for_entities,
    checked,
    family,
    tails,
)
from reasoning.logic.cypher_conditions import compared, condition, named
from reasoning.logic.expressions import Constant, quoted
from reasoning.logic.forms import (
    Aggregate,
    Arg,
    Combine,
    Filter,
    Limit,
    Output,
    Program,
    Retrieve,
    Sort,
    Step,
    Term,
)
from reasoning.logic.run import sorted_before_limits
from reasoning.logic.vocabulary import Vocabulary
from stores.property_graph.naming import label, property_name, relationship_type

__all__ = ["to_cypher"]

_AGGREGATES = {
    "count": "count(DISTINCT {})",
    "exists": "count({}) > 0",
    "sum": "sum({})",
    "average": "avg({})",
    # Not min and max: the embedded engine takes the wrong one of dates.
    "min": "collect({})[0]",
    "max": "collect({})[0]",
}


def to_cypher(program: Program, vocabulary: Vocabulary, links: Links | None = None) -> Compiled:
    """Return a query whose rows are those of the program.

    `links` gives the ids of the entities that names stand for; other names are compared with the
    names of nodes. Raises `NotCompiled` for what openCypher or the graph cannot say, and what
    `check` raises.

    >>> from kgkit.schema import Schema
    >>> from reasoning.logic.reading import parse
    >>> films = Vocabulary.of_schema(Schema.parse("(Person)-[DIRECTED]->(Film)"))
    >>> print(to_cypher(parse('retrieve("Ridley Scott", DIRECTED, ?f)'), films))
    MATCH (_1:Entity)-[:DIRECTED]->(f:Entity)
    WHERE _1.name = "Ridley Scott"
    RETURN DISTINCT f.id AS f, f.name AS f_name, f.type AS f_type
    """
    query = _Query(vocabulary, links or {}, {}, FreshNames(program))
    for step in sorted_before_limits(program).steps:
        query.add(step)
    return query.compiled()


@dataclass(slots=True)
class _Clause:
    """A clause, and the conditions behind it where it can take a WHERE."""

    text: str
    where: list[str] = field(default_factory=list)
    takes_where: bool = True

    def __str__(self) -> str:
        return f"{self.text}\nWHERE {' AND '.join(self.where)}" if self.where else self.text


@dataclass(slots=True)
class _Query:
    """Clauses whose rows are those of the steps so far; `kinds` are the variables in scope."""

    vocabulary: Vocabulary
    links: Links
    kinds: Mapping[str, Kind]
    names: FreshNames
    inner: bool = False
    clauses: list[_Clause] = field(default_factory=list)
    sorting: tuple[tuple[str, bool], ...] | None = None
    is_sorted: bool = False

    def add(self, step: Step) -> None:
        """Add what a step does. Raises `NotCompiled`."""
        after = checked(step, self.vocabulary, self.kinds, inner=self.inner)
        match step:
            case Retrieve():
                self._retrieve(step, after)
            case Filter(test):
                self._where(condition(test, self.kinds))
            case Combine():
                self._combine(step, after)
            case Aggregate():
                self._aggregate(step)
            case Arg():
                self._arg(step)
            case Sort(sorting):
                self.sorting = sorting
            case Limit(rows):
                self._clause(f"WITH DISTINCT {self._scope()}\n{self._order()}\nLIMIT {rows}")
            case Output():
                if self.sorting is not None:
                    self._clause(f"WITH DISTINCT {self._scope()}\n{self._order()}")
                    self.sorting, self.is_sorted = None, True
        self.kinds = after

    def compiled(self) -> Compiled:
        """Return the whole query."""
        columns = tuple(self.names.column(*item) for item in self.kinds.items())
        self._scope()
        shown = []
        for column in columns:
            node = named(column.variable)
            shown.append(f"{node}.id AS {node}" if column.is_entity else node)
            if column.is_entity:
                shown += [f"{node}.name AS {named(column.name)}"]
                shown += [f"{node}.type AS {named(column.type)}"]
        if self.sorting is not None:
            self._clause(f"WITH DISTINCT {self._scope()}\n{self._order()}")
        # DISTINCT may lose the order; whoever reads the rows passes over repeated ones.
        is_sorted = self.is_sorted or self.sorting is not None
        last = f"RETURN {'' if is_sorted else 'DISTINCT '}{', '.join(shown)}"
        return Compiled("\n".join([*map(str, self.clauses), last]), columns)

    # Retrieving

    def _retrieve(self, step: Retrieve, after: Mapping[str, Kind]) -> None:
        links = step.path.links
        if len({(link.inverse, link.transitive) for link in links}) > 1:
            raise NotCompiled(f"{step.path} mixes directions or chains.")
        if asks_for_entities(step, self.vocabulary, after):
            self._edge(step)
        else:
            self._property(step, after)

    def _edge(self, step: Retrieve) -> None:
        links = step.path.links
        if links[0].transitive and len(links) > 1:
            raise NotCompiled(f"{step.path} chains several relations.")
        assert isinstance(step.tail, Term)
        (head, tests), (tail, more) = self._node(step.head), self._node(step.tail)
        types = "|".join(named(relationship_type(link.relation)) for link in links)
        edge = f"-[:{types}{'*' if links[0].transitive else ''}]-"
        arrow = f"<{edge}" if links[0].inverse else f"{edge}>"
        self._clause(f"MATCH {head}{arrow}{tail}", [*tests, *more])

    def _property(self, step: Retrieve, after: Mapping[str, Kind]) -> None:
        if len(step.path.links) > 1 or step.path.links[0].transitive:
            raise NotCompiled(f"{step.path} joins several properties.")
        head = step.head if step.head.variable else Term(self.names.new(), *_rest(step.head))
        node, tests = self._node(head)
        own = f"{named(head.variable or '')}.{named(property_name(step.path.links[0].relation))}"
        kind = Kind(frozenset(), tails(step, self.vocabulary).datatypes)
        tail = step.tail
        self._clause(f"MATCH {node}", [*tests, f"{own} IS NOT NULL"])
        # A property holds a value, or a list where there are several.
        if isinstance(tail, Constant):
            self._where(f"any(_x IN [] + {own} WHERE {compared('=', '_x', kind, tail)})")
            return
        names = f"[{', '.join(map(quoted, tail.names))}]"
        if tail.variable is None and tail.names:
            self._where(f"any(_x IN [] + {own} WHERE _x IN {names})")
        elif tail.variable in self.kinds and tail.variable is not None:
            if not {family(kind), family(self.kinds[tail.variable])} <= {"text"}:
                raise NotCompiled(f"?{tail.variable} is joined by values that may differ in form.")
            self._where(f"{named(tail.variable)} IN [] + {own}")
        elif tail.variable is not None:
            if family(after[tail.variable]) == "quantity":
                raise NotCompiled(f"?{tail.variable} has a unit.")
            self._clause(f"UNWIND [] + {own} AS {named(tail.variable)}", takes_where=False)
        if tail.variable is not None and tail.names:
            self._where(f"{named(tail.variable)} IN {names}")

    def _node(self, term: Term) -> tuple[str, list[str]]:
        """Return the pattern of a node, and the conditions on it."""
        variable = term.variable and named(term.variable)
        if variable is None:
            variable = self.names.new() if term.names else ""
        pattern = f"({variable}:{named(label(term.type)) if term.type else 'Entity'})"
        return pattern, [self._called(variable, term.names)] if term.names else []

    def _called(self, node: str, names: Sequence[str]) -> str:
        ids = [quoted(id) for name in names for id in self.links.get(name, ())]
        rest = [quoted(name) for name in names if name not in self.links]
        tests = [f"{node}.id IN [{', '.join(ids)}]"] if ids or not rest else []
        if rest:
            tests.append(
                f"{node}.name "
                + (f"= {rest[0]}" if len(rest) == 1 else (f"IN [{', '.join(rest)}]"))
            )
        return tests[0] if len(tests) == 1 else f"({' OR '.join(tests)})"

    # Sets

    def _combine(self, step: Combine, after: Mapping[str, Kind]) -> None:
        if step.operation != "union":
            for each in step.left.steps if step.left else ():
                self.add(each)
            sign = "NOT " if step.operation == "except" else ""
            self._where(f"{sign}EXISTS {{ {self._block(step.right).inline()} }}")
            return
        assert step.left is not None
        blocks = [self._block(step.left), self._block(step.right)]
        new = [named(name) for name in after if name not in self.kinds]
        if not new:
            tests = [f"EXISTS {{ {block.inline()} }}" for block in blocks]
            self._where(f"({' OR '.join(tests)})")
            return
        made = [f"{block.inline()} RETURN DISTINCT {', '.join(new)}" for block in blocks]
        scope = ", ".join(map(named, self.kinds))
        self._clause(f"CALL ({scope}) {{\n  {made[0]}\n  UNION\n  {made[1]}\n}}", takes_where=False)
        self._clause(f"WITH DISTINCT {', '.join(map(named, after))}")

    def _block(self, program: Program) -> _Query:
        block = _Query(self.vocabulary, self.links, self.kinds, self.names, inner=True)
        for step in program.steps:
            block.add(step)
        return block

    def inline(self) -> str:
        """Return the clauses on one line."""
        return " ".join(str(clause).replace("\n", " ") for clause in self.clauses)

    # Making smaller

    def _aggregate(self, step: Aggregate) -> None:
        by = "".join(f"{named(name)}, " for name in step.by)
        made = _AGGREGATES[step.function].format(named(step.of))
        self._clause(f"WITH DISTINCT {self._scope()}{_ranked(step.function, step.of)}")
        self._clause(f"WITH {by}{made} AS {named(step.variable)}")
        if step.function in ("min", "max", "average"):
            self._where(f"{named(step.variable)} IS NOT NULL")

    def _arg(self, step: Arg) -> None:
        best, rows, row = self.names.new(), self.names.new(), self.names.new()
        scope = [named(name) for name in self.kinds]
        by = "".join(f"{named(name)}, " for name in step.by)
        of = named(step.of)
        self._clause(f"WITH DISTINCT {self._scope()}{_ranked(step.function, step.of)}")
        listed = f"collect([{', '.join(scope)}]) AS {rows}"
        self._clause(f"WITH {by}collect({of})[0] AS {best}, {listed}", takes_where=False)
        self._clause(f"UNWIND {rows} AS {row}", takes_where=False)
        shown = ", ".join(f"{row}[{place}] AS {name}" for place, name in enumerate(scope))
        self._clause(f"WITH {best}, {shown}", [f"{of} = {best}"])

    def _order(self) -> str:
        """Return how rows are sorted: as asked, then by all that is in scope."""
        keys = dict(self.sorting or ())
        shown: list[str] = []
        for name in [*keys, *(name for name in self.kinds if name not in keys)]:
            if name not in self.kinds or family(self.kinds[name]) not in {*ORDERED, "entity"}:
                raise NotCompiled(f"?{name} is sorted in memory.")
            down = " DESC" if keys.get(name) else ""
            node = named(name)
            parts = [f"{node}.name", f"{node}.id"] if self.kinds[name].types else [node]
            shown += [f"{part}{down}" for part in parts]
        return f"ORDER BY {', '.join(shown)}"

    # Parts

    def _scope(self) -> str:
        if not self.kinds:
            raise NotCompiled("the program has no variable to return.")
        return ", ".join(map(named, self.kinds))

    def _where(self, test: str) -> None:
        if not (self.clauses and self.clauses[-1].takes_where):
            self._clause("WITH *")
        self.clauses[-1].where.append(test)

    def _clause(self, text: str, where: Sequence[str] = (), *, takes_where: bool = True) -> None:
        self.clauses.append(_Clause(text, list(where), takes_where))


def _rest(term: Term) -> tuple[str | None, tuple[str, ...]]:
    return term.type, term.names


def _ranked(function: str, of: str) -> str:
    """Return how rows are ordered so that the first has the smallest or largest value."""
    if not function.endswith(("min", "max")):
        return ""
    return f"\nORDER BY {named(of)}{' DESC' if function.endswith('max') else ''}"
