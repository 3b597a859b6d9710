"""Pictures and pages: whole, escaped, without scripts, and the same bytes each time."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgkit.errors import InputError
from reasoning.answers import Answer, Citation, Refusal, Step
from reasoning.explaining import Arrow, Node, Picture, explain
from reasoning.explaining.layout import lay_out
from reasoning.explaining.plans import draw_program
from reasoning.explaining.svg import to_svg
from reasoning.logic import parse

PROGRAM = parse(
    'retrieve(?who, DISCOVERED, "corvium"); retrieve(?who, BORN_IN, ?where:Location); '
    "output(?where)"
)
ANSWER = Answer(
    "Where was the discoverer of corvium born?",
    "Aalborg",
    (
        Citation(
            1, "a.txt", "Corvium", 0, 4, "Ida found it.", "(Ida (chemist))-[DISCOVERED]->(corvium)"
        ),
        Citation(2, "b.txt", "Ida", 0, 4, "In Aalborg.", "(Ida (chemist))-[BORN_IN]->(Aalborg)"),
        Citation(3, "c.txt", "A note", 0, 4, "She came from Aalborg."),
    ),
    (Step("linked", "'corvium'"), Step("followed", "(Ida)-[BORN_IN]->(Aalborg)")),
    0.9,
)
HOSTILE = '<script>alert("x")</script>&\x00\ud800'


def test_the_evidence_is_a_path_from_the_question_to_the_answer() -> None:
    picture = explain(ANSWER).evidence
    assert [(node.label, node.role) for node in picture.nodes] == [
        ("Ida (chemist)", "found"),
        ("corvium", "given"),
        ("Aalborg", "answer"),
        ("A note", "found"),
    ]
    assert [a.label for a in picture.arrows] == ["DISCOVERED [1]", "BORN_IN [2]", "says [3]"]
    boxes, width, height = lay_out(picture)
    assert boxes["corvium"].x < boxes["ida (chemist)"].x < boxes["aalborg"].x
    assert all(b.x >= 0 and b.x + b.width <= width for b in boxes.values())
    assert all(b.y >= 0 and b.y + b.height <= height for b in boxes.values())


def test_facts_of_one_sentence_are_parted_and_denied_ones_dashed() -> None:
    cited = Citation(1, "a.txt", "", 0, 1, "x", "(A)-[R]->(B (x)); not (C; D)-[S]->(E)")
    arrows = explain(Answer("?", "B (x)", (cited,))).evidence.arrows
    assert [(a.label, a.dashed) for a in arrows] == [("R [1]", False), ("not S [1]", True)]


def test_a_plan_is_drawn_with_what_it_looks_for() -> None:
    picture = draw_program(PROGRAM)
    assert {node.label: node.role for node in picture.nodes} == {
        "?who": "found",
        "corvium": "given",
        "?where:Location": "answer",
    }
    (end, name) = draw_program(parse('retrieve(?who, R, ?x "a"); output(?who)')).nodes
    assert (end.role, name.role) == ("answer", "given")
    counted = draw_program(parse('retrieve("A"|"B", MADE, ?f); ?n = count(?f); output(?n)'))
    assert [node.label for node in counted.nodes] == ["A or B", "?f", "?n = count(?f)"]
    union = parse("union { retrieve(?a, R, ?b) } { retrieve(?a, S, ?b); retrieve(_, T, 3) }")
    assert len(draw_program(union).arrows) == 3


def test_the_page_holds_table_pictures_and_citations() -> None:
    page = explain(ANSWER, PROGRAM).html
    assert page.startswith("<!doctype html>")
    assert page.count("<svg") == 2
    assert "<td>followed</td>" in page
    assert "<q>In Aalborg.</q>" in page
    assert "DISCOVERED" in explain(ANSWER, PROGRAM).program
    assert "2. followed" in str(explain(ANSWER))


def test_a_refusal_is_explained_too() -> None:
    refused = Answer("Who?", "", missing=Refusal("no_fact", "Nothing says so."))
    assert "Nothing says so." in explain(refused).html
    assert "<svg" not in explain(refused)._repr_html_()


def test_the_same_answer_gives_the_same_bytes(tmp_path: Path) -> None:
    first = explain(ANSWER, PROGRAM).write(tmp_path / "a.html").read_bytes()
    assert first == explain(ANSWER, PROGRAM).write(tmp_path / "b.html").read_bytes()
    picture = explain(ANSWER).write(tmp_path / "a.svg").read_bytes()
    assert b"\r" not in picture
    assert ElementTree.fromstring(picture).tag.endswith("svg")
    with pytest.raises(InputError, match=r"\.html or \.svg"):
        explain(ANSWER).write(tmp_path / "a.png")


def test_whatever_a_text_says_is_only_text(tmp_path: Path) -> None:
    cited = Citation(1, HOSTILE, HOSTILE, 0, 1, HOSTILE, f"({HOSTILE})-[{HOSTILE}]->(b)")
    answer = Answer(HOSTILE, HOSTILE, (cited,), (Step(HOSTILE, HOSTILE),), 0.5)
    explained = explain(answer, parse('retrieve("<script>", `<script>`, ?x)'))
    page = explained.write(tmp_path / "a.html").read_text("utf-8")
    assert "<script" not in page
    assert not re.search(r"\son\w+=|href|src=|url\(", page)
    ElementTree.fromstring(explained.svg)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.text(max_size=60)), max_size=12))
@settings(max_examples=50, deadline=None)
def test_any_picture_is_drawn_without_overlap(arrows: list[tuple[int, int, str]]) -> None:
    keys = sorted({key for tail, head, _ in arrows for key in (tail, head)})
    picture = Picture(
        tuple(Node(str(key), f"box {key} " * (key + 1)) for key in keys),
        tuple(Arrow(str(tail), str(head), label) for tail, head, label in arrows),
    )
    ElementTree.fromstring(to_svg(picture))
    boxes = list(lay_out(picture)[0].values())
    for place, one in enumerate(boxes):
        for two in boxes[place + 1 :]:
            apart = one.x + one.width <= two.x or two.x + two.width <= one.x
            assert apart or one.y + one.height <= two.y or two.y + two.height <= one.y
