"""Comparisons that the engine gets wrong: `id(n) > 1` finds what `id(n) = 1` does."""

from __future__ import annotations

import re

from kgkit.errors import QueryError

__all__ = ["check_id_comparisons"]

_ID = r"\bid\s*\(\s*\w+\s*\)"
_SIGN = r"(?:<>|<=|>=|<|>)"
_VALUE = r"(?:-?\s*(?<![\w.])\d+|\$\w+)"
_WRONG = re.compile(rf"{_ID}\s*{_SIGN}\s*{_VALUE}|{_VALUE}\s*{_SIGN}\s*{_ID}", re.IGNORECASE)
_QUOTED = re.compile(
    r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`[^`]*`|//[^\n]*|/\*.*?\*/", re.DOTALL
)


def check_id_comparisons(text: str) -> None:
    """Raise `QueryError` for a query that compares an engine's id in a way that finds wrong rows.

    The engine looks a node up by its id for any comparison of `id(n)` with a number or parameter.

    >>> check_id_comparisons("MATCH (n) WHERE n.id > 'a' AND id(n) = 5 RETURN n")
    >>> check_id_comparisons("MATCH (n) WHERE id(n) > -1 RETURN n")
    Traceback (most recent call last):
    kgkit.errors.QueryError: the engine finds wrong rows for 'id(n) > -1': ...
    """
    found = _WRONG.search(_QUOTED.sub(" ", text))
    if found is not None:
        shown = " ".join(found[0].split())
        raise QueryError(
            f"the engine finds wrong rows for {shown!r}: compare the property n.id, or put the "
            "comparison behind WITH n, id(n) AS place"
        )
