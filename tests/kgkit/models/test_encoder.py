from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kgkit.errors import ModelError
from kgkit.models.encoder import Encoder, load_encoder
from kgkit.models.weights import bundled_folder, verified

TEXTS = [
    "Marie Curie discovered radium.",
    "A short one",
    "",
    "Polonium is named after Poland, the country where she was born in 1867; it glows.",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


def test_rows_are_unit_vectors_in_the_order_of_the_texts(encoder: Encoder) -> None:
    rows = encoder.encode(TEXTS)
    assert rows.shape == (4, encoder.dim)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)
    np.testing.assert_allclose(rows[1], encoder.encode(TEXTS[1:2])[0], atol=1e-6)


def test_the_same_call_gives_the_same_bytes(encoder: Encoder) -> None:
    assert encoder.encode(TEXTS).tobytes() == encoder.encode(TEXTS).tobytes()


def test_no_text_gives_no_row(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dim)


def test_related_texts_are_nearer_than_unrelated_ones(encoder: Encoder) -> None:
    a, b, c = encoder.encode(["A dog barks.", "The hound is barking.", "Bond yields fell."])
    assert a @ b > a @ c + 0.3


def test_spans_are_pooled_from_one_pass(encoder: Encoder) -> None:
    text = TEXTS[0]
    whole, rows = encoder.encode_spans(text, [(0, 11), (23, 29), (11, 12)])
    np.testing.assert_allclose(whole, encoder.encode([text])[0], atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)
    radium, curie = encoder.encode(["radium", "Marie Curie"])
    assert rows[0] @ curie > rows[0] @ radium
    np.testing.assert_array_equal(rows[2], whole)


def test_a_long_text_counts_to_its_end(encoder: Encoder) -> None:
    text = "The river floods the valley. " * 150
    ending = text + "Bond yields fell."
    assert not np.allclose(encoder.encode([text])[0], encoder.encode([ending])[0], atol=1e-4)
    _, rows = encoder.encode_spans(ending, [(len(text), len(ending)), (4, 9)])
    bonds = encoder.encode(["Bond yields fell."])[0]
    assert rows[0] @ bonds > rows[1] @ bonds


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(ModelError, match="nosuch"):
        load_encoder("nosuch")


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"not these")
    with pytest.raises(ModelError, match="SHA-256"):
        verified(tmp_path)
    with pytest.raises(ModelError, match="cannot read"):
        verified(tmp_path / "nowhere")


@pytest.mark.slow
def test_vectors_equal_those_of_the_published_implementation(encoder: Encoder) -> None:
    transformers = pytest.importorskip("transformers")
    torch = pytest.importorskip("torch")
    folder = str(bundled_folder())
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    model = transformers.AutoModel.from_pretrained(folder).eval()
    batch = tokenizer(TEXTS, padding=True, return_tensors="pt")
    with torch.inference_mode():
        states = model(**batch).last_hidden_state
    mask = batch["attention_mask"][:, :, None]
    expected = torch.nn.functional.normalize((states * mask).sum(1)).numpy()
    np.testing.assert_allclose(encoder.encode(TEXTS), expected, atol=1e-5)
