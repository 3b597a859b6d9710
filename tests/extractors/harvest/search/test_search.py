"""What the search promises beside exactness: filters, caps, streaming, clear errors."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import pytest

from extractors.harvest.prompt import Prompt
from extractors.harvest.relation import Relation, Slot
from extractors.harvest.scoring import Scoring, score
from extractors.harvest.search import (
    PAPER,
    Candidate,
    Course,
    Objective,
    Progress,
    Space,
    Words,
    search,
)
from kgkit.errors import InputError
from tests.extractors.harvest.tiny import causal_probe, causal_words_probe, masked_probe

PROMPTS = ("{0} is the capital of {1}.", "{1} has the capital {0}.")
RELATION = Relation("r", tuple(map(Prompt.parse, PROMPTS)))
ONE = Space(max_pieces=1)


def names(found: list[Candidate]) -> list[tuple[str, ...]]:
    return [candidate.entities for candidate in found]


@pytest.mark.parametrize("make", [masked_probe, causal_words_probe])
def test_values_are_those_of_the_scores(make: type) -> None:
    found = list(search(make(), PROMPTS, RELATION, n=6))
    scored = score(make(), PROMPTS, names(found), Scoring(pmi=False))
    for candidate, own in zip(found, scored, strict=True):
        assert candidate.value == pytest.approx(own.value, abs=1e-3)
        assert candidate.per_prompt == pytest.approx(own.per_prompt, abs=1e-3)


def test_any_number_is_the_top_of_more() -> None:
    many = list(search(masked_probe(), PROMPTS, RELATION, n=40))
    for n in (1, 7):
        assert list(search(masked_probe(), PROMPTS, RELATION, n=n)) == many[:n]
    assert list(islice(search(masked_probe(), PROMPTS, RELATION, n=40), 3)) == many[:3]


@pytest.mark.parametrize("wave", [1, 5, 300])
def test_how_many_are_read_at_once_changes_nothing(wave: int) -> None:
    course = Course(wave=wave)
    found = list(search(masked_probe(), PROMPTS, RELATION, n=30, course=course))
    assert found == list(search(masked_probe(batch=3), PROMPTS, RELATION, n=30))


def test_a_cap_follows_the_exact_order() -> None:
    everything = list(search(masked_probe(), PROMPTS, RELATION, n=400, space=ONE))
    used: Counter[str] = Counter()
    expected = []
    for entities in names(everything):
        if all(used[name] < 2 for name in entities):
            used.update(entities)
            expected.append(entities)
    course = Course(repeats=2)
    found = list(search(masked_probe(), PROMPTS, RELATION, n=8, space=ONE, course=course))
    assert names(found) == expected[:8]


def test_a_floor_ends_the_search() -> None:
    found = list(search(masked_probe(), PROMPTS, RELATION, n=50, space=ONE))
    floor = found[9].value
    course = Course(floor=floor)
    again = list(search(masked_probe(), PROMPTS, RELATION, n=50, space=ONE, course=course))
    assert again == [candidate for candidate in found if candidate.value >= floor]


def test_rows_end_the_search_at_the_top_of_the_order() -> None:
    whole = list(search(masked_probe(), PROMPTS, RELATION, n=50))
    probe = masked_probe()
    course = Course(rows=40, wave=4)
    found = list(search(probe, PROMPTS, RELATION, n=50, course=course))
    assert found == whole[: len(found)]
    assert len(found) < 50
    assert probe.counted.rows < 60


def test_progress_tells_of_a_falling_bound() -> None:
    seen: list[Progress] = []
    course = Course(progress=seen.append, wave=2)
    found = list(search(masked_probe(), PROMPTS, RELATION, n=5, space=ONE, course=course))
    bounds = [progress.bound for progress in seen]
    assert bounds == sorted(bounds, reverse=True)
    assert bounds[-1] >= found[-1].value
    assert [p.expanded for p in seen] == sorted(p.expanded for p in seen)


def test_slots_say_what_may_stand_there() -> None:
    listed = Relation("r", RELATION.prompts, slots=(Slot(allowed=("Rome", "paris")), Slot()))
    found = names(list(search(masked_probe(), PROMPTS, listed, n=100, space=ONE)))
    assert {head for head, _ in found} == {"Rome", "paris"}
    pattern = Relation("r", RELATION.prompts, slots=(Slot(), Slot(pattern="[a-f].*")))
    found = names(list(search(masked_probe(), PROMPTS, pattern, n=100, space=ONE)))
    assert {tail[0] for _, tail in found} <= set("abcdef")
    space = Space(max_pieces=1, predicates={1: lambda name: name == "italy"})
    found = names(list(search(masked_probe(), PROMPTS, RELATION, n=100, space=space)))
    assert {tail for _, tail in found} == {"italy"}


def test_names_are_names() -> None:
    one = Relation("r", (Prompt.parse("{0} is the capital."),))
    found = names(list(search(masked_probe(), one.prompts, one, n=5000, space=Space(max_pieces=3))))
    everything = {name for (name,) in found}
    assert all(Words().allow(name) for name in everything)
    assert {"parisia", "jean-rome", "new york", "new yorker"} <= everything
    assert not {"capital", "the city", "york york", "-"} & everything
    pairs = names(list(search(masked_probe(), PROMPTS, RELATION, n=100)))
    assert all(Words().allow_together(entities) for entities in pairs)


def test_casing_is_the_models_own() -> None:
    prompts = ("{0} is the capital of Italy.",)
    relation = Relation("r", tuple(map(Prompt.parse, prompts)))
    found = names(list(search(causal_probe(), prompts, relation, n=60)))
    folds = [name.casefold() for (name,) in found]
    assert len(set(folds)) == len(folds)
    assert any(name != name.lower() for (name,) in found)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"n": 0}, "n=0"),
        ({"fixed": {0: "paris", 1: "italy"}}, "left free"),
        ({"fixed": {4: "paris"}}, "left free"),
        ({"fixed": {0: "Ωmega"}}, "cannot write"),
        ({"space": Space(words=Words(letters=90))}, ""),
    ],
)
def test_what_cannot_be_searched(arguments: dict[str, object], says: str) -> None:
    if not says:
        assert list(search(masked_probe(), PROMPTS, RELATION, **arguments)) == []  # type: ignore[arg-type]
        return
    with pytest.raises(InputError, match=says):
        search(masked_probe(), PROMPTS, RELATION, **arguments)  # type: ignore[arg-type]


def test_an_empty_vocabulary_is_said_at_once() -> None:
    listed = Relation("r", RELATION.prompts, slots=(Slot(allowed=("Ωmega",)), Slot()))
    with pytest.raises(InputError, match="empty after all filters"):
        search(masked_probe(), PROMPTS, listed)
    tagged = Relation("r", RELATION.prompts, slots=(Slot(part_of_speech="NOUN"), Slot()))
    with pytest.raises(InputError, match="part of speech"):
        search(masked_probe(), PROMPTS, tagged)
    with pytest.raises(InputError, match="slots"):
        search(masked_probe(), ("{0} is big",), RELATION)


def test_objectives_and_spaces_are_checked() -> None:
    with pytest.raises(InputError, match="weights"):
        Objective(joint=-1.0)
    with pytest.raises(InputError, match="weights"):
        Objective(0.0, 0.0, 0.0, 0.0)
    with pytest.raises(InputError, match="max_pieces"):
        Space(max_pieces=0)
    assert PAPER.scale(2, 2) == pytest.approx(2 / 3)
