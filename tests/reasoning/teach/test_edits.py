"""Edits: every change of a graph gives probes of what should change and what should not."""

from __future__ import annotations

from dataclasses import replace

from extractors.worlds.bios import BiosWorld
from extractors.worlds.bios.telling import said
from kgkit.facts import Entity, Fact
from reasoning.teach.edits import Edit, edit_probes, edits_between

ADA = Entity.named("Ada Byron", "Person", ("Byron",))
BO = Entity.named("Bo", "Person")
ROME, OSLO = Entity.named("Rome", "City"), Entity.named("Oslo", "City")
ITALY, NORWAY = Entity.named("Italy", "Country"), Entity.named("Norway", "Country")
BEFORE = [
    Fact(ADA, "LIVES_IN", ROME),
    Fact(BO, "LIVES_IN", OSLO),
    Fact(ADA, "KNOWS", BO),
    Fact(ROME, "LIES_IN", ITALY),
    Fact(OSLO, "LIES_IN", NORWAY),
]
AFTER = [Fact(ADA, "LIVES_IN", OSLO), *BEFORE[1:]]


def test_a_new_value_replaces_the_old_one() -> None:
    assert edits_between(BEFORE, AFTER) == [Edit(AFTER[0], BEFORE[0])]
    more = [*BEFORE, Fact(BO, "KNOWS", ADA)]
    assert edits_between(BEFORE, more) == [Edit(more[-1])]
    assert edits_between(more, BEFORE) == []


def test_every_kind_of_probe_is_made() -> None:
    (edit,) = edits_between(BEFORE, AFTER)
    probes = edit_probes(edit, AFTER)
    by_kind = {kind: [p for p in probes if p.kind == kind] for kind in {p.kind for p in probes}}
    assert sorted(by_kind) == ["alias", "edit", "inverse", "locality", "one_hop"]
    assert all(probe.answers == ("Oslo",) for probe in by_kind["edit"])
    assert all("Rome" in probe.candidates for probe in by_kind["edit"])
    assert len({probe.prompt for probe in by_kind["edit"]}) > 1
    assert all("Byron" in p.question and "Ada" not in p.question for p in by_kind["alias"])
    assert set(by_kind["inverse"][0].answers) == {"Ada Byron", "Bo"}
    assert [probe.answers for probe in by_kind["one_hop"]] == [("Norway",)]
    assert edit.new.id not in {id for probe in by_kind["locality"] for id in probe.facts}


def test_kinds_that_the_graph_has_nothing_for_are_left_out() -> None:
    fact = Fact(BO, "LIKES", OSLO)
    assert {probe.kind for probe in edit_probes(Edit(fact), [fact])} == {"edit", "inverse"}


def test_edits_of_a_world_are_probed_with_right_answers() -> None:
    world = BiosWorld.make(3, people=12)
    old = next(f for f in world.facts if f.relation == "WORKS_FOR")
    other = next(f for f in world.facts if f.relation == "WORKS_FOR" and f.tail != old.tail)
    after = [replace(f, tail=other.tail) if f is old else f for f in world.facts]
    (edit,) = edits_between(world.facts, after)
    truth = {fact.id: said(fact.tail) for fact in after}
    for probe in edit_probes(edit, after, candidates=world.candidates()):
        if probe.kind != "inverse":
            assert truth[probe.facts[-1]] in probe.answers
