"""The scenarios' text format: what is given, what is asked, and what must come back.

A line `EXPRESSION => VALUE` is a scenario of its own: RETURN EXPRESSION must give VALUE. The
others are blocks, each ended by a blank line::

    scenario a label selects
      graph people                        a graph of tests/scenarios/graphs.py, else none
      given CREATE (:Note {text: 'x'})    statements that write first, in order
      with year = 1815                    parameters
      ask MATCH (n:Note) RETURN n.text AS text
      then text                           the columns ("in order" after it: rows are ordered)
        | 'x'                             and the rows
      on neo4j because it says so         what differs on an engine, and why
        fails QueryError

`change` instead of `ask` writes. `fails ERROR` stands where rows would; `skip` after `because`
leaves the scenario out there. `graph`, `scenario` and comments (`#`) begin a line; in expressions
`on ENGINE because REASON => VALUE` follows, indented. Values are Python literals, and `date`,
`time`, `datetime` and `duration` of ISO text or seconds.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

__all__ = ["Outcome", "Scenario", "read_scenarios", "shown"]

_CALLS: dict[str, Callable[[Any], Any]] = {
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "datetime": datetime.fromisoformat,
    "duration": lambda seconds: timedelta(seconds=seconds),
}
_NAMES = {"nan": math.nan, "inf": math.inf}


@dataclass(slots=True)
class Outcome:
    """What must come back: rows under columns, or an error by its name; or nothing is asked."""

    columns: tuple[str, ...] = ()
    rows: list[list[Any]] = field(default_factory=list)
    is_ordered: bool = False
    fails: str = ""
    skipped: str = ""


@dataclass(slots=True)
class Scenario:
    """One scenario; `elsewhere` holds the outcomes of engines that differ."""

    title: str
    graph: str = ""
    given: list[str] = field(default_factory=list)
    parameters: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    writes: bool = False
    outcome: Outcome = field(default_factory=Outcome)
    elsewhere: dict[str, Outcome] = field(default_factory=dict)

    def outcome_on(self, engine: str) -> Outcome:
        """Return what must come back from an engine."""
        return self.elsewhere.get(engine, self.outcome)


def read_scenarios(path: Path) -> list[Scenario]:
    """Return the scenarios of a file, in order."""
    return list(_Reader(path).read())


def shown(value: Any) -> Any:
    """Return a value as it is compared: with its type, and maps without an order."""
    if isinstance(value, list | tuple):
        return [shown(part) for part in value]
    if isinstance(value, dict):
        return sorted((key, shown(part)) for key, part in value.items())
    if isinstance(value, datetime | time) and value.tzinfo is not None:
        return f"{type(value).__name__} {value.isoformat()}"
    return f"{type(value).__name__} {value!r}"


class _Reader:
    """A file on its way to scenarios."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.scenario: Scenario | None = None
        self.outcome = Outcome()

    def read(self) -> Iterator[Scenario]:
        for number, raw in enumerate(self.path.read_text(encoding="utf-8").splitlines(), 1):
            line = raw.rstrip()
            if line.startswith("#"):
                continue
            try:
                yield from self.take(line)
            except (ValueError, SyntaxError, KeyError, AssertionError) as error:
                raise ValueError(f"{self.path.name}:{number} {line!r}: {error!r}") from error
        yield from self.end()

    def end(self) -> Iterator[Scenario]:
        if self.scenario is not None:
            yield self.scenario
        self.scenario = None

    def take(self, line: str) -> Iterator[Scenario]:
        if not line.startswith(" "):
            yield from self.end()
            if " => " in line:
                self.expression(*line.split(" => ", 1))
            elif line:
                word, _, title = line.partition(" ")
                assert word == "scenario", "a scenario or an expression begins here"
                self.scenario = Scenario(title)
                self.outcome = self.scenario.outcome
            return
        assert self.scenario is not None, "no scenario has begun"
        word, _, rest = line.strip().partition(" ")
        getattr(self, f"on_{word.strip('|') or 'row'}")(rest.strip())

    def expression(self, text: str, value: str) -> None:
        self.scenario = Scenario(text, text=f"RETURN {text} AS x")
        self.outcome = self.scenario.outcome
        self.single(value)

    def single(self, value: str) -> None:
        if value.startswith("fails "):
            self.outcome.fails = value.removeprefix("fails ")
        elif value != "skip":
            self.outcome.columns, self.outcome.rows = ("x",), [[_value(value)]]

    @property
    def open(self) -> Scenario:
        assert self.scenario is not None
        return self.scenario

    def on_graph(self, rest: str) -> None:
        self.open.graph = rest

    def on_given(self, rest: str) -> None:
        self.open.given.append(rest)

    def on_with(self, rest: str) -> None:
        name, _, value = rest.partition(" = ")
        self.open.parameters[name] = _value(value)

    def on_ask(self, rest: str) -> None:
        self.open.text = f"{self.open.text}\n{rest}".strip()

    def on_change(self, rest: str) -> None:
        self.on_ask(rest)
        self.open.writes = True

    def on_then(self, rest: str) -> None:
        self.outcome.is_ordered = rest.endswith(" in order")
        names = rest.removesuffix(" in order")
        self.outcome.columns = tuple(name.strip() for name in names.split(" | "))

    def on_row(self, rest: str) -> None:
        row = [_value(part) for part in rest.split(" | ")]
        assert len(row) == len(self.outcome.columns), "a value for each column"
        self.outcome.rows.append(row)

    def on_fails(self, rest: str) -> None:
        self.outcome.fails = rest

    def on_on(self, rest: str) -> None:
        engines, because, reason = rest.partition(" because ")
        assert because, "say why an engine differs"
        reason, _, value = reason.partition(" => ")
        self.outcome = Outcome(skipped=reason if value == "skip" else "")
        if value:
            self.single(value)
        for engine in engines.split(" and "):
            self.open.elsewhere[engine] = self.outcome

    def on_skip(self, rest: str) -> None:
        self.outcome.skipped = rest or "it differs"


def _value(text: str) -> Any:
    return _read(ast.parse(text.strip(), mode="eval").body)


def _read(node: ast.expr) -> Any:
    match node:
        case ast.Call(func=ast.Name(id=name), args=[argument]):
            return _CALLS[name](_read(argument))
        case ast.Name(id=name):
            return _NAMES[name]
        case ast.List(elts=parts):
            return [_read(part) for part in parts]
        case ast.Dict(keys=keys, values=values):
            return dict(zip(_all(keys), _all(values), strict=True))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_read(operand)
    return ast.literal_eval(node)


def _all(nodes: Sequence[ast.expr | None]) -> list[Any]:
    return [_read(node) for node in nodes if node is not None]
