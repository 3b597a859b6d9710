"""Building again reads only what changed; what is removed is in no file of the graph."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest

import kgkit
from extractors.mini.parse import Analysis, Mini
from kgkit.facts import Document
from kgkit.models.encoder import Encoder
from tests.kgkit.worlds import Words


def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    texts = {"a.txt": "Ada met Bob.", "b.txt": "Bob met Cid.", "c.txt": "Cid saw Ada."}
    notes = tmp_path / "notes"
    notes.mkdir()
    for name, text in texts.items():
        (notes / name).write_text(text)
    words = Words()
    with kgkit.open(tmp_path / "a.kg", extractor=words) as kg:
        kg.build(notes)
        assert len(words.read) == 3
        before = {chunk.id: chunk for chunk in kg.ledger.chunks()}
        words.read.clear()
        assert [status.status for status in kg.build(notes).inputs] == ["unchanged"] * 3
        assert words.read == []
        (notes / "b.txt").write_text("Bob met Dee.")
        report = kg.build(notes)
        assert sorted(status.status for status in report.inputs) == [
            "built",
            "unchanged",
            "unchanged",
        ]
        assert [Path(uri).name for uri in words.read] == ["b.txt"]
        after = {chunk.id: chunk for chunk in kg.ledger.chunks()}
        kept = before.keys() & after.keys()
        assert sorted(after[id].text for id in kept) == ["Ada met Bob.", "Cid saw Ada."]
        assert sorted(after[id].text for id in after.keys() - kept) == ["Bob met Dee."]
        exported = list(kg.export())
    with kgkit.open(tmp_path / "b.kg", extractor=Words()) as kg:
        kg.build(notes)
        assert list(kg.export()) == exported


PLACES = ("Paris", "Warsaw", "Berlin", "London", "Vienna", "Prague", "Madrid", "Lisbon")
PEOPLE = ("Marie Curie", "Niels Bohr", "Lise Meitner", "Otto Hahn", "Ada Lovelace")


def report(changed: int | None = None) -> Document:
    """Return a document of eighty paragraphs, one of which may be another."""
    paragraphs = [
        f"{PEOPLE[i % 5]} moved to {PLACES[i % 8]} in {1800 + i}. "
        f"There {('she', 'he')[i % 2]} met {PEOPLE[(i * 3 + 1) % 5]} and wrote letter {i}. "
        f"The house in {PLACES[(i * 5 + 2) % 8]} was sold to {PEOPLE[(i + 2) % 5]}."
        for i in range(80)
    ]
    if changed is not None:
        paragraphs[changed] = "Enrico Fermi was born in Rome. He studied in Pisa."
    return Document("report.txt", "\n\n".join(paragraphs), "Letters")


class Passes:
    """Counts the passes of the parser and of the encoder of chunks."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.parsed = self.encoded = 0
        analyse, encode_spans = Mini.analyse, Encoder.encode_spans

        def parsing(*arguments: Any) -> Analysis:
            self.parsed += 1
            return analyse(*arguments)

        def encoding(*arguments: Any) -> Any:
            self.encoded += 1
            return encode_spans(*arguments)

        patch.setattr(Mini, "analyse", parsing)
        patch.setattr(Encoder, "encode_spans", encoding)

    def taken(self) -> tuple[int, int]:
        """Return the passes since this was last asked."""
        found = self.parsed, self.encoded
        self.parsed = self.encoded = 0
        return found


def held(kg: kgkit.KnowledgeGraph) -> tuple[list[str], dict[str, bytes]]:
    """Return the records of a graph, and its vectors."""
    ids, matrix = kg.projections.vectors.index.matrix()
    return list(kg.export()), {id: row.tobytes() for id, row in zip(ids, matrix, strict=True)}


def test_a_long_text_is_read_again_where_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passes = Passes(monkeypatch)
    with kgkit.open(tmp_path / "fresh.kg") as kg:
        kg.build(report(40))
        fresh = held(kg)
    whole = passes.taken()
    assert whole[0] >= 14
    assert whole[1] >= 10
    with kgkit.open(tmp_path / "a.kg") as kg:
        kg.build(report())
        passes.taken()
        kg.build(report(40))
        parsed, encoded = passes.taken()
        assert held(kg) == fresh
        assert parsed <= 5
        assert encoded <= 3
        kg.rebuild()
        assert held(kg) == fresh


def test_notes_go_with_their_document(tmp_path: Path) -> None:
    with kgkit.open(tmp_path / "a.kg") as kg:
        kg.build(report())
        kg.build(report(3))
        with sqlite3.connect(tmp_path / "a.kg" / "ledger.db") as ledger:
            kept = ledger.execute("SELECT document_id FROM call_owner").fetchall()
        assert kept == [(report(3).id,)]
        kg.remove_document("report.txt")
        with sqlite3.connect(tmp_path / "a.kg" / "ledger.db") as ledger:
            assert ledger.execute("SELECT count(*) FROM model_call").fetchone() == (0,)


def word(number: int) -> str:
    """Return a name that no other text holds."""
    return f"Qx{number:03d}qx"


def remnants(folder: Path, numbers: range | list[int]) -> dict[int, list[str]]:
    """Return in which files of a folder the word of each number is."""
    files = {
        path: path.read_bytes().lower() for path in sorted(folder.rglob("*")) if path.is_file()
    }
    found = {
        number: [p.name for p, data in files.items() if word(number).lower().encode() in data]
        for number in numbers
    }
    return {number: names for number, names in found.items() if names}


def test_a_removed_document_is_in_no_file(tmp_path: Path) -> None:
    chance = random.Random(5)
    documents = [
        Document(
            f"{number}.txt",
            " ".join(
                f"{word(number)}{'z' * chance.randint(0, 40)}{i} met Bob{word(number)}."
                for i in range(chance.randint(1, 25))
            ),
            f"On {word(number)}",
        )
        for number in range(16)
    ]
    path = tmp_path / "a.kg"
    with kgkit.open(path, extractor=Words()) as kg:
        kg.build(*documents)
        for number, document in enumerate(documents):
            said = f"says {word(number)}"
            kg.ledger.store_call(f"k{number}", "m", "h", said, document.id)
        assert len(kg.projections.rdf.query("SELECT ?f WHERE { ?f a kg:Fact }")) > 16
        assert len(remnants(path, range(16))) == 16
    gone = chance.sample(range(16), 8)
    with kgkit.open(path, extractor=Words()) as kg:
        for number in gone[:6]:
            assert kg.remove_document(documents[number].uri)
        for number in gone[6:]:
            kg.build(Document(documents[number].uri, "Ada met Bob."))
        for number in gone:
            assert kg.projections.lexical.search(f"{word(number)} Bob{word(number)}") == []
    assert remnants(path, gone) == {}
    assert len(remnants(path, range(16))) == 8
