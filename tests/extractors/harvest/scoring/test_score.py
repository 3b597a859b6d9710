"""Scores of given tuples add up, do not depend on each other, and correct for frequency."""

from __future__ import annotations

import pytest

from extractors.harvest.prompt import Prompt, WeightedPrompt
from extractors.harvest.scoring import Scoring, casings, score
from extractors.harvest.search import PER_PIECE, PUBLISHED_CODE
from kgkit.errors import InputError
from tests.extractors.harvest.tiny import causal_probe, masked_probe, roberta_probe, t5_probe

PAIR = Prompt.parse("{0} is the capital of {1}.")
INVERSE = Prompt.parse("{1} has the capital {0}.")
PROMPTS = (WeightedPrompt(PAIR, 3.0), WeightedPrompt(INVERSE, 1.0))
TUPLES = [("paris", "italy"), ("new york", "rome"), ("paris", "rome"), ("jean-newton", "italy")]


def test_all_pieces_count() -> None:
    probe = masked_probe()
    for entities, own in zip(TUPLES, score(probe, [PAIR], TUPLES), strict=True):
        filled = tuple(map(probe.vocabulary.encode, entities))
        values = probe.chosen(probe.frame(PAIR, {}).factors(filled))
        assert len(values) == sum(map(len, filled))
        assert own.joint == pytest.approx(values.sum())
        assert own.minimum == pytest.approx(values.min())
        assert own.value == pytest.approx(2 / 3 * values.sum() + 1 / 3 * values.min())


def test_other_objectives() -> None:
    probe = masked_probe()
    plain = score(probe, [PAIR], TUPLES)
    mean = score(probe, [PAIR], TUPLES, Scoring(objective=PER_PIECE))
    code = score(probe, [PAIR], TUPLES, Scoring(objective=PUBLISHED_CODE))
    for own, by_piece, by_code, pieces in zip(plain, mean, code, (2, 3, 2, 5), strict=True):
        assert by_piece.value == pytest.approx(2 / 3 * own.joint / pieces + own.minimum / 3)
        expected = (own.joint / pieces + own.joint / 2 + own.minimum) / 3
        assert by_code.value == pytest.approx(expected)


def test_prompts_are_weighed() -> None:
    probe = masked_probe()
    both = score(probe, PROMPTS, TUPLES)
    first, second = score(probe, [PAIR], TUPLES), score(probe, [INVERSE], TUPLES)
    for own, one, other in zip(both, first, second, strict=True):
        assert own.per_prompt == (one.value, other.value)
        assert own.value == pytest.approx(0.75 * one.value + 0.25 * other.value)
        assert own.pmi == pytest.approx(0.75 * one.pmi + 0.25 * other.pmi)


@pytest.mark.parametrize("make", [masked_probe, roberta_probe, causal_probe, t5_probe])
def test_company_changes_nothing(make: type) -> None:
    tuples = [("Paris", "Italy"), ("Rome", "France"), ("Paris", "Rome")]
    how = Scoring(neutral="is")
    together = score(make(), PROMPTS, tuples, how)
    assert [score(make(), PROMPTS, [t], how)[0] for t in tuples] == together
    assert score(make(), PROMPTS, tuples[::-1], how)[::-1] == together


def test_correction_is_what_the_head_adds() -> None:
    probe = masked_probe()
    row = probe.frame(PAIR, {}).row(((), ()), (1, 1), 1)
    italy = probe.vocabulary.encode("italy")[0]
    alone = float(probe.log_probabilities([row])[0][italy])
    given = score(probe, [PAIR], [("paris", "italy")], Scoring(given=(0,)))[0]
    assert given.pmi == pytest.approx(given.joint - alone, abs=1e-5)
    assert score(probe, [PAIR], [("paris", "italy")])[0].pmi == pytest.approx(given.pmi, abs=1e-5)
    assert score(probe, [PAIR], [("paris", "italy")], Scoring(pmi=False))[0].pmi == 0.0


def test_correction_of_a_causal_model_takes_a_neutral_head() -> None:
    probe = causal_probe()
    how = Scoring(neutral="is")
    same = score(probe, [PAIR], [("is", "Italy")], how)[0]
    assert same.pmi == pytest.approx(0.0, abs=1e-3)
    assert score(probe, [PAIR], [("Paris", "Italy")], how)[0].pmi != 0.0


def test_one_slot_is_corrected_by_the_bare_prompt() -> None:
    probe = masked_probe()
    bare = score(probe, ["{0}."], [("paris",)])[0]
    assert bare.pmi == pytest.approx(0.0)
    own = score(probe, ["{0} is the city."], [("paris",)])[0]
    assert own.pmi == pytest.approx(own.joint - bare.joint, abs=1e-5)


def test_shared_rows_are_read_once() -> None:
    probe = masked_probe()
    score(probe, [PAIR], [("paris", tail) for tail in ("rome", "italy", "france")])
    # The head with its tail masked, and each tail with the head; the tail alone for the prior.
    assert probe.counted.rows == 2


def test_the_model_chooses_the_casing() -> None:
    probe = causal_probe()
    (own,) = score(probe, [PAIR], [("paris", "new york")], Scoring(casing=True, neutral="is"))
    variants = [(a, b) for a in casings("paris") for b in casings("new york")]
    scores = score(probe, [PAIR], variants, Scoring(neutral="is"))
    assert own.value == max(s.value for s in scores)
    assert own.entities in variants


def test_tuples_must_fit() -> None:
    with pytest.raises(InputError, match="does not fit"):
        score(masked_probe(), [PAIR], [("paris",)])
    with pytest.raises(InputError, match="at least one"):
        score(masked_probe(), [PAIR], TUPLES, Scoring(given=(0, 1)))
    with pytest.raises(InputError, match="cannot write"):
        score(masked_probe(), [PAIR], [("paris", "Ωmega")])
    assert score(masked_probe(), [PAIR], []) == []
