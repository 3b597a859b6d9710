"""From text to logical form."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kgkit.errors import QueryError
from reasoning.logic.forms import Program

if TYPE_CHECKING:
    from lark import Lark

__all__ = ["parse"]

#: Deeper nesting than anybody writes; the parts of a program are visited recursively.
_DEEPEST = 50
_LONGEST = 100_000


def parse(text: str) -> Program:
    """Return the program that a text writes; `parse(str(program)) == program`.

    Raises `QueryError` that says where the text is no program, and what could stand there.

    >>> program = parse('retrieve(?f:Film, DIRECTED_BY, "Ridley Scott"); ?n = count(?f)')
    >>> print(program)
    retrieve(?f:Film, DIRECTED_BY, "Ridley Scott")
    ?n = count(?f)
    """
    from lark.exceptions import UnexpectedInput

    from reasoning.logic.trees import build

    _refuse_huge(text)
    try:
        tree = _grammar().parse(text)
    except UnexpectedInput as error:
        raise QueryError(_complaint(error, text)) from error
    return build(tree)


def _refuse_huge(text: str) -> None:
    depth = deepest = 0
    for character in text:
        depth += (character in "({") - (character in ")}")
        deepest = max(deepest, depth)
    if len(text) > _LONGEST or deepest > _DEEPEST:
        raise QueryError(
            f"the program has {len(text)} characters and {deepest} levels of brackets; write one "
            f"with at most {_LONGEST} and {_DEEPEST}."
        )


@lru_cache(maxsize=1)
def _grammar() -> Lark:
    from lark import Lark

    text = files("reasoning.logic").joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(text, parser="lalr", lexer="contextual", maybe_placeholders=False)


#: What the grammar's terminals are called in messages.
_SHOWN = {
    "VARIABLE": "a variable such as ?x",
    "NAME": "a name",
    "QUOTED_NAME": "a name in backticks",
    "STRING": "a text in quotes",
    "MODE": "retrieve(, deduce(, denied( or hedged(",
    "AGGREGATE": "an aggregate such as count(",
    "ARG": "argmax( or argmin(",
    "INTEGER": "a number",
    "DATE": "a date",
    "UNIT": "a unit such as [km]",
    "COMPARISON": "a comparison",
    "SIGN": "+ or -",
    "FACTOR": "* or /",
    "COMMA": "','",
    "RPAR": "')'",
    "LPAR": "'('",
    "LBRACE": "'{'",
    "RBRACE": "'}'",
    "EQUAL": "'='",
    "COLON": "a type such as :Film",
    "BY": "by",
    "VBAR": "'|'",
    "$END": "the end",
    **{word.upper(): word for word in ("filter", "union", "intersect", "except", "sort", "limit")},
    **{word.upper(): word for word in ("output", "and", "or", "not", "at")},
}
_MANY = 6


def _complaint(error: Any, text: str) -> str:
    expected = getattr(error, "expected", None) or getattr(error, "allowed", None) or set()
    shown = sorted({_SHOWN[name] for name in expected if name in _SHOWN})
    if len(shown) > _MANY:
        shown = [*shown[:_MANY], "..."]
    line, column = error.line, error.column
    if getattr(getattr(error, "token", None), "type", "") == "$END":
        found, where = "nothing", "at the end"
    else:
        lines = text.splitlines() or [""]
        rest = lines[min(line, len(lines)) - 1][column - 1 :]
        found, where = (f"{rest[:20]!r}" if rest else "the line ends"), f"line {line}:{column}"
    return f"{where} of the program: found {found}, expected {', '.join(shown) or 'a step'}."
