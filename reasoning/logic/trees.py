"""From the trees of the grammar to forms."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import reduce
from math import isfinite
from typing import Any

from lark import Token, Transformer, Tree, v_args
from lark.exceptions import VisitError

from kgkit.errors import QueryError
from reasoning.logic.expressions import Binary, Call, Constant, Expression, Not, Use
from reasoning.logic.forms import (
    Aggregate,
    Arg,
    Combine,
    Condition,
    Filter,
    Let,
    Limit,
    Link,
    Mode,
    Output,
    Path,
    Program,
    Retrieve,
    Sort,
    Step,
    Term,
)
from reasoning.logic.times import Time, time_of

__all__ = ["build"]


def build(tree: Tree[Token]) -> Program:
    """Return the program of a tree of the grammar. Raises `QueryError` for a value that is none:
    a date that the calendar does not have, a text with a broken escape."""
    try:
        return _Builder().transform(tree)
    except VisitError as error:
        raise error.orig_exc from error


@v_args(inline=True)
class _Builder(Transformer[Token, Program]):
    """Makes forms of the grammar's trees, bottom up, one method a rule."""

    def start(self, program: Program) -> Program:
        return program

    def program(self, *steps: Step) -> Program:
        return Program(steps)

    def block(self, program: Program) -> Program:
        return program

    def retrieve(self, mode: Token, head: Term, path: Path, tail: Any, *rest: Any) -> Step:
        return Retrieve(head, path, tail, rest, Mode(str(mode)))

    def filter(self, test: Expression) -> Step:
        return Filter(test)

    def let(self, variable: Token, value: Expression) -> Step:
        return Let(variable[1:], value)

    def union(self, left: Program, right: Program) -> Step:
        return Combine("union", left, right)

    def intersect(self, *blocks: Program) -> Step:
        return _combined("intersect", blocks)

    def difference(self, *blocks: Program) -> Step:
        return _combined("except", blocks)

    def aggregate(self, name: Token, function: Token, of: Token, *by: Any) -> Step:
        return Aggregate(name[1:], str(function), of[1:], by[0] if by else ())

    def arg(self, function: Token, of: Token, *by: Any) -> Step:
        return Arg(str(function), of[1:], by[0] if by else ())

    def by(self, *names: Token) -> tuple[str, ...]:
        return tuple(name[1:] for name in names)

    def sort(self, *keys: tuple[str, bool]) -> Step:
        return Sort(keys)

    def key(self, name: Token, *direction: Token) -> tuple[str, bool]:
        return name[1:], direction == ("desc",)

    def limit(self, rows: Token) -> Step:
        count = int(_number(rows, int))
        if count < 0:
            raise QueryError(f"limit({rows}) keeps fewer than no rows; write 0 or more.")
        return Limit(count)

    def output(self, *names: Token) -> Step:
        return Output(tuple(name[1:] for name in names))

    def variable(self, name: Token, *rest: Any) -> Term:
        type = next((part for part in rest if isinstance(part, str)), None)
        names = next((part for part in rest if isinstance(part, tuple)), ())
        return Term(name[1:], type, names)

    def unnamed(self, type: str, *names: tuple[str, ...]) -> Term:
        return Term(None, type, names[0] if names else ())

    def only_names(self, names: tuple[str, ...]) -> Term:
        return Term(names=names)

    def anything(self) -> Term:
        return Term()

    def type(self, name: str) -> str:
        return name

    def names(self, *texts: Token) -> tuple[str, ...]:
        return tuple(_text(text) for text in texts)

    def links(self, *links: Link) -> Path:
        return Path(links)

    def any_link(self, name: Token) -> Path:
        return Path(variable=name[1:])

    def link(self, *parts: Any) -> Link:
        signs = [str(part) for part in parts if getattr(part, "type", "")]
        name = next(part for part in parts if not getattr(part, "type", ""))
        return Link(name, "^" in signs, "+" in signs)

    def role(self, name: str, sign: Token, operand: Any) -> Condition:
        return Condition(name, str(sign), operand)

    def at(self, operand: Any) -> Condition:
        return Condition("at", "=", operand)

    def either(self, *parts: Expression) -> Expression:
        return reduce(lambda a, b: Binary("or", a, b), parts)

    def both(self, *parts: Expression) -> Expression:
        return reduce(lambda a, b: Binary("and", a, b), parts)

    def no(self, test: Expression) -> Expression:
        return Not(test)

    def compared(self, left: Expression, sign: Token, right: Expression) -> Expression:
        return Binary(str(sign), left, right)

    def added(self, *parts: Any) -> Expression:
        return _chained(parts)

    def multiplied(self, *parts: Any) -> Expression:
        return _chained(parts)

    def sign(self, sign: Token, value: Expression) -> Expression:
        return Call("minus", (value,)) if sign == "-" else value

    def use(self, name: Token) -> Use:
        return Use(name[1:])

    def text(self, text: Token) -> Constant:
        return Constant(_text(text))

    def call(self, name: Token, *arguments: Expression) -> Call:
        return Call(str(name), arguments)

    def constant(self, value: Token, *unit: Token) -> Constant:
        return Constant(_value(value), unit[0][1:-1].strip() if unit else None)

    def name(self, name: Token) -> str:
        return str(name) if name[0] != "`" else _name(name)


def _combined(operation: str, blocks: Sequence[Program]) -> Combine:
    left = blocks[0] if len(blocks) > 1 else None
    return Combine(operation, left, blocks[-1])


def _chained(parts: Sequence[Any]) -> Expression:
    value: Expression = parts[0]
    for sign, right in zip(parts[1::2], parts[2::2], strict=True):
        value = Binary(str(sign), value, right)
    return value


def _text(token: str) -> str:
    try:
        return str(json.loads(token, strict=False))
    except json.JSONDecodeError as error:
        raise QueryError(f"{token} is no text; write it as in JSON, \\ as \\\\.") from error


def _name(token: str) -> str:
    inner = token[1:-1].replace('"', '\\"') if '\\"' not in token else token[1:-1]
    return _text(f'"{inner}"')


def _value(token: Token) -> str | int | float | bool | Time:
    kind, text = token.type, str(token)
    if kind == "BOOLEAN":
        return text == "true"
    if kind == "INTEGER":
        return _number(text, int)
    if kind == "NUMBER":
        return _number(text, float)
    time = time_of(text)
    if time is None:
        raise QueryError(f"{text} is no date; the calendar has no such day.")
    return time


def _number(text: str, kind: type[int] | type[float]) -> int | float:
    try:
        value = kind(text)
    except ValueError as error:
        raise QueryError(f"the number {text[:20]}... has too many digits.") from error
    if isinstance(value, float) and not isfinite(value):
        raise QueryError(f"the number {text[:20]} is too large; write one below 1e308.")
    return value
