"""The build report lists every input and reads well."""

from __future__ import annotations

import json

from kgkit.report import BuildReport, InputStatus

REPORT = BuildReport(
    (
        InputStatus("a.txt", "built", documents=1, chunks=2, facts=9),
        InputStatus("b.txt", "unchanged", documents=1),
        InputStatus("c.pdf", "failed", error="c.pdf is <not> a PDF"),
    ),
    seconds=1.25,
)


def test_failed_inputs_are_found() -> None:
    assert [i.path for i in REPORT.failed] == ["c.pdf"]


def test_totals_add_up() -> None:
    totals = REPORT.totals
    assert totals["built"] + totals["unchanged"] + totals["failed"] == totals["inputs"] == 3
    assert (totals["documents"], totals["chunks"], totals["facts"]) == (2, 2, 9)


def test_the_dictionary_is_json() -> None:
    again = json.loads(json.dumps(REPORT.to_dict()))
    assert set(again) == {"totals", "seconds", "inputs"}
    assert again["inputs"][2]["error"] == "c.pdf is <not> a PDF"


def test_text_and_html_say_the_same() -> None:
    first, second = str(REPORT).splitlines()
    assert (
        first == "3 inputs: 1 built, 1 unchanged, 1 failed; 2 documents, 2 chunks, 9 facts in 1.2 s"
    )
    assert "c.pdf" in second
    assert "&lt;not&gt;" in REPORT._repr_html_()


def test_an_empty_build() -> None:
    assert str(BuildReport(())) == "0 inputs; 0 documents, 0 chunks, 0 facts in 0.0 s"
