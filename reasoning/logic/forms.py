"""The logical form: what a question asks, as a small typed program.

A program is a list of steps over a table of bindings, which begins with one empty row. `retrieve`
joins facts to it, `filter` and the set operations choose among its rows, `let` adds a column,
aggregates make it smaller, and `output` says which columns are the answer. Every form prints as
the text that `reasoning.logic.reading.parse` reads::

    retrieve(?f:Film, DIRECTED_BY, "Ridley Scott")
    retrieve(?f, RELEASED_ON, ?d)
    filter(?d < 1990-01-01)
    argmax(?d)
    output(?f)
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reasoning.logic.expressions import Constant, Expression, Use, quoted, shown_name

__all__ = [
    "Aggregate",
    "Arg",
    "Combine",
    "Condition",
    "Filter",
    "Let",
    "Limit",
    "Link",
    "Mode",
    "Output",
    "Path",
    "Program",
    "Retrieve",
    "Sort",
    "Step",
    "Term",
]


class Mode(StrEnum):
    """Which facts a step retrieves: stated ones, those and what rules conclude, denied or hedged
    ones."""

    RETRIEVE = "retrieve"
    DEDUCE = "deduce"
    DENIED = "denied"
    HEDGED = "hedged"


@dataclass(frozen=True, slots=True)
class Term:
    """An end of a fact: a variable, a type, names that it may have; "_" for anything.

    >>> str(Term("f", "Film", ("Alien", "Aliens")))
    '?f:Film "Alien"|"Aliens"'
    """

    variable: str | None = None
    type: str | None = None
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        head = f"?{self.variable}" if self.variable else ""
        head += f":{shown_name(self.type)}" if self.type else ""
        names = "|".join(map(quoted, self.names))
        return " ".join(part for part in (head, names) if part) or "_"


@dataclass(frozen=True, slots=True)
class Link:
    """A relation, from tail to head if `inverse`, one or more in a chain if `transitive`.

    >>> str(Link("PART_OF", transitive=True)), str(Link("work of", inverse=True))
    ('PART_OF+', '^`work of`')
    """

    relation: str
    inverse: bool = False
    transitive: bool = False

    def __str__(self) -> str:
        name = shown_name(self.relation)
        return f"{'^' if self.inverse else ''}{name}{'+' if self.transitive else ''}"


@dataclass(frozen=True, slots=True)
class Path:
    """One of several links, or, with a `variable`, any relation, which it is bound to."""

    links: tuple[Link, ...] = ()
    variable: str | None = None

    def __str__(self) -> str:
        return f"?{self.variable}" if self.variable else "|".join(map(str, self.links))


@dataclass(frozen=True, slots=True)
class Condition:
    """What a qualifier of the fact must be; the role "at" asks that the fact held at that time.

    `sign` is a comparison ("=", "<", ...); a variable that is not bound yet is bound by "=".

    >>> str(Condition("valid_from", "<=", Constant(1990))), str(Condition("at", "=", Use("t")))
    ('valid_from <= 1990', 'at ?t')
    """

    role: str
    sign: str
    operand: Constant | Use

    def __str__(self) -> str:
        if self.role == "at":
            return f"at {self.operand}"
        return f"{shown_name(self.role)} {self.sign} {self.operand}"


@dataclass(frozen=True, slots=True)
class Retrieve:
    """Join the facts that match to the table."""

    head: Term
    path: Path
    tail: Term | Constant
    conditions: tuple[Condition, ...] = ()
    mode: Mode = Mode.RETRIEVE

    def __str__(self) -> str:
        parts = [self.head, self.path, self.tail, *self.conditions]
        return f"{self.mode.value}({', '.join(map(str, parts))})"


@dataclass(frozen=True, slots=True)
class Filter:
    """Keep the rows for which the expression is true."""

    test: Expression

    def __str__(self) -> str:
        return f"filter({self.test})"


@dataclass(frozen=True, slots=True)
class Let:
    """Add a column with the value of an expression."""

    variable: str
    value: Expression

    def __str__(self) -> str:
        return f"?{self.variable} = {self.value}"


@dataclass(frozen=True, slots=True)
class Combine:
    """Extend the table by either block (`union`), or by the left block where the right one agrees
    (`intersect`) or does not (`except`) on the variables that both have.

    Without a left block the table itself is what the right one is taken from. What one block has
    alone is forgotten after a union, and what the right one has alone always.
    """

    operation: str
    left: Program | None
    right: Program

    def __str__(self) -> str:
        blocks = [self.right] if self.left is None else [self.left, self.right]
        return " ".join([self.operation, *(f"{{ {block.inline()} }}" for block in blocks)])


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Make one row of each group of rows with equal `by`, holding `by` and one number.

    `function` is count (of different values), sum, min, max, average (over rows) or exists.
    """

    variable: str
    function: str
    of: str
    by: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"?{self.variable} = {self.function}(?{self.of}){_by(self.by)}"


@dataclass(frozen=True, slots=True)
class Arg:
    """Keep the rows where a variable is largest ("argmax") or smallest ("argmin"), in each group;
    equally good ones all stay."""

    function: str
    of: str
    by: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.function}(?{self.of}){_by(self.by)}"


@dataclass(frozen=True, slots=True)
class Sort:
    """Order the rows by variables, each ascending or (True) descending."""

    keys: tuple[tuple[str, bool], ...]

    def __str__(self) -> str:
        shown = (f"?{name}{' desc' if falling else ''}" for name, falling in self.keys)
        return f"sort({', '.join(shown)})"


@dataclass(frozen=True, slots=True)
class Limit:
    """Keep the first so many rows."""

    rows: int

    def __str__(self) -> str:
        return f"limit({self.rows})"


@dataclass(frozen=True, slots=True)
class Output:
    """The columns that answer."""

    variables: tuple[str, ...]

    def __str__(self) -> str:
        return f"output({', '.join(f'?{name}' for name in self.variables)})"


Step = Retrieve | Filter | Let | Combine | Aggregate | Arg | Sort | Limit | Output


@dataclass(frozen=True, slots=True)
class Program:
    """Steps in order; printed one a line.

    >>> print(Program((Retrieve(Term("p"), Path((Link("BORN_IN"),)), Term(names=("Paris",))),)))
    retrieve(?p, BORN_IN, "Paris")
    """

    steps: tuple[Step, ...] = ()

    def __str__(self) -> str:
        return "\n".join(map(str, self.steps))

    def inline(self) -> str:
        """Return the program on one line."""
        return "; ".join(map(str, self.steps))


def _by(names: tuple[str, ...]) -> str:
    return f" by {', '.join(f'?{name}' for name in names)}" if names else ""
