"""Questions that offer names to choose from, however the names look."""

from __future__ import annotations

import pytest

from reasoning.planning.builtin import plan


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Which film came out first, Who'S There? or Blue Lantern (1961 Film)?", None),
        ("Who is older, Anna Lind or Norlandish poet Otto Kest?", ("Anna Lind", "Otto Kest")),
        (
            "Which film was made later, Salt Meadow or Fire and Ice?",
            ("Salt Meadow", "Fire and Ice"),
        ),
        ("Which poet, Anna Lind or Otto Kest, was born in Verr?", ("Anna Lind", "Otto Kest")),
        ("Was Anna Lind or Otto Kest born first?", ("Anna Lind", "Otto Kest")),
        ("Between Anna Lind and Otto Kest, who died later?", ("Anna Lind", "Otto Kest")),
        ("Anna Lind or Otto Kest: who is younger?", ("Anna Lind", "Otto Kest")),
        ("Who was born first out of Anna Lind and Otto Kest?", ("Anna Lind", "Otto Kest")),
    ],
)
def test_all_names_are_offered(question: str, names: tuple[str, ...] | None) -> None:
    first = plan(question)[0]
    offered = names or ("Who'S There?", "Blue Lantern (1961 Film)")
    assert first.steps[0].head.names == offered
    assert first.score > 0.5


def test_two_who_are_known_by_a_relation_are_compared() -> None:
    program = plan("Which film's director was born first, Salt Meadow or Blue Lantern?")[0].program
    assert program.inline() == (
        'retrieve(?film "Salt Meadow"|"Blue Lantern", director|`directed by`, ?director); '
        "retrieve(?director, `born on`|`date of birth`, ?date); argmin(?date); output(?film)"
    )
