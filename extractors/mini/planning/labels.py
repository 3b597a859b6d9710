"""What the planning head can say of a question and of its words."""

from __future__ import annotations

__all__ = ["DEPTHS", "OPERATORS", "PARTS", "TYPES", "type_of"]

#: The operators of question decompositions (QDMR, Wolfson et al. 2020).
OPERATORS = (
    "select",
    "project",
    "filter",
    "aggregate",
    "boolean",
    "comparative",
    "group",
    "arithmetic",
    "comparison",
    "union",
    "discard",
    "intersection",
    "superlative",
    "sort",
)
#: What a question asks for: things, whether, a number, one of those named, those that are best
#: or fit a number, or things of several sets at once.
TYPES = ("things", "yesno", "number", "choice", "best", "sets")
#: What a word is for: nothing, naming what is known, a relation, a condition, an operation.
PARTS = ("none", "known", "relation", "condition", "operation")
#: How many steps before the answer a word is used; "far" is three or more.
DEPTHS = ("none", "0", "1", "2", "far")

_BY_LAST = {
    "boolean": "yesno",
    "aggregate": "number",
    "arithmetic": "number",
    "comparison": "choice",
    "comparative": "best",
    "superlative": "best",
    "union": "sets",
    "intersection": "sets",
    "discard": "sets",
    "group": "number",
}


def type_of(last: str) -> str:
    """Return the type of a question whose decomposition ends with this operator.

    >>> type_of("boolean"), type_of("project")
    ('yesno', 'things')
    """
    return _BY_LAST.get(last, "things")
