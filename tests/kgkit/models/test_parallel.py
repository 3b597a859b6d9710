"""Items side by side: in order, with what they raise, and nothing left changed behind."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from kgkit.models.parallel import spread


@pytest.fixture(autouse=True)
def usual_turns() -> Iterator[None]:
    before = sys.getswitchinterval()
    yield
    sys.setswitchinterval(before)


def test_results_come_in_order_whatever_the_workers() -> None:
    for workers in (1, 2, 5):
        assert list(spread(lambda n: n * n, range(40), workers=workers)) == [
            n * n for n in range(40)
        ]


def test_what_an_item_raises_is_raised_at_its_place() -> None:
    found: list[float] = []
    with pytest.raises(ZeroDivisionError):
        found.extend(spread(lambda n: 1 / n, [2, 1, 0, 4]))
    assert found in ([], [0.5, 1.0])


def test_threads_take_short_turns_while_any_work_is_under_way() -> None:
    sys.setswitchinterval(0.005)
    outer, inner = spread(abs, range(30)), spread(abs, range(30))
    next(outer)
    short = sys.getswitchinterval()
    assert short < 0.001
    next(inner)
    list(outer)
    assert sys.getswitchinterval() == short
    list(inner)
    assert sys.getswitchinterval() == pytest.approx(0.005)


def test_turns_are_as_before_after_a_failure() -> None:
    sys.setswitchinterval(0.005)
    with pytest.raises(ZeroDivisionError):
        list(spread(lambda n: 1 / n, [0]))
    assert sys.getswitchinterval() == pytest.approx(0.005)
