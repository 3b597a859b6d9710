"""Which sentences are read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractors.mini.reading.selecting import select, windows

SIZES = st.lists(st.integers(1, 50), max_size=40)


@given(SIZES, st.integers(50, 300))
def test_windows_keep_every_sentence_within_the_room(sizes: list[int], room: int) -> None:
    runs = windows(range(len(sizes)), sizes, room)
    assert [number for run in runs for number in run] == list(range(len(sizes)))
    assert all(sum(sizes[number] for number in run) <= room for run in runs)


@given(SIZES, st.integers(0, 300))
def test_what_is_selected_fits(sizes: list[int], room: int) -> None:
    told = [["word", str(number % 3)] for number in range(len(sizes))]
    chosen = select(["which", "word", "1"], told, sizes, room)
    assert chosen == sorted(set(chosen))
    assert sum(sizes[number] for number in chosen) <= room


def test_the_sentence_with_the_rarest_words_comes_first() -> None:
    told = [["rain", "fell"], ["rain", "on", "Oslo"], ["rain", "stopped"], ["rain", "again"]]
    assert select(["rain", "Oslo"], told, [9, 9, 9, 9], 10) == [1]
