"""BM25 ranks, forgets for good, and gives the same scores whatever the index has been through."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgkit.errors import InputError, LockedError, StoreError
from kgkit.facts import Chunk, Document
from stores.base import Projection
from stores.ledger.batch import Batch
from stores.lexical import LexicalIndex

WORDS = ("radium", "glows", "curie", "paris", "alien", "ship")


def document(number: int, text: str, title: str = "") -> Document:
    return Document(f"{number}.txt", text, title)


def chunk(document: Document) -> Chunk:
    end = len(document.text)
    return Chunk(document.id, 0, 0, end, document.text, ((0, end),))


def batch(upto: int, *documents: Document, gone: tuple[Document, ...] = ()) -> Batch:
    chunks = tuple(sorted(map(chunk, documents), key=lambda one: one.id))
    return Batch(upto, documents, chunks, gone=tuple(("chunk", chunk(d).id) for d in gone))


def ids(index: LexicalIndex, text: str, k: int = 10) -> list[str]:
    return [id for id, _ in index.search(text, k)]


def test_the_best_chunk_comes_first_and_titles_count() -> None:
    radium = document(1, "It glows in the dark.", "Radium")
    alien = document(2, "A film about a ship, radium and the dark.", "Alien")
    paris = document(3, "A city.", "Paris")
    index = LexicalIndex()
    index.apply(batch(3, radium, alien, paris))
    assert isinstance(index, Projection)
    assert ids(index, "Which radium glows?") == [chunk(radium).id, chunk(alien).id]
    assert ids(index, "the dark", 1) == [chunk(radium).id]
    assert index.search("nothing of this") == []
    assert index.watermark() == 3


def test_case_and_accents_do_not_matter() -> None:
    one = document(1, "Łódź and SÃO Paulo.")
    index = LexicalIndex()
    index.apply(batch(1, one))
    for text in ("lodz", "ŁÓDŹ", "sao", "Sao paulo"):
        assert ids(index, text) == [chunk(one).id]


@pytest.mark.parametrize(
    "text",
    ['"', "a AND", "(", "text:[x TO", "-radium", "ra*ium:^2", "\\", "🙂", "", " \0 ", "+" * 99],
)
def test_no_text_is_a_syntax_error(text: str) -> None:
    index = LexicalIndex()
    index.apply(batch(1, document(1, "Radium glows.")))
    index.search(text)
    with pytest.raises(InputError, match="k=0"):
        index.search(text, 0)


def test_ties_are_in_order_of_id_at_every_k() -> None:
    documents = [document(number, "Radium glows.") for number in range(60)]
    index = LexicalIndex()
    for number, one in enumerate(documents):
        index.apply(batch(number + 1, one))
    expected = sorted(chunk(one).id for one in documents)
    assert all(ids(index, "radium", k) == expected[:k] for k in (1, 5, 44, 60, 100))


Text = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


@settings(max_examples=15, deadline=None)
@given(
    kept=st.lists(Text, min_size=1, max_size=8),
    removed=st.lists(Text, min_size=1, max_size=8),
    size=st.integers(1, 5),
)
def test_scores_do_not_remember_what_was_removed(
    kept: list[str], removed: list[str], size: int
) -> None:
    stay = [document(number, text, "Curie") for number, text in enumerate(kept)]
    leave = [document(100 + number, text, "Alien ship") for number, text in enumerate(removed)]
    mixed = [one for pair in zip(stay, leave, strict=False) for one in pair]
    mixed += [*stay[len(leave) :], *leave[len(stay) :]]
    plain, used = LexicalIndex(), LexicalIndex()
    plain.apply(batch(1, *stay))
    for start in range(0, len(mixed), size):
        used.apply(batch(start + 1, *mixed[start : start + size]))
    used.apply(batch(99, gone=tuple(leave)))
    for text in (*WORDS, " ".join(WORDS)):
        assert used.search(text, 20) == plain.search(text, 20)


def test_applying_twice_changes_nothing() -> None:
    one, two = document(1, "Radium glows."), document(2, "Radium is rare.")
    index = LexicalIndex()
    index.apply(batch(1, one, two))
    before = index.search("radium rare")
    index.apply(batch(1, one, two))
    assert index.search("radium rare") == before
    for _ in range(2):
        index.apply(batch(2, gone=(one,)))
        assert ids(index, "radium glows") == [chunk(two).id]


def test_removed_words_are_nowhere_on_disk(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path / "lexical")
    secret = document(1, "The zebrafinch sings.", "Quokkas")
    index.apply(batch(1, secret, *(document(n, f"Radium number {n}.") for n in range(2, 40))))
    index.apply(batch(2, gone=(secret,)))
    index.close()
    found = b"".join(p.read_bytes() for p in (tmp_path / "lexical").iterdir() if p.is_file())
    assert b"zebrafinch" not in found
    assert b"quokkas" not in found.lower()
    assert len(ids(LexicalIndex(tmp_path / "lexical"), "radium", 100)) == 38


def test_reopening_clearing_and_a_second_writer(tmp_path: Path) -> None:
    one = document(1, "Radium glows.")
    first = LexicalIndex(tmp_path)
    first.apply(batch(5, one))
    second = LexicalIndex(tmp_path)
    assert (ids(second, "radium"), second.watermark()) == ([chunk(one).id], 5)
    with pytest.raises(LockedError, match="Another process writes"):
        second.apply(batch(6, document(2, "Two.")))
    first.close()
    first.close()
    second.apply(batch(6, document(2, "Two.")))
    assert len(ids(first, "radium two")) == 2
    second.clear()
    assert (second.search("radium"), second.watermark()) == ([], 0)
    second.apply(batch(7, one))
    assert ids(second, "radium") == [chunk(one).id]


def test_a_folder_of_something_else_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("{}")
    with pytest.raises(StoreError, match="run kgkit rebuild"):
        LexicalIndex(tmp_path)


def test_a_chunk_without_its_document_is_refused() -> None:
    index = LexicalIndex()
    with pytest.raises(StoreError, match="without its document"):
        index.apply(Batch(1, chunks=(chunk(document(1, "Radium.")),)))
    assert index.watermark() == 0


_WRITER = """
import sys
from pathlib import Path
from stores.lexical import LexicalIndex
from stores.ledger.batch import Batch
from kgkit.facts import Chunk, Document

def one(number):
    document = Document(f"{number}.txt", "Radium glows.")
    return document, Chunk(document.id, 0, 0, 13, document.text, ((0, 13),))

index = LexicalIndex(Path(sys.argv[1]))
for number in range(10_000):
    document, chunk = one(number)
    gone = (("chunk", one(number - 2)[1].id),)
    index.apply(Batch(number + 1, (document,), (chunk,), gone=gone))
    if number == 4:
        print("ready", flush=True)
"""


def test_after_a_kill_there_are_whole_batches_only(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(tmp_path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGKILL)
    index = LexicalIndex(tmp_path)
    reached = index.watermark()
    assert reached > 4
    for number in (reached, reached + 1):
        before = document(number - 2, "Radium glows.")
        index.apply(batch(number + 1, document(number, "Radium glows."), gone=(before,)))
    left = [chunk(document(n, "Radium glows.")).id for n in (reached, reached + 1)]
    assert ids(index, "radium") == sorted(left)
