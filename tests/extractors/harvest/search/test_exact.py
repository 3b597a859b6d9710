"""The search gives what trying every tuple gives, in the same order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.harvest.probe.base import Pieces, Probe
from extractors.harvest.prompt import Prompt, WeightedPrompt, normalised
from extractors.harvest.relation import Relation, Slot
from extractors.harvest.search import (
    PAPER,
    PER_PIECE,
    PUBLISHED_CODE,
    WEAKEST,
    Candidate,
    Course,
    Objective,
    Space,
    search,
)
from extractors.harvest.search.words import Words, english_stop_words, folded, words_of
from tests.extractors.harvest.tiny import causal_words_probe, masked_probe

PROMPTS: dict[int, tuple[tuple[str, float], ...]] = {
    1: (("{0} is the city.", 2.0), ("the capital is {0}", 1.0)),
    2: (
        ("{0} is the capital of {1}.", 3.0),
        ("{1} has the capital {0}.", 2.0),
        ("{0} lies in {1}", 1.0),
    ),
    3: (("{0} is in {1} and {2}.", 1.0), ("{2} has {0} in {1}", 1.0)),
}


def names(probe: Probe, prompts: Sequence[WeightedPrompt], space: Space) -> dict[str, Pieces]:
    """Return every name of the vocabulary that the rules allow, with its pieces."""
    vocabulary = probe.vocabulary
    texts, begins = vocabulary.texts, vocabulary.begins
    sentences = [words_of(item.prompt.text) for item in prompts]
    found = {}
    usable = [i for i, text in enumerate(texts) if text]
    for length in range(1, space.max_pieces + 1):
        for pieces in product(usable, repeat=length):
            text = vocabulary.decode(pieces)
            if not begins[pieces[0]] or folded(texts[pieces[0]]) in space.words.stop:
                continue
            fits = space.words.allow(text) and space.words.allow_beside(text, sentences)
            if fits and vocabulary.spells(pieces):
                found[text] = pieces
    return found


def exhaustive(
    probe: Probe,
    prompts: Sequence[WeightedPrompt],
    space: Space,
    fixed: Mapping[int, str] | None = None,
    allowed: Mapping[int, Sequence[str]] | None = None,
) -> list[tuple[float, tuple[str, ...]]]:
    """Return every tuple with its value, best first, computed tuple by tuple."""
    free = names(probe, prompts, space)
    arity = prompts[0].prompt.arity
    pools: list[dict[str, Pieces]] = []
    fixed_pieces = {s: probe.vocabulary.encode(t) for s, t in (fixed or {}).items()}
    for slot in range(arity):
        if slot in fixed_pieces:
            pools.append({(fixed or {})[slot]: fixed_pieces[slot]})
        elif allowed and slot in allowed:
            pools.append({name: probe.vocabulary.encode(name) for name in allowed[slot]})
        else:
            pools.append(free)
    found = []
    for entities in product(*pools):
        if not space.words.allow_together(entities):
            continue
        filled = tuple(pools[slot][entity] for slot, entity in enumerate(entities))
        total = 0.0
        for item in prompts:
            factors = probe.frame(item.prompt, fixed_pieces).factors(filled)
            values = probe.chosen(factors)
            pieces = [v for v, f in zip(values, factors, strict=True) if not f.text]
            joint, o = float(values.sum()), space.objective
            total += item.weight * (
                o.joint * joint
                + o.per_piece * joint / len(pieces)
                + o.per_entity * joint / (arity - len(fixed_pieces))
                + o.minimum * min(pieces)
            )
        found.append((total, entities))
    return sorted(found, key=lambda item: (-round(item[0], 6), item[1]))


def same(found: Sequence[Candidate], expected: Sequence[tuple[float, tuple[str, ...]]]) -> None:
    """Assert that both are the same order, where rounding leaves no doubt about it."""
    assert len(found) == len(expected) > 0
    values = [candidate.value for candidate in found]
    assert values == sorted(values, reverse=True)
    assert values == pytest.approx([value for value, _ in expected], abs=2e-3)
    by_name = {entities: value for value, entities in expected}
    gap = expected[-1][0] + 2e-3
    assert {c.entities for c in found if c.value > gap} <= set(by_name)
    for candidate in found:
        if candidate.entities in by_name:
            assert candidate.value == pytest.approx(by_name[candidate.entities], abs=2e-3)


Make = Callable[..., Probe]

#: Few enough names that all their tuples can be tried: of three slots, each has one piece.
FEW = Words(
    stop=english_stop_words()
    | {"capital", "city", "lies", "jean", "york", "france", "italy", "new"}
)
MORE = Words(stop=english_stop_words() | {"capital", "city", "lies"})


def prepared(arity: int) -> tuple[tuple[WeightedPrompt, ...], Relation]:
    prompts = normalised(WeightedPrompt(Prompt.parse(t), w) for t, w in PROMPTS[arity])
    return prompts, Relation("r", tuple(item.prompt for item in prompts))


@pytest.mark.parametrize("make", [masked_probe, causal_words_probe])
@pytest.mark.parametrize(
    ("arity", "pieces"), [(1, 2), (2, 2), (3, 1)], ids=["one slot", "two slots", "three slots"]
)
def test_equals_trying_all(make: Make, arity: int, pieces: int) -> None:
    probe = make(seed=arity)
    prompts, relation = prepared(arity)
    space = Space(max_pieces=pieces, words=MORE if pieces == 1 else FEW)
    expected = exhaustive(probe, prompts, space)
    found = list(search(probe, prompts, relation, n=60, space=space))
    same(found, expected[:60])


@settings(max_examples=15, deadline=None)
@given(
    seed=st.integers(0, 1000),
    causal=st.booleans(),
    objective=st.sampled_from([PAPER, PUBLISHED_CODE, PER_PIECE, WEAKEST]),
    n=st.integers(1, 16),
    wave=st.integers(1, 40),
)
def test_equals_trying_all_for_any_model(
    seed: int, causal: bool, objective: Objective, n: int, wave: int
) -> None:
    probe: Probe = causal_words_probe(seed) if causal else masked_probe(seed)
    prompts, relation = prepared(2)
    space = Space(max_pieces=1, words=MORE, objective=objective)
    expected = exhaustive(probe, prompts, space)
    found = list(search(probe, prompts, relation, n=n, space=space, course=Course(wave=wave)))
    same(found, expected[:n])


@pytest.mark.parametrize("make", [masked_probe, causal_words_probe])
@pytest.mark.parametrize("fixed", [{0: "paris"}, {1: "new york"}], ids=["tails", "heads"])
def test_equals_trying_all_with_a_fixed_slot(make: Make, fixed: dict[int, str]) -> None:
    probe = make(seed=5)
    prompts, relation = prepared(2)
    space = Space(max_pieces=2, words=FEW)
    expected = exhaustive(probe, prompts, space, fixed)
    found = list(search(probe, prompts, relation, n=25, fixed=fixed, space=space))
    same(found, expected[:25])
    assert all(c.entities[slot] == text for c in found for slot, text in fixed.items())


@pytest.mark.parametrize("make", [masked_probe, causal_words_probe])
def test_equals_trying_all_with_listed_names(make: Make) -> None:
    probe = make(seed=7)
    prompts, _ = prepared(2)
    listed = ("paris", "new york", "jean-newton", "rome")
    slots = (Slot(allowed=listed), Slot())
    relation = Relation("r", tuple(item.prompt for item in prompts), slots=slots)
    space = Space(max_pieces=1, words=FEW)
    expected = exhaustive(probe, prompts, space, allowed={0: listed})
    found = list(search(probe, prompts, relation, n=8, space=space))
    same(found, expected[:8])
    assert {candidate.entities[0] for candidate in found} <= set(listed)
