"""Pairs to learn from, made of pages that their titles tell apart."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from extractors.align.train.__main__ import best_threshold
from extractors.align.train.pages import Page, load_pages, page_examples, uses_of

TOM = Page("Tom Hale (painter)", "Tom Brian Hale (1802 – 1860) was a painter. He lived in Oslo.")
OTHER = Page("Tom Hale (rower)", "Tom Hale (born 1970) is a rower. He rowed for Oslo.")
EARL = Page("Ida Vale, 2nd Countess of Ely", "Ida Rosa Vale, 2nd Countess of Ely, was a peer.")
FILM = Page(
    "Red Harbour", "Red Harbour is a 1922 drama film. It shows Ida Vale, 2nd Countess of Ely."
)


@pytest.mark.parametrize(
    ("page", "opening", "type"),
    [
        (TOM, "Tom Brian Hale", "Person"),
        (EARL, "Ida Rosa Vale, 2nd Countess of Ely", "Person"),
        (FILM, "Red Harbour", "Work"),
        (Page("It", "It is late."), "", "Thing"),
    ],
)
def test_a_page_begins_with_a_name(page: Page, opening: str, type: str) -> None:
    assert (page.opening, page.type) == (opening, type)


def test_what_other_pages_name_is_a_use() -> None:
    uses = uses_of([TOM, OTHER, EARL, FILM])
    assert {min(use.documents) for use in uses[EARL.title]} >= {EARL.title, FILM.title}
    assert uses[TOM.title][0].values["birth_year"] == {"1802"}
    assert uses[FILM.title][0].values["release_year"] == {"1922"}


def test_two_forms_of_one_page_are_one_and_two_pages_are_two() -> None:
    late = Page("Tom Hale (actor)", "Tom Hale is an actor from Bergen. He was seen in Oslo.")
    found = page_examples([TOM, late, EARL, FILM])
    same = {frozenset((one.left.name, one.right.name)) for one in found if one.same}
    assert frozenset(("Tom Brian Hale", "Tom Hale")) in same
    assert frozenset((EARL.opening, EARL.name)) in same
    assert any(
        {one.left.name, one.right.name} == {"Tom Brian Hale", "Tom Hale"}
        for one in found
        if not one.same
    )
    assert page_examples([TOM, late, EARL, FILM]) == found


def test_pages_that_are_measured_on_and_lists_are_left_out(tmp_path: Path) -> None:
    def write(name: str, *pages: Page) -> Path:
        rows = [{"title": page.title, "text": page.text} for page in pages]
        path = tmp_path / name
        path.write_bytes(gzip.compress(json.dumps(rows).encode()))
        return path

    listed = Page("List of painters", "These are painters.")
    corpus = write("corpus.json.gz", TOM, OTHER, listed, TOM)
    assert load_pages([corpus], [write("measured.json.gz", OTHER)]) == [TOM]


def test_a_threshold_weighs_wrong_pairs() -> None:
    scores = np.repeat([0.4, 0.6, 0.8, 0.9], 50)
    truth = np.repeat([0.0, 1.0, 0.0, 1.0], 50)
    once = np.ones(200)
    assert best_threshold(scores, truth, once, 0.5) == 0.6
    assert best_threshold(scores, truth, once, 3.0) == 0.9
    assert best_threshold(scores[150:160], truth[150:160], once[:10], 3.0) > 0.3
