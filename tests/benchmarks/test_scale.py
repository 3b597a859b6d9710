"""Retrieval at two sizes."""

from __future__ import annotations

from benchmarks.scale import measure, sized
from reasoning.retrieval import retrieve
from tests.reasoning.retrieval.town import WordEncoder


def test_both_sizes_are_measured() -> None:
    figures = measure((40, 90), questions=3)
    sizes = figures["sizes"]
    assert isinstance(sizes, dict)
    assert list(sizes) == ["40", "90"]
    assert sizes["90"]["names"] > sizes["40"]["names"]
    assert {"ratio", "understand_ms_p50", "peak_rss_mb"} <= set(figures)


def test_a_drawn_index_is_a_whole_one() -> None:
    one, other = sized(30, 64, questions=2), sized(30, 64, questions=2)
    assert one.questions == other.questions
    found = retrieve(one.index, one.questions[0], encoder=WordEncoder(), k=5)
    assert found == retrieve(other.index, one.questions[0], encoder=WordEncoder(), k=5)
    assert len(one.ids) == len(one.index.vectors)
