"""Replies that were recorded are played again."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgkit.errors import InputError, ReadError
from kgkit.models.lm import FakeLM, Request, lm
from kgkit.models.lm.recording import Recording


def test_a_recording_is_played_without_the_model(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    real = lm(FakeLM({"capital": "Paris\n\u2028“ü”", "river": "Seine"}), cache=Recording(path))
    requests = [Request.of("The capital?"), Request.of("The river?")]
    said = [reply.text for reply in real.complete(requests)]
    absent = lm(FakeLM([]), cache=Recording(path))
    assert [reply.text for reply in absent.complete(requests)] == said
    assert Recording(path).models == {"fake"}
    with pytest.raises(InputError, match="has 0 replies"):
        absent.complete([Request.of("The mayor?")])


def test_a_line_that_was_cut_off_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    Recording(path).put("a", "m", "one", "")
    with path.open("a", encoding="utf-8") as file:
        file.write('{"key": "b", "mo')
    again = Recording(path)
    again.put("c", "m", "three", "")
    assert [Recording(path).get(key, "") for key in "abc"] == ["one", None, "three"]


@pytest.mark.parametrize("text", ["{}\n", "no json\n", '{"key": 1}\n{}', "plain"])
def test_a_file_that_is_no_recording(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match="is no recording"):
        Recording(path)
    assert path.read_text(encoding="utf-8") == text
