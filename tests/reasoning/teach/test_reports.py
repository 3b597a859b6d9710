"""Reports: what was gained, what was lost, how sure the shares are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgkit.errors import InputError
from reasoning.teach.probing.probe import Answer, Probe
from reasoning.teach.reports import Accuracy, accuracy, by_group, compare

PROBES = [Probe(f"{n} is", ("a",), relation="R" if n % 2 else "S", kind="k") for n in range(4)]


def answers(text: str) -> list[Answer]:
    return [Answer(probe, said) for probe, said in zip(PROBES, text, strict=True)]


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_interval_holds_the_share(right: int, wrong: int) -> None:
    found = Accuracy(right, right + wrong)
    assert 0.0 <= found.low <= found.share + 1e-12 <= found.high + 2e-12
    assert found.high <= 1.0


def test_answers_count_but_for_case_and_blanks() -> None:
    assert Answer(Probe("x", ("New  York",)), "new york").right
    assert not Answer(Probe("x", ("York",)), "new york").right


def test_a_report_tells_what_changed() -> None:
    found = compare(answers("axxa"), answers("aaxx"))
    assert [probe.prompt for probe in found.gained] == ["1 is"]
    assert [probe.prompt for probe in found.lost] == ["3 is"]
    text = str(found)
    assert "1 gained, 1 lost" in text
    assert "relation S: 50.0 -> 50.0 % (n = 2)" in text


def test_groups_are_what_the_key_says() -> None:
    groups = by_group(answers("aaxx"), lambda answer: answer.probe.relation)
    assert {name: (g.right, g.of) for name, g in groups.items()} == {"R": (1, 2), "S": (1, 2)}
    assert str(accuracy(answers("aaaa"))) == "100.0 % (51.0 to 100.0, n = 4)"


def test_rounds_of_different_probes_are_refused() -> None:
    with pytest.raises(InputError):
        compare(answers("aaaa"), answers("aaaa")[:3])
