"""Rerankers: functions, a tiny cross-encoder made here, and language models."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kgkit.errors import InputError, ModelError
from kgkit.models.lm.fake import FakeLM
from reasoning.retrieval import Hit
from reasoning.retrieval.rerank import load_reranker, registry, rerank
from reasoning.retrieval.rerank.cross_encoder import CrossEncoderReranker
from reasoning.retrieval.rerank.language_model import LanguageModelReranker

TEXTS = {"a": "Ice floats.", "b": "Rye bread is dark.", "c": "An organ has pipes."}
HITS = [Hit(id, f"doc {id}", 1.0, ()) for id in TEXTS]


def order(hits: Sequence[Hit]) -> str:
    return "".join(hit.chunk_id for hit in hits)


def test_hits_are_put_in_the_order_of_the_scores() -> None:
    longest = load_reranker(lambda question, texts: [len(text) for text in texts])
    found = rerank("?", HITS, TEXTS, longest, k=2)
    assert order(found) == "cb"
    assert [hit.score for hit in found] == [19, 18]
    assert rerank("?", [], TEXTS, longest, k=2) == []


def test_ties_stay_in_the_order_of_retrieval() -> None:
    level = load_reranker(lambda question, texts: [0.1 + 1e-9 * n for n in range(len(texts))])
    assert order(rerank("?", HITS, TEXTS, level, k=3)) == "abc"


@pytest.mark.parametrize("scores", [[1.0], [1.0, 2.0, float("nan")]])
def test_scores_that_fit_no_texts_are_refused(scores: list[float]) -> None:
    with pytest.raises(ModelError, match="a finite number for each text"):
        rerank("?", HITS, TEXTS, load_reranker(lambda question, texts: scores), k=3)


def test_what_is_no_reranker_is_refused() -> None:
    with pytest.raises(InputError, match="names no reranker"):
        load_reranker("best")
    with pytest.raises(InputError, match="names no reranker"):
        load_reranker("cross-encoder")
    with pytest.raises(InputError, match="3 is no reranker"):
        load_reranker(3)  # type: ignore[arg-type]


def test_a_package_adds_one_by_an_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    class Point:
        name = "mine"

        def load(self) -> type[CrossEncoderReranker]:
            return CrossEncoderReranker

    monkeypatch.setattr(registry, "entry_points", lambda group: [Point()])
    assert isinstance(load_reranker("mine:some/folder"), CrossEncoderReranker)


def test_a_language_model_orders_the_texts() -> None:
    asked = FakeLM({"organ": '{"order": [3, 1, 3, 9]}'})
    assert order(rerank("?", HITS, TEXTS, LanguageModelReranker(asked), k=3)) == "cab"
    (request,) = asked.requests
    assert "[2] Rye bread is dark." in request.messages[-1].content


@pytest.mark.parametrize("reply", ["", "[3]", '{"order": "3"}', '{"order": [true, "2"]}', "null"])
def test_a_reply_that_says_no_order_changes_none(reply: str) -> None:
    reranker = LanguageModelReranker(FakeLM({"": reply}))
    assert order(rerank("?", HITS, TEXTS, reranker, k=3)) == "abc"
    assert reranker.score("?", []) == []


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder of a few hundred weights, drawn with a seed."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    folder = tmp_path_factory.mktemp("cross_encoder")
    marks = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    known = [*marks, "ice", "floats", "rye", "bread", "is", "dark", "organ", "pipes", "what", "?"]
    (folder / "vocab.txt").write_text("\n".join(known), encoding="utf-8")
    torch.manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=len(known),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=8,
        max_position_embeddings=32,
        num_labels=1,
        initializer_range=1.0,
    )
    transformers.BertForSequenceClassification(config).save_pretrained(folder)
    transformers.BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


@pytest.mark.filterwarnings("ignore")
def test_a_cross_encoder_is_loaded_when_it_is_asked(tiny: Path) -> None:
    pytest.importorskip("sentence_transformers")
    reranker = CrossEncoderReranker(str(tiny))
    assert reranker.score("what?", []) == []
    texts = list(TEXTS.values())
    scores = reranker.score("what floats?", texts)
    assert len(set(scores)) > 1
    one_by_one = [reranker.score("what floats?", [text])[0] for text in texts]
    assert one_by_one == pytest.approx(scores, abs=2e-4)
    expected = "".join(sorted(TEXTS, key=lambda id: -scores["abc".index(id)]))
    assert order(rerank("what floats?", HITS, TEXTS, reranker, k=3)) == expected


def test_a_cross_encoder_that_is_not_there(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers")
    with pytest.raises(ModelError, match="cannot be loaded"):
        CrossEncoderReranker(str(tmp_path / "none")).score("?", ["text"])
