from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgkit.facts import Polarity
from stores.ledger.rows import dump, load

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(_VALUES)
def test_what_is_dumped_is_loaded(value: object) -> None:
    assert load(dump(value)) == value


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])) | st.integers()))
def test_it_is_canonical(value: object) -> None:
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert dump(value) == plain


def test_numbers_that_are_not_finite_are_kept() -> None:
    assert load(dump([-math.inf, "null", None])) == [-math.inf, "null", None]
    assert math.isnan(load(dump([math.nan]))[0])


def test_a_member_of_an_enumeration_is_its_text() -> None:
    assert dump([Polarity.POSITIVE, 2**70]) == '["positive",1180591620717411303424]'


@pytest.mark.parametrize("value", [2**63, -(2**63) - 1, 2**64, 10**30])
def test_integers_of_any_size_are_kept(value: int) -> None:
    loaded = load(dump([value]))
    assert loaded == [value]
    assert type(loaded[0]) is int
