"""Programs as SPARQL 1.1 over the graph that `stores.rdf` keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reasoning.logic.checking import Kind
from reasoning.logic.compiled import (
    ORDERED,
    Column,
    Compiled,
    FreshNames,
    Links,
    NotCompiled,
    asks_for_entities,
    checked,
    family,
    tails,
)
from reasoning.logic.expressions import Constant, Expression, quoted
from reasoning.logic.forms import (
    Aggregate,
    Arg,
    Combine,
    Filter,
    Limit,
    Link,
    Output,
    Program,
    Retrieve,
    Sort,
    Step,
    Term,
)
from reasoning.logic.run import sorted_before_limits
from reasoning.logic.sparql_conditions import compared, condition
from reasoning.logic.vocabulary import Vocabulary
from stores.property_graph.naming import label, relationship_type
from stores.rdf.names import entity_iri, relation_iri, shorten, type_iri

__all__ = ["to_sparql"]

_AGGREGATES = {
    "count": "COUNT(DISTINCT {})",
    "exists": "COUNT({}) > 0",
    "sum": "SUM({})",
    "average": "AVG({})",
    "min": "MIN({})",
    "max": "MAX({})",
}


def to_sparql(program: Program, vocabulary: Vocabulary, links: Links | None = None) -> Compiled:
    """Return a query whose rows are those of the program.

    `links` gives the ids of the entities that names stand for; other names are compared with
    labels. Raises `NotCompiled` for what is done in memory, and what `check` raises.

    >>> from kgkit.schema import Schema
    >>> from reasoning.logic.reading import parse
    >>> films = Vocabulary.of_schema(Schema.parse("(Person)-[DIRECTED]->(Film)"))
    >>> print(to_sparql(parse('retrieve("Ridley Scott", DIRECTED, ?f)'), films))
    SELECT DISTINCT ?f ?f_name ?f_type {
      VALUES ?_2 { "Ridley Scott" } ?_1 rdfs:label ?_2 .
      ?_1 rel:DIRECTED ?f .
      ?f a kg:Entity .
      ?f rdfs:label ?f_name ; a ?f_type FILTER(STRSTARTS(STR(?f_type), STR(type:)))
    }
    """
    query = _Query(vocabulary, links or {}, {}, FreshNames(program))
    for step in sorted_before_limits(program).steps:
        query.add(step)
    return query.compiled()


@dataclass(slots=True)
class _Query:
    """A group pattern, line by line, whose solutions are the rows of the steps so far."""

    vocabulary: Vocabulary
    links: Links
    kinds: Mapping[str, Kind]
    names: FreshNames
    inner: bool = False
    lines: list[str] = field(default_factory=list)
    order: str = ""

    def add(self, step: Step) -> None:
        """Add what a step does. Raises `NotCompiled`."""
        after = checked(step, self.vocabulary, self.kinds, inner=self.inner)
        match step:
            case Retrieve():
                self._retrieve(step, after)
            case Filter(test):
                self.lines.append(f"FILTER({self._tested(test)})")
            case Combine():
                self._combine(step, after)
            case Aggregate():
                self._aggregate(step)
            case Arg():
                self._arg(step)
            case Sort(keys):
                self.order = self._sorted(keys)
            case Limit(rows):
                self._wrap(self._scope(), f"{self.order} LIMIT {rows}")
            case Output() if not self.order:
                self._wrap([f"?{name}" for name in after])
            case Output():
                pass
        self.kinds = after

    def compiled(self) -> Compiled:
        """Return the whole query."""
        columns = tuple(self.names.column(*item) for item in self.kinds.items())
        shown: list[str] = []
        for column in columns:
            shown.append(f"?{column.variable}")
            if column.is_entity:
                shown += [f"?{column.name}", f"?{column.type}"]
                self.lines.append(_described(column))
        distinct = "SELECT DISTINCT" if not self.order else "SELECT"
        if not columns:
            raise NotCompiled("the program has no variable to return.")
        lines = [f"{distinct} {' '.join(shown)} {{", *_indented(self.lines), "}"]
        if self.order:
            lines.append(self.order)
        return Compiled("\n".join(lines), columns)

    # Retrieving

    def _retrieve(self, step: Retrieve, after: Mapping[str, Kind]) -> None:
        path = "|".join(self._link(link) for link in step.path.links)
        head = self._node(step.head)
        kind = Kind(frozenset(), tails(step, self.vocabulary).datatypes)
        if asks_for_entities(step, self.vocabulary, after):
            assert isinstance(step.tail, Term)
            tail = self._node(step.tail)
            self.lines += [f"{head} {path} {tail} .", f"{tail} a kg:Entity ."]
            return
        if isinstance(step.tail, Constant):
            value = f"?{self.names.new()}"
            test = compared("=", value, kind, step.tail)
            self.lines += [f"{head} {path} {value} .", f"FILTER({test})"]
            return
        variable = step.tail.variable
        if variable is not None and family(after[variable]) == "quantity":
            raise NotCompiled(f"?{variable} has a unit.")
        if variable in self.kinds and family(kind) != "text":
            raise NotCompiled(f"?{variable} is joined by values that may differ in form.")
        value = f"?{variable or self.names.new()}"
        if step.tail.names:
            self.lines.append(f"VALUES {value} {{ {' '.join(map(quoted, step.tail.names))} }}")
        self.lines.append(f"{head} {path} {value} .")

    def _link(self, link: Link) -> str:
        name = relationship_type(link.relation)
        spelt = self.vocabulary.spellings.get(name, (link.relation,))
        path = "|".join(shorten(relation_iri(each)) for each in spelt)
        path = f"({path})" if len(spelt) > 1 else path
        return f"{'^' if link.inverse else ''}{path}{'+' if link.transitive else ''}"

    def _node(self, term: Term) -> str:
        """Return the variable of a node, after what is said of it."""
        node = f"?{term.variable or self.names.new()}"
        if term.names:
            self.lines.append(self._called(node, term.names))
        if term.type:
            name = label(term.type)
            spelt = self.vocabulary.spellings.get(name, (term.type,))
            kinds = " ".join(shorten(type_iri(each)) for each in spelt)
            kind = self.names.new()
            one = f"{node} a {kinds} ."
            self.lines.append(
                one if len(spelt) == 1 else f"VALUES ?{kind} {{ {kinds} }} {node} a ?{kind} ."
            )
        return node

    def _called(self, node: str, names: Sequence[str]) -> str:
        known = [id for name in names for id in self.links.get(name, ())]
        rest = [quoted(name) for name in names if name not in self.links]
        ids = f"VALUES {node} {{ {' '.join(f'<{entity_iri(id)}>' for id in known)} }}"
        if not rest:
            return ids
        name = f"?{self.names.new()}"
        labels = f"VALUES {name} {{ {' '.join(rest)} }} {node} rdfs:label {name} ."
        return f"{{ {ids} }} UNION {{ {labels} }}" if known else labels

    def _tested(self, test: Expression) -> str:
        text, labels = condition(test, self.kinds, self.names)
        of = ((name, self.names.beside(name, "label")) for name in labels)
        self.lines += [f"?{name} rdfs:label ?{label} ." for name, label in of]
        return text

    # Sets

    def _combine(self, step: Combine, after: Mapping[str, Kind]) -> None:
        if step.operation == "union":
            assert step.left is not None
            blocks = [self._block(block) for block in (step.left, step.right)]
            made = [" ".join(["{", *self.lines, *block.lines, "}"]) for block in blocks]
            self.lines = [made[0], "UNION", made[1]]
            self._wrap([f"?{name}" for name in after])
            return
        for each in step.left.steps if step.left else ():
            self.add(each)
        inner = " ".join(self._block(step.right).lines)
        sign = "NOT " if step.operation == "except" else ""
        self.lines.append(f"FILTER {sign}EXISTS {{ {inner} }}")
        if len(after) < len(self.kinds):
            self._wrap([f"?{name}" for name in after])

    def _block(self, program: Program) -> _Query:
        block = _Query(self.vocabulary, self.links, self.kinds, self.names, inner=True)
        for step in program.steps:
            block.add(step)
        return block

    # Making smaller

    def _aggregate(self, step: Aggregate) -> None:
        self._wrap(self._scope())
        by = [f"?{name}" for name in step.by]
        made = f"({_AGGREGATES[step.function].format(f'?{step.of}')} AS ?{step.variable})"
        self._wrap([*by, made], f"GROUP BY {' '.join(by)}" if by else "", distinct=False)
        if step.function in ("min", "max", "average") or by:
            self.lines.append(f"FILTER(BOUND(?{step.variable}))")
        self.order = ""

    def _arg(self, step: Arg) -> None:
        best = f"?{self.names.new()}"
        by = [f"?{name}" for name in step.by]
        function = step.function.removeprefix("arg").upper()
        whole = list(self.lines)
        group = f"GROUP BY {' '.join(by)}" if by else ""
        self._wrap([*by, f"({function}(?{step.of}) AS {best})"], group, distinct=False)
        self.lines += [*whole, f"FILTER(?{step.of} = {best})"]
        self._wrap(self._scope())

    def _sorted(self, keys: Sequence[tuple[str, bool]]) -> str:
        named = dict(keys)
        shown: list[str] = []
        for name in [*named, *(name for name in self.kinds if name not in named)]:
            if family(self.kinds[name]) not in {*ORDERED, "entity"}:
                raise NotCompiled(f"?{name} is sorted in memory.")
            parts = [f"?{name}"]
            if self.kinds[name].types:
                label = f"?{self.names.beside(name, 'sorted')}"
                parts = [label, f"STR(?{name})"]
                self.lines.append(f"?{name} rdfs:label {label} .")
            shown += [f"DESC({part})" if named.get(name) else f"ASC({part})" for part in parts]
        return f"ORDER BY {' '.join(shown)}" if shown else ""

    # Parts

    def _scope(self) -> list[str]:
        if not self.kinds:
            raise NotCompiled("the program has no variable to return.")
        return [f"?{name}" for name in self.kinds]

    def _wrap(self, shown: Sequence[str], end: str = "", *, distinct: bool = True) -> None:
        """Make the lines a query of their own, of which these columns go on."""
        if not shown:
            raise NotCompiled("the program has no variable to return.")
        select = f"{{ SELECT {'DISTINCT ' if distinct else ''}{' '.join(shown)} {{"
        self.lines = [select, *_indented(self.lines), f"}} {end} }}".replace("  ", " ")]


def _described(column: Column) -> str:
    """Return what gives the name and type of an entity."""
    return (
        f"?{column.variable} rdfs:label ?{column.name} ; a ?{column.type} "
        f"FILTER(STRSTARTS(STR(?{column.type}), STR(type:)))"
    )


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"  {line}" for each in lines for line in each.split("\n")]
