"""The benchmark's own counting, on a small example."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.scoring import resolution_judged
from benchmarks.scoring.predicates import pair_figures
from benchmarks.scoring.resolution import (
    namesake_figures,
    read_sightings,
    resolution_figures,
)
from benchmarks.scoring.resolution_judged import judged_figures, pair_key
from benchmarks.scoring.resolution_worlds import varied_world, world_figures
from extractors.align.profiles import Profile


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.array([[1, 0]] * len(texts), dtype=np.float32)


def write(folder: Path, name: str, rows: object) -> None:
    (folder / f"{name}.json.gz").write_bytes(gzip.compress(json.dumps(rows).encode()))


def example(folder: Path) -> None:
    """Write four entities in five chunks: two forms of one name, an inconsistent pair, others."""

    def entity(id: str, type: str, *forms: tuple[str, list[str]]) -> dict[str, object]:
        aliases = [[form, len(chunks), chunks] for form, chunks in forms]
        return {"id": id, "name": forms[0][0], "type": type, "aliases": aliases}

    def triple(chunk: str, subject: str, relation: str, obj: str) -> list[object]:
        return [chunk, subject, relation, obj, "", "", [0, 1], None]

    write(
        folder,
        "rk500_entities_resolved",
        [
            entity("e1", "PERSON", ("Ida R. Vale", ["c1"]), ("Ida Rose Vale", ["c2"])),
            entity("e2", "PERSON", ("Tom Hale", ["c3", "c4"])),
            entity("e3", "PLACE", ("Norway", ["c5"])),
            entity("e4", "PLACE", ("Norwegian", ["c5"])),
        ],
    )
    chunks = [f"c{n}" for n in range(1, 6)]
    write(folder, "rk500_corpus", [{"id": c, "title": "", "text": f"Text {c}."} for c in chunks])
    triples = [
        triple("c1", "Ida R. Vale", "date of birth", "1 May 1802"),
        triple("c1", "Ida R. Vale", "spouse", "Sam"),
        triple("c3", "Tom Hale", "date of birth", "1901"),
        triple("c3", "Tom Hale", "spouse", "Ann"),
        triple("c4", "Tom Hale", "spouse", "Ann"),
    ]
    write(folder, "rk500_openie_qwen2.5-7b_gliner", triples)


def test_inconsistent_gold_is_left_out_and_shown_raw(tmp_path: Path) -> None:
    example(tmp_path)
    found, gold = read_sightings(tmp_path)
    assert gold["Ida R. Vale"] == gold["Ida Rose Vale"] == "e1"
    by_name = {(one.name, min(one.documents)): one for one in found}
    assert by_name["Ida R. Vale", "c1"].values == {"birth_year": frozenset({"1802"})}
    figures = resolution_figures(found, gold, encode, part="all")
    assert (figures["raw_resolution_precision"], figures["raw_resolution_recall"]) == (50.0, 100.0)
    assert (figures["resolution_precision"], figures["resolution_recall"]) == (100.0, 100.0)


def test_a_person_under_another_name_is_told_apart(tmp_path: Path) -> None:
    example(tmp_path)
    found, gold = read_sightings(tmp_path)
    figures = namesake_figures(found, gold, encode, part="all")
    assert figures["namesakes_made"] == 1.0
    assert figures["namesakes_precision"] == 100.0


def test_every_labelled_pair_is_counted_once() -> None:
    whole = pair_figures("all")
    parts = [pair_figures(part)["relation_pairs"] for part in ("dev", "held")]
    assert whole["relation_pairs"] == sum(parts) >= 150
    assert whole["relation_precision"] > 90.0


def test_judged_pairs_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    halves = {
        "dev": {
            "same": [pair_key("Ida R. Vale", "Ida Rose Vale"), pair_key("Tom Hale", "T. B. Hale")],
            "different": [],
            "unclear": [pair_key("Oslo", "OSLO")],
        },
        "held": {"same": [], "different": [pair_key("Ann Lee", "Ann B. Lee")], "unclear": []},
    }
    path = tmp_path / "judged.json"
    path.write_text(json.dumps(halves))
    monkeypatch.setattr(resolution_judged, "_JUDGED", path)
    names = ["Ida R. Vale", "Ida Rose Vale", "Tom Hale", "Oslo", "OSLO", "Ann Lee", "Ann B. Lee"]
    found = [Profile(name, name, "Person", documents=frozenset({name})) for name in names]
    dev = judged_figures(found, encode, part="dev")
    assert (dev["judged_precision"], dev["judged_recall"]) == (100.0, 50.0)
    every = judged_figures(found, encode, part="all")
    assert (every["judged_precision"], every["judged_recall"]) == (50.0, 50.0)


def test_worlds_are_varied_and_scored() -> None:
    uses, owner = varied_world(7, people=12)
    assert varied_world(7, people=12) == (uses, owner)
    assert {(use.id, min(use.documents)) for use in uses} == set(owner)
    assert len({use.name for use in uses}) > len(set(owner.values()))
    figures = world_figures(encode, worlds=(7,))
    assert 50.0 < figures["world_precision"] <= 100.0
