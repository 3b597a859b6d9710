"""The benchmark of synthesis: the same facts for all, no wording leaked, results kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.synthesis import main
from benchmarks.teaching.corpora import (
    general,
    make_world,
    rephrased,
    source,
    synthesised,
    wordings_in,
)
from benchmarks.teaching.intervals import apart, mean_interval
from benchmarks.teaching.lessons import probes_of
from extractors.worlds.bios.telling import said
from reasoning.teach.probing.probe import Probe


def test_each_corpus_tells_every_fact_and_no_wording_of_a_question() -> None:
    world = make_world(1, 12)
    probes = probes_of(world, 10)
    corpora = [source(world), rephrased(world), [text.text for text in synthesised(world, 20_000)]]
    names = {fact.head.name for fact in world.facts} | {said(fact.tail) for fact in world.facts}
    for texts in corpora:
        whole = "\n".join(texts)
        assert not [name for name in names if name not in whole]
        assert wordings_in(texts, probes, names) == 0
    before = general(world)
    assert wordings_in(before, probes, names | {o.person.name for o in world.unseen}) == 0
    assert not [one for one in world.people if any(one.person.name in text for text in before)]
    assert {probe.kind for probe in probes} == {"direct", "chain"}


def test_leaks_are_counted() -> None:
    probe = Probe("x", ("Rome",), question="Where was Ada born?")
    assert wordings_in(["Where was Bo born? Rome."], [probe], ["Ada", "Bo"]) == 1
    assert wordings_in(["Bo was born in Rome."], [probe], ["Ada", "Bo"]) == 0


def test_intervals_widen_with_the_spread() -> None:
    assert mean_interval([1.0, 2.0, 3.0]) == {"mean": 2.0, "low": -0.5, "high": 4.5}
    assert mean_interval([5.0]) == {"mean": 5.0}
    assert apart({"high": 4.0}, {"low": 4.5})
    assert not apart({"high": 4.0}, {"low": 3.5})


def test_results_are_kept_and_not_made_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "kept.jsonl"
    sizes = ["--seeds", "1", "--people", "8", "--tokens", "1200", "--general", "1200"]
    main([*sizes, "--resume", str(file), "--json"])
    first = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert len(file.read_text(encoding="utf-8").splitlines()) == 3
    main([*sizes, "--resume", str(file), "--json"])
    again = json.loads(capsys.readouterr().out.splitlines()[-1])
    for figures in (first, again):
        assert {"machine", "seed", "seconds"} <= figures.keys()
        figures.pop("seconds")
    assert first == again
    assert first["wordings_leaked"] == 0
    assert 0 <= first["accuracy_source"]["mean"] <= 100
    assert first["bits"] <= first["gold_bits"]
