"""Belief ends where false tuples begin, and further evidence can only lower it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.harvest.belief import Belief, learn_belief, recombined

TRUE = np.array([[-4.0, -0.5], [-4.2, -0.7], [-3.8, -0.4], [-4.1, -0.6]])
FALSE = np.array([[-4.0, -5.0], [-9.0, -0.5], [-4.1, -4.0], [-8.0, -6.0], [-4.0, -3.5]])

nats = st.floats(-20, 0)


def test_seeds_are_believed_and_false_tuples_are_not() -> None:
    belief = learn_belief(TRUE, FALSE)
    assert min(belief.probabilities(TRUE)) > 0.7
    assert max(belief.probabilities(FALSE)) < 0.5


@given(nats, nats, st.floats(0, 10))
def test_a_weaker_link_never_raises_belief(head: float, tail: float, less: float) -> None:
    belief = learn_belief(TRUE, FALSE)
    before, after = belief.probabilities(np.array([[head, tail], [head, tail - less]]))
    assert after <= before
    assert belief.strengths(np.array([[head, tail]]))[0] <= 0


def test_a_strong_link_does_not_make_up_for_a_weak_one() -> None:
    belief = learn_belief(TRUE, FALSE)
    one, other = belief.probabilities(np.array([[-4.0, -4.0], [-0.1, -4.0]]))
    assert one == other


@pytest.mark.parametrize("false", [FALSE, FALSE[:0]])
def test_one_seed_will_do(false: np.ndarray) -> None:
    belief = learn_belief(TRUE[:1], false)
    sure, unsure = belief.probabilities(np.array([TRUE[0], [-4.0, -9.0]]))
    assert sure > 0.5 > unsure


def test_without_seeds_nothing_is_told_apart() -> None:
    assert len(set(Belief(()).probabilities(np.empty((3, 0))))) == 1


def test_a_model_that_knows_no_seed_is_believed_nothing() -> None:
    strange = np.array([[-20.0, -9.0], [-25.0, -8.0], [-22.0, -12.0]])
    belief = learn_belief(strange, np.concatenate([strange, strange + 1.0, strange + 2.0]))
    assert belief.trust == 0.0
    assert belief.probabilities(np.array([[-1.0, -1.0]])) == [0.0]


def test_names_are_put_together_of_two() -> None:
    made = recombined([("Ada Byron", "maths"), ("Grace Hopper", "navy"), ("Plato", "Athens")])
    assert made == [("Ada Hopper", "maths")]
