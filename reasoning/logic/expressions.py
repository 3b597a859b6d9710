"""Expressions of a logical form: variables, constants, arithmetic, comparison and functions."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from reasoning.logic.times import Time

__all__ = [
    "Binary",
    "Call",
    "Constant",
    "Expression",
    "Not",
    "Use",
    "quoted",
    "shown_name",
    "variables_of",
]

_NAME = re.compile(r"[^\W\d]\w*")
#: Words that the grammar keeps for itself.
_KEPT = frozenset(
    [
        "_",
        "filter",
        "union",
        "intersect",
        "except",
        "sort",
        "limit",
        "output",
        "by",
        "and",
        "or",
        "not",
        "at",
        "true",
        "false",
        "asc",
        "desc",
    ]
)


@dataclass(frozen=True, slots=True)
class Use:
    """The value of a variable in the row at hand."""

    variable: str

    def __str__(self) -> str:
        return f"?{self.variable}"


@dataclass(frozen=True, slots=True)
class Constant:
    """A text, number, truth value or time; a number may have a unit, which pint reads.

    >>> str(Constant(5, "km")), str(Constant("Alien")), str(Constant(Time(1979, 5, 25)))
    ('5[km]', '"Alien"', '1979-05-25')
    """

    value: str | int | float | bool | Time
    unit: str | None = None

    def __str__(self) -> str:
        if isinstance(self.value, str):
            return quoted(self.value)
        shown = str(self.value).lower() if isinstance(self.value, bool) else str(self.value)
        return f"{shown}[{self.unit}]" if self.unit else shown


@dataclass(frozen=True, slots=True)
class Binary:
    """Two expressions joined by a sign: + - * / = != < <= > >= and or."""

    sign: str
    left: Expression
    right: Expression

    def __str__(self) -> str:
        return f"{_nested(self.left)} {self.sign} {_nested(self.right)}"


@dataclass(frozen=True, slots=True)
class Not:
    """True where the expression is false."""

    test: Expression

    def __str__(self) -> str:
        return f"not ({self.test})"


@dataclass(frozen=True, slots=True)
class Call:
    """A function of `reasoning.logic.functions` and its arguments; "-" turns a sign round."""

    function: str
    arguments: tuple[Expression, ...]

    def __str__(self) -> str:
        return f"{self.function}({', '.join(map(str, self.arguments))})"


Expression = Use | Constant | Binary | Not | Call


def variables_of(expression: Expression) -> tuple[str, ...]:
    """Return the variables of an expression in order, each once.

    >>> variables_of(Binary("<", Use("a"), Binary("+", Use("b"), Use("a"))))
    ('a', 'b')
    """
    match expression:
        case Use(variable):
            return (variable,)
        case Binary(_, left, right):
            return tuple(dict.fromkeys(variables_of(left) + variables_of(right)))
        case Not(test):
            return variables_of(test)
        case Call(_, arguments):
            return tuple(dict.fromkeys(v for one in arguments for v in variables_of(one)))
        case _:
            return ()


def quoted(text: str) -> str:
    """Return a text as the language writes it.

    >>> print(quoted('say "aye"'))
    "say \\"aye\\""
    """
    return json.dumps(text, ensure_ascii=False)


def shown_name(name: str) -> str:
    """Return a type, relation or role as the language writes it: in backticks if it is no word.

    >>> shown_name("BORN_IN"), shown_name("work of art"), shown_name("by")
    ('BORN_IN', '`work of art`', '`by`')
    """
    if _NAME.fullmatch(name) and name not in _KEPT:
        return name
    return "`" + quoted(name)[1:-1].replace("`", "\\u0060") + "`"


def _nested(expression: Expression) -> str:
    return f"({expression})" if isinstance(expression, Binary | Not) else str(expression)
