"""REBEL's line of triples, and a model of that kind with random weights."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.adapters.linearised import parse_linearised
from extractors.adapters.seq2seq import Seq2SeqExtractor
from extractors.base import Extractor
from extractors.chunks import split
from extractors.llm import Rejection
from kgkit.errors import InputError, ModelError
from kgkit.facts import Document
from tests.kgkit.models.lm import tiny

DOCUMENT = Document("a.txt", "Alien was directed by Ridley Scott. It is set in space.")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.save_seq2seq(tmp_path_factory.mktemp("seq2seq"))


@pytest.mark.parametrize(
    ("line", "triples", "lost"),
    [
        (
            "<s><triplet> Alien <subj> Ridley Scott <obj> director <subj> space <obj> set in"
            "<triplet> Ridley Scott <subj> Alien <obj> notable work</s><pad><pad>",
            [
                ("Alien", "director", "Ridley Scott"),
                ("Alien", "set in", "space"),
                ("Ridley Scott", "notable work", "Alien"),
            ],
            [],
        ),
        ("<triplet> Alien <subj> Ridley Scott <obj>", [], ["incomplete"]),
        ("<triplet> Alien", [], ["incomplete"]),
        ("<triplet> <subj> b <obj> c", [], ["incomplete"]),
        ("<triplet> a <subj> b <obj> c <obj> d", [], ["unreadable"]),
        ("<triplet> a <subj> b <obj> c<triplet> a <subj> b <obj> c", [("a", "c", "b")], []),
        ("prose alone", [], ["empty"]),
        ("</s>", [], []),
        ("", [], []),
    ],
)
def test_lines(line: str, triples: list[tuple[str, str, str]], lost: list[str]) -> None:
    rows = parse_linearised(line)
    assert [(row.head, row.relation, row.tail) for row in rows.facts] == triples
    assert [each.kind for each in rows.rejections] == lost


@settings(deadline=None)
@given(st.lists(st.sampled_from(["<triplet>", "<subj>", "<obj>", "a", "b c", "</s>"]), max_size=30))
def test_any_line_is_parsed_or_reported(parts: list[str]) -> None:
    rows = parse_linearised(" ".join(parts))
    for row in rows.facts:
        assert "<" not in row.head + row.relation + row.tail


def test_random_weights_write_nothing_that_is_believed(folder: Path) -> None:
    heard: list[Rejection] = []
    extractor: Extractor = Seq2SeqExtractor(str(folder), beams=2, on_rejection=heard.append)
    found = extractor.extract(DOCUMENT, split(DOCUMENT))
    assert found.facts == ()
    assert found == extractor.extract(DOCUMENT, split(DOCUMENT))
    assert extractor.version == f"1-{folder}-2"


def test_what_is_written_is_read_sentence_by_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = {
        "Alien was directed by Ridley Scott.": "<triplet> Alien <subj> Ridley Scott <obj> director",
        "It is set in space.": "<triplet> Alien <subj> space <obj> set in <subj> Mars <obj> near",
    }
    extractor = Seq2SeqExtractor(str(folder))
    monkeypatch.setattr(extractor, "_line", lines.__getitem__)
    reading = extractor.read(DOCUMENT, split(DOCUMENT))
    facts = {str(fact): fact for fact in reading.extraction.facts}
    assert set(facts) == {"(Alien)-[DIRECTOR]->(Ridley Scott)", "(Alien)-[SET_IN]->(space)"}
    (evidence,) = facts["(Alien)-[SET_IN]->(space)"].evidence
    assert DOCUMENT.text[evidence.start : evidence.end] == "It is set in space."  # type: ignore[union-attr]
    assert [each.kind for each in reading.rejections] == ["not found"]


def test_bad_models(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"CC BY-NC-SA 4\.0.*accept_licence=True"):
        Seq2SeqExtractor("Babelscape/rebel-large")
    with pytest.raises(InputError, match="needs a model"):
        Seq2SeqExtractor()
    with pytest.raises(InputError, match="beams=0"):
        Seq2SeqExtractor("x", beams=0)
    with pytest.raises(ModelError, match="cannot be loaded"):
        Seq2SeqExtractor(str(tmp_path / "none"))
