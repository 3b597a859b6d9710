"""A corpus leaves as it was, in each format."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from extractors.entigraph import Text, synthesise
from extractors.entigraph.writing import (
    messages,
    pack,
    read_texts,
    split_by_document,
    with_replay,
)
from kgkit.errors import InputError, ReadError
from tests.extractors.entigraph.worlds import ADA, VIEW, world

CORPUS = synthesise(world(), tokens=20_000)


def test_lines_are_read_back(tmp_path: Path) -> None:
    path = CORPUS.write(tmp_path / "corpus.jsonl")
    assert tuple(read_texts(path)) == CORPUS.texts
    assert list(tmp_path.iterdir()) == [path]


def test_chat_has_turns_in_order(tmp_path: Path) -> None:
    path = CORPUS.write(tmp_path / "corpus.chat.jsonl")
    for line, text in zip(path.read_text("utf-8").splitlines(), CORPUS.texts, strict=True):
        turns = json.loads(line)["messages"]
        assert [turn["role"] for turn in turns] == ["user", "assistant"] * (len(turns) // 2)
        assert all(turn["content"].strip() for turn in turns), text.text


def test_plain_text(tmp_path: Path) -> None:
    path = CORPUS.write(tmp_path / "corpus.txt")
    assert path.read_text("utf-8") == "".join(f"{text.text}\n\n" for text in CORPUS)


def test_a_text_is_asked_for_by_name() -> None:
    profile = Text.of("She wrote notes.", "profile", entities=(ADA.id,))
    asked = messages(profile, {ADA.id: "Ada Lovelace"})
    assert "Ada Lovelace" in asked[0]["content"]
    assert asked[1]["content"] == "She wrote notes."
    assert messages(profile, {})[0]["content"]


def test_blocks_hold_every_token_in_order(tmp_path: Path) -> None:
    def encode(text: str) -> bytes:
        return text.encode()

    blocks = pack(CORPUS, encode, length=128, start=1, end=2, seed=None)
    joined = b"".join(b"\x01" + text.text.encode() + b"\x02" for text in CORPUS)
    assert blocks.shape == (len(joined) // 128, 128)
    assert bytes(blocks.ravel().tolist()) == joined[: blocks.size]
    shuffled = pack(CORPUS, encode, length=128, seed=1)
    assert (shuffled == pack(CORPUS, encode, length=128, seed=1)).all()
    assert not np.array_equal(shuffled, pack(CORPUS, encode, length=128, seed=2))


def test_no_document_is_on_both_sides() -> None:
    parted = split_by_document(CORPUS, share=0.3)
    train = {id for text in parted.train for id in text.documents}
    held = {id for text in parted.validation for id in text.documents}
    assert train
    assert held
    assert not train & held
    assert len(parted.train) + len(parted.validation) + len(parted.mixed) == len(CORPUS)
    alone = split_by_document(synthesise(VIEW, tokens=9_000), share=0.5)
    assert alone.train
    assert alone.validation
    assert not alone.mixed


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5])
def test_replay_has_its_share(share: float) -> None:
    mixed = list(with_replay(CORPUS, (f"General text {i}. " * 9 for i in range(9999)), share=share))
    assert [text for text in mixed if text.form != "replay"] == list(CORPUS)
    replayed = sum(text.tokens for text in mixed if text.form == "replay")
    assert replayed / sum(text.tokens for text in mixed) == pytest.approx(share, abs=0.02)


def test_the_card_says_what_is_there() -> None:
    card = CORPUS.card()
    assert f"{len(CORPUS):,} texts" in card
    for form, n in CORPUS.forms.items():
        assert f"| {form} | {n:,} |" in card
    assert "- generator: offline" in card


def test_bad_input_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no format"):
        CORPUS.write(tmp_path / "a.jsonl", format="xml")
    with pytest.raises(InputError, match="folder"):
        CORPUS.write(tmp_path / "missing" / "a.jsonl")
    (tmp_path / "b.jsonl").write_text('{"id": 1}\n')
    with pytest.raises(ReadError, match="line 1"):
        list(read_texts(tmp_path / "b.jsonl"))
    with pytest.raises(InputError, match="length"):
        pack(CORPUS, lambda _: [], length=0)
    with pytest.raises(InputError, match="no share"):
        split_by_document(CORPUS, share=2.0)
    with pytest.raises(InputError, match="no share"):
        list(with_replay(CORPUS, [], share=1.0))
