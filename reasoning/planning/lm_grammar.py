"""The shape of a planner's reply as a JSON schema that keeps each step to the grammar.

Models are constrained by JSON schemas, in this process and behind endpoints. So a step is a text
whose pattern says the grammar of `reasoning.logic` once more, as a regular expression: with the
graph's own relations and types, names of a bounded length, and blocks that hold no further blocks.
Whatever fits a pattern is read by `reasoning.logic.parse`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reasoning.logic.expressions import shown_name
from reasoning.logic.functions import FUNCTIONS

__all__ = ["KINDS", "reply_schema", "step_pattern"]

#: The kinds of answers, as plans write them.
KINDS = ("person", "place", "organization", "thing", "date", "number", "yesno", "any")

_MOST_STEPS = 10
_VARIABLE = r"\?[a-z][a-z0-9_]{0,15}"
_TEXT = r'"[^"\\\r\n]{1,80}"'
_WORDS = r"`[a-z]{2,15}( [a-z]{2,15}){0,4}`"
#: Days that there are; the 29th of February is left out.
_DAY = r"(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31"
_TIME = rf"[1-9][0-9]{{3}}-(0[1-9]|1[0-2]|{_DAY})"
_NUMBER = r"-?[0-9]{1,9}(\.[0-9]{1,6})?(\[[a-zA-Z%/]{1,12}\])?"
_VALUE = rf"({_TIME}|{_NUMBER}|true|false)"
_SIGN = r"(<=|>=|!=|=|<|>)"
_OPERAND = rf"({_VALUE}|{_VARIABLE}|{_TEXT})"


def step_pattern(relations: Sequence[str], types: Sequence[str]) -> str:
    """Return the regular expression of one step over these relations and types.

    >>> import re
    >>> pattern = step_pattern(["BORN_IN"], ["Person"])
    >>> bool(re.fullmatch(pattern, 'retrieve(?p:Person, BORN_IN, "Paris")'))
    True
    >>> bool(re.fullmatch(pattern, 'retrieve(?p:Person, WON, "Paris")'))
    False
    """
    retrieve = _retrieve(relations, types)
    block = rf"( \{{ (({retrieve}|filter\({_VARIABLE} {_SIGN} {_OPERAND}\));? ){{1,3}}\}})"
    by = rf"( by {_VARIABLE}(, {_VARIABLE})?)?"
    steps = [
        retrieve,
        rf"filter\({_test()}\)",
        rf"{_VARIABLE} = {_sum()}",
        rf"{_VARIABLE} = (count|sum|min|max|average|exists)\({_VARIABLE}\){by}",
        rf"arg(max|min)\({_VARIABLE}\){by}",
        rf"sort\({_VARIABLE}( desc)?\)",
        r"limit\([1-9][0-9]{0,3}\)",
        rf"output\({_VARIABLE}(, {_VARIABLE}){{0,3}}\)",
        rf"union{block}{{2}}",
        rf"(intersect|except){block}",
    ]
    return f"^({'|'.join(steps)})$"


def reply_schema(relations: Sequence[str], types: Sequence[str]) -> dict[str, object]:
    """Return the JSON schema of a reply: the kind of the answer, and steps with their questions.

    No steps mean that the question was not understood.
    """
    step = _object(
        step={"type": "string", "pattern": step_pattern(relations, types)},
        ask={"type": "string", "maxLength": 160},
    )
    return _object(
        kind={"type": "string", "enum": list(KINDS)},
        steps={"type": "array", "items": step, "maxItems": _MOST_STEPS},
    )


def _retrieve(relations: Sequence[str], types: Sequence[str]) -> str:
    kind = f":({_either(types)})" if types else ":Thing"
    names = rf"{_TEXT}(\|{_TEXT})?"
    term = rf"({_VARIABLE}({kind})?( {names})?|{kind}( {names})?|{names}|_)"
    link = rf"\^?({'|'.join(filter(None, [_either(relations), _WORDS]))})\+?"
    condition = rf", (at {_OPERAND}|[a-z_]{{2,20}} {_SIGN} {_OPERAND})"
    ends = rf"{term}, {link}, ({term}|{_VALUE})"
    return rf"(retrieve|deduce|denied|hedged)\({ends}({condition}){{0,2}}\)"


def _sum() -> str:
    """Return the pattern of a value: variables, constants, functions, joined by one sign."""
    atom = rf"({_OPERAND}|{_called('number', 'text')})"
    return rf"{atom}( [-+*/] {atom})?"


def _test() -> str:
    compared = rf"({_sum()} {_SIGN} {_sum()}|{_called('truth')})"
    return rf"(not )?{compared}( (and|or) (not )?{compared})?"


def _called(*gives: str) -> str:
    """Return the pattern of the functions that give such values."""
    argument = rf"({_VARIABLE}|{_TEXT}|name\({_VARIABLE}\))"
    by_size: dict[int, list[str]] = {}
    for name, function in sorted(FUNCTIONS.items()):
        if function.gives in gives:
            by_size.setdefault(len(function.takes), []).append(name)
    return "|".join(
        rf"({'|'.join(names)})\({', '.join([argument] * size)}\)"
        for size, names in sorted(by_size.items())
    )


def _either(names: Sequence[str]) -> str:
    return "|".join(re.escape(shown_name(name)) for name in sorted(set(names)))


def _object(**properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
