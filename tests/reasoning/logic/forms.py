"""Programs and expressions of any form."""

from __future__ import annotations

from hypothesis import strategies as st

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
from reasoning.logic.times import Time, days_in

_VARIABLES = st.sampled_from(["x", "y", "film", "order", "größe", "_a", "count"])
_NAMES = st.text(min_size=1, max_size=8) | st.sampled_from(["BORN_IN", "by", "_", "retrieve", "at"])
_UNITS = st.none() | st.sampled_from(["km", "USD", "m/s", "%"])


@st.composite
def _times(draw: st.DrawFn) -> Time:
    year = draw(st.integers(-9999, 9999))
    month = draw(st.none() | st.integers(1, 12))
    if month is None:
        # A bare year reads as a number.
        return Time(year, 1)
    day = draw(st.none() | st.integers(1, days_in(year, month)))
    micros = draw(st.none() | st.integers(0, 86_399_999_999)) if day else None
    return Time(year, month, day, micros)


_CONSTANTS = st.builds(
    Constant,
    st.booleans() | st.text(max_size=8) | _times(),
) | st.builds(Constant, st.integers() | st.floats(allow_nan=False, allow_infinity=False), _UNITS)
EXPRESSIONS: st.SearchStrategy[Expression] = st.recursive(
    st.builds(Use, _VARIABLES) | _CONSTANTS,
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(
            Binary,
            st.sampled_from(["+", "-", "*", "/", "=", "!=", "<", "<=", ">", ">=", "and", "or"]),
            inner,
            inner,
        )
        | st.builds(Call, st.sampled_from(["year", "minus", "days"]), st.lists(inner).map(tuple))
    ),
    max_leaves=8,
)
_TERMS = st.builds(
    Term, st.none() | _VARIABLES, st.none() | _NAMES, st.lists(st.text(), max_size=2).map(tuple)
)
_PATHS = st.builds(Path, variable=_VARIABLES) | st.builds(
    Path, st.lists(st.builds(Link, _NAMES, st.booleans(), st.booleans()), min_size=1).map(tuple)
)
_OPERANDS = _CONSTANTS | st.builds(Use, _VARIABLES)
_CONDITIONS = st.builds(
    Condition, _NAMES.filter(lambda name: name != "at"), st.sampled_from(["=", "<"]), _OPERANDS
) | st.builds(Condition, st.just("at"), st.just("="), _OPERANDS)
_MANY = st.lists(_VARIABLES, min_size=1, max_size=3).map(tuple)
_ENDS = _TERMS | _CONSTANTS.filter(lambda constant: not isinstance(constant.value, str))
_SIMPLE: st.SearchStrategy[Step] = st.one_of(
    st.builds(
        Retrieve,
        _TERMS,
        _PATHS,
        _ENDS,
        st.lists(_CONDITIONS, max_size=2).map(tuple),
        st.sampled_from(Mode),
    ),
    st.builds(Filter, EXPRESSIONS),
    st.builds(Let, _VARIABLES, EXPRESSIONS),
    st.builds(
        Aggregate,
        _VARIABLES,
        st.sampled_from(["count", "sum", "exists"]),
        _VARIABLES,
        st.just(()) | _MANY,
    ),
    st.builds(Arg, st.sampled_from(["argmax", "argmin"]), _VARIABLES, st.just(()) | _MANY),
    st.builds(
        Sort, st.lists(st.tuples(_VARIABLES, st.booleans()), min_size=1, max_size=2).map(tuple)
    ),
    st.builds(Limit, st.integers(0, 10)),
    st.builds(Output, _MANY),
)
PROGRAMS = st.recursive(
    st.lists(_SIMPLE, max_size=3).map(lambda steps: Program(tuple(steps))),
    lambda inner: st.builds(
        lambda operation, left, right: Program((Combine(operation, left, right),)),
        st.sampled_from(["union", "intersect", "except"]),
        inner,
        inner,
    ),
    max_leaves=3,
)
