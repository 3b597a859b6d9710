"""Half of a world is shown, and a scripted model knows half of the questions."""

from __future__ import annotations

from benchmarks.four_cells import half_of, scripted
from extractors.worlds import World
from reasoning.boundaries import judge_all


def test_half_of_the_documents_supports_some_questions() -> None:
    world = World.make(31, people=8, templates="held_out")
    documents, supported = half_of(world, world.questions)
    assert len(documents) == (len(world.documents) + 1) // 2
    assert len(supported) == len(world.questions)
    assert any(supported)
    assert not all(supported)


def test_the_scripted_model_knows_what_it_knows() -> None:
    questions = World.make(31, people=8, templates="held_out").questions[:6]
    texts = [question.text for question in questions]
    judged = judge_all(scripted(questions), texts, lambda n, answer: answer in questions[n].answers)
    assert [one.right for one in judged] == [True, False] * 3
    assert [one.sure for one in judged] == [True, False] * 3
