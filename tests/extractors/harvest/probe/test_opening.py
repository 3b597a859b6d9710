"""Models are opened by folder, and what cannot be probed is refused in a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from transformers import PreTrainedTokenizerFast

from extractors.harvest.probe.hf import open_hf
from extractors.harvest.probe.registry import open_probe
from extractors.harvest.prompt import Prompt
from extractors.harvest.scoring import Scoring, score
from kgkit.errors import InputError, ModelError
from tests.extractors.harvest import tiny

PROMPT = Prompt.parse("{0} is the capital of {1}.")
PLAIN = Scoring(pmi=False)


def saved(folder: Path, model: Any, tokenizer: Any, **special: str) -> str:
    model.save_pretrained(folder)
    fast: Any = PreTrainedTokenizerFast
    fast(tokenizer_object=tokenizer, **special).save_pretrained(folder)
    return str(folder)


def test_a_masked_model_from_a_folder(tmp_path: Path) -> None:
    folder = saved(tmp_path, tiny.bert(), tiny.word_piece(), mask_token="[MASK]", unk_token="[UNK]")
    probe = open_hf(folder)
    assert probe.name == f"hf:{folder}"
    found = score(probe, [PROMPT], [("paris", "italy")], PLAIN)
    expected = score(tiny.masked_probe(), [PROMPT], [("paris", "italy")], PLAIN)
    assert found[0].value == pytest.approx(expected[0].value, abs=1e-3)
    rough = score(open_hf(folder, dtype="bfloat16"), [PROMPT], [("paris", "italy")], PLAIN)
    assert rough[0].value == pytest.approx(expected[0].value, abs=0.5)


def test_a_causal_model_from_a_folder(tmp_path: Path) -> None:
    tokenizer = tiny.byte_level("<|endoftext|>")
    folder = saved(tmp_path, tiny.gpt2(), tokenizer, bos_token="<|endoftext|>")
    found = score(open_hf(folder), [PROMPT], [("Paris", "Italy")], PLAIN)
    expected = score(tiny.causal_probe(), [PROMPT], [("Paris", "Italy")], PLAIN)
    assert found[0].value == pytest.approx(expected[0].value, abs=1e-3)


def test_an_encoder_decoder_model_from_a_folder(tmp_path: Path) -> None:
    folder = saved(tmp_path, tiny.t5(), tiny.metaspace(), eos_token="</s>", unk_token="<unk>")
    found = score(open_hf(folder), [PROMPT], [("Paris", "Italy")], PLAIN)
    expected = score(tiny.t5_probe(), [PROMPT], [("Paris", "Italy")], PLAIN)
    assert found[0].value == pytest.approx(expected[0].value, abs=1e-3)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        open_hf(str(tmp_path / "none"))


def test_a_masked_model_without_a_mask_token(tmp_path: Path) -> None:
    folder = saved(tmp_path, tiny.bert(), tiny.word_piece(), unk_token="[UNK]")
    with pytest.raises(ModelError, match="no mask token"):
        open_hf(folder)


def test_settings_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="dtype"):
        open_hf(str(tmp_path), dtype="float8")
    with pytest.raises(InputError, match="int8"):
        open_hf(str(tmp_path), dtype="int8", device="cuda")


def test_names_of_probes() -> None:
    probe = tiny.masked_probe()
    assert open_probe(probe) is probe
    with pytest.raises(InputError, match="already"):
        open_probe(probe, device="cpu")
    with pytest.raises(InputError, match="no model to probe is called"):
        open_probe("nothing:at-all")
