"""Controls change words only; mentions follow the names; the report says what was kept."""

from __future__ import annotations

import dataclasses
import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from kgkit.errors import InputError
from reasoning.embeddings.controls import CONTROLS, Renaming, against_controls
from reasoning.embeddings.triples import Triples, number


def graph() -> Triples:
    rows = [("q1", "born", "q2"), ("q3", "born", "q4"), ("q5", "wrote", "q6")]
    names = {"q1": "Ada", "q2": "New York", "q3": "Ben", "q4": "York", "q5": "Cy", "q6": "Alien"}
    texts = {"q1": "Ada was born in New York.", "q3": "From York, knew Ada", "q5": "wrote Alien"}
    return dataclasses.replace(
        number(rows),
        names=names,
        texts=texts,
        types={"q1": ("person",), "q2": ("city",)},
        relation_texts={"born": "born in", "wrote": "author of"},
    )


@pytest.mark.parametrize("name", sorted(CONTROLS))
def test_facts_stay_and_words_change(name: str) -> None:
    before = graph()
    after = CONTROLS[name](before, 1)
    assert torch.equal(after.train, before.train)
    assert after.entities == before.entities
    assert [after.describe(e) for e in after.entities] != [
        before.describe(e) for e in before.entities
    ]
    again = CONTROLS[name](before, 1)
    assert again == again or again.names == after.names
    assert (again.names, again.texts) == (after.names, after.texts)


def test_mentions_follow_the_names() -> None:
    after = CONTROLS["virtual world"](graph(), 1)
    assert sorted(after.names.values()) == sorted(graph().names.values())
    assert all(after.names[key] != name for key, name in graph().names.items())
    assert after.texts["q1"] == f"{after.names['q1']} was born in {after.names['q2']}."
    assert after.relation_texts == {"born": "author of", "wrote": "born in"}
    strings = CONTROLS["anonymised"](graph(), 1)
    assert strings.texts["q3"] == f"From {strings.names['q4']}, knew {strings.names['q1']}"
    assert strings.types == graph().types


def test_inconsistent_texts_belong_to_others_and_names_stay() -> None:
    after = CONTROLS["inconsistent"](graph(), 2)
    assert after.names == graph().names
    assert sorted(after.texts.values()) == sorted(graph().texts.values())
    assert all(after.texts.get(key) != text for key, text in graph().texts.items())
    with pytest.raises(InputError, match="no texts"):
        CONTROLS["inconsistent"](number([("a", "r", "b")]), 0)


def test_fully_anonymised_leaves_no_words() -> None:
    after = CONTROLS["fully anonymised"](graph(), 0)
    assert not after.texts
    assert not after.types
    assert {len(after.describe(entity)) for entity in after.entities} == {10}


@given(st.lists(st.sampled_from(["new", "york", "ada", "x,", "-", "  "]), max_size=12))
def test_renaming_touches_names_only(words: list[str]) -> None:
    text = " ".join(words)
    assert Renaming({}).of(text) == text
    renamed = Renaming({"new york": "A", "york": "B"}).of(text)
    assert renamed.count("ada") == text.count("ada")
    assert "york" not in renamed


def test_the_report_says_what_was_kept() -> None:
    def judge(triples: Triples, seed: int) -> float:
        true = sum(triples.names[k] == n for k, n in graph().names.items())
        return 0.2 + 0.1 * (true > 3) + 0.1 * bool(triples.texts) + 0.001 * seed

    report = against_controls(graph(), judge, seeds=(0, 1))
    assert report.original.mean == pytest.approx(0.4005)
    assert report.kept("virtual world") == 50.0
    assert report.kept("inconsistent") == 100.0
    assert "50 % remains" in report.sentence()
    assert report.as_dict()["virtual_world_kept"] == 50.0
    flat = against_controls(graph(), lambda triples, seed: 0.3)
    assert math.isnan(flat.kept("anonymised"))
    assert "nothing to test" in flat.sentence()
    with pytest.raises(InputError, match="no seed"):
        against_controls(graph(), judge, seeds=())


def test_a_short_name_at_the_end_is_found_beside_a_longer_one() -> None:
    names = Renaming({"York": "Qum", "York City Hall": "Xab"})
    assert names.of("From York City Hall to York.") == "From Xab to Qum."
    assert names.of("York") == "Qum"
