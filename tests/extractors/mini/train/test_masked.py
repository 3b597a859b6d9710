"""Training the masked language model: cases, the closed form, and a few steps."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.mini.lora import adapt
from extractors.mini.masked.network import MASK, PIECES, MaskedNetwork
from extractors.mini.train.masked_cases import Passage, case_of, piece_counts, read_passages
from extractors.mini.train.masked_evaluate import held_out_cases, masked_figures
from extractors.mini.train.masked_loop import MaskedPlan, cases_of_step, train_masked
from extractors.mini.train.masked_start import closed_form
from extractors.mini.train.masked_texts import passages
from kgkit.models.bert import Bert
from kgkit.models.encoder import load_encoder

TEXTS = [
    ("Marie Curie was born in Warsaw.", "She studied physics in Paris in 1891."),
    ("Oslo is the capital of Norway.",),
    ("The river Danube flows through Vienna and Budapest.",),
    ("Gabriel Garcia Marquez wrote novels.", "They are read in Colombia."),
]


@pytest.fixture(scope="module")
def read() -> list[Passage]:
    return read_passages(TEXTS, load_encoder().tokenizer)


@pytest.fixture
def network() -> MaskedNetwork:
    """A network whose encoder shares the published weights but none of its modules."""
    bert = Bert()
    bert.load_state_dict(load_encoder().bert.state_dict())
    return MaskedNetwork(bert.requires_grad_(False))


def test_names_are_one_unit(read: list[Passage]) -> None:
    tokenizer = load_encoder().tokenizer
    (begin, end, weight), *rest = read[0].units[0]
    assert tokenizer.decode(list(read[0].sentences[0][begin:end])) == "marie curie"
    assert weight > max(unit[2] for unit in rest[:3])


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(8, 80))
def test_masks_cover_what_they_say(seed: int, room: int) -> None:
    tokenizer = load_encoder().tokenizer
    chance = random.Random(seed)
    passage = read_passages(TEXTS[:1], tokenizer)[0]
    case = case_of(passage, room, chance)
    assert case is not None
    assert case.pieces[0] == 101
    assert case.pieces[-1] == 102
    assert [i for i, piece in enumerate(case.pieces) if piece == MASK] == list(case.places)
    assert len(case.places) == len(case.targets) == len(case.named) > 0
    restored = list(case.pieces)
    for place, target in zip(case.places, case.targets, strict=True):
        restored[place] = target
    whole = [piece for sentence in passage.sentences for piece in sentence]
    text = " ".join(map(str, whole))
    assert " ".join(map(str, restored[1:-1])) in text


def test_steps_depend_on_seed_and_number_alone(read: list[Passage], tmp_path: Path) -> None:
    plan = MaskedPlan(3, 1, tmp_path, pieces=60)
    assert cases_of_step(plan, read, 7) == cases_of_step(plan, read, 7)
    assert cases_of_step(plan, read, 7) != cases_of_step(plan, read, 8)


def test_pieces_are_counted_by_their_weight(read: list[Passage]) -> None:
    counts = piece_counts(read)
    assert counts.shape == (PIECES,)
    name, grammar = (load_encoder().tokenizer.token_to_id(word) for word in ("oslo", "through"))
    assert counts[name] > counts[grammar] > 0


def test_the_closed_form_is_better_than_nothing(
    network: MaskedNetwork, read: list[Passage], tmp_path: Path
) -> None:
    plan = MaskedPlan(3, 1, tmp_path, pieces=200)
    cases = held_out_cases(read, 4)
    before = masked_figures(network, cases)["loss"]
    closed_form(network, [cases_of_step(plan, read, -1 - i) for i in range(8)], piece_counts(read))
    assert masked_figures(network, cases)["loss"] < before


def test_a_run_that_was_broken_off_ends_the_same(read: list[Passage], tmp_path: Path) -> None:
    ends = []
    for name, parts in (("whole", (4,)), ("parts", (2, 4))):
        folder = tmp_path / name
        folder.mkdir()
        for stop in parts:
            torch.manual_seed(0)
            bert = Bert()
            bert.load_state_dict(load_encoder().bert.state_dict())
            network = MaskedNetwork(bert.requires_grad_(False))
            adapt(network.bert, rank=2)
            plan = MaskedPlan(4, 100, folder, pieces=60, warm_up=1)
            seen: list[int] = []

            def report(number: int, _: dict[str, torch.Tensor], seen: list[int] = seen) -> None:
                seen.append(number)

            minutes = 1e9 if stop == 4 else 0.0
            for _ in range(stop if minutes == 0.0 else 1):
                limited = MaskedPlan(4, 100, folder, minutes, pieces=60, warm_up=1)
                mean = train_masked(network, limited, read, report)
            assert seen[-1] == stop
            assert plan.steps == 4
        ends.append(mean)
    for name, tensor in ends[0].items():
        assert torch.equal(tensor, ends[1][name]), name


def test_texts_are_read_from_their_sets(tmp_path: Path) -> None:
    def put(name: str, text: str) -> None:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(text.encode()))

    page = [{"title": "Ada (poet)", "text": "Ada was a poet. She was born in Rome. It rains."}]
    for name in ("2wikimultihopqa/hippo", "2wikimultihopqa/rk500"):
        put(f"multihop/{name}_corpus.json.gz", json.dumps(page))
    put("multihop/hotpotqa/train100_corpus.json.gz", "[]")
    put("multihop/musique/train100_corpus.json.gz", "[]")
    document = {"title": "Bo", "sents": [["Bo", "lives", "in", "Oslo", "."]]}
    put("extraction/redocred/dev_revised.json.gz", json.dumps([document]))
    put("extraction/redocred/test_revised_first400.json.gz", "[]")
    put("extraction/text2kgbench/train/x.jsonl.gz", json.dumps({"sent": "Film B is by Cy Dee."}))
    tree = "# newdoc id = a\n# sent_id = a\n# text = Go home\n"
    tree += "1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n\n"
    put("extraction/ud_english_ewt/en_ewt-ud-train.x.conllu.gz", tree)
    put("extraction/gap/gap-development.tsv.gz", "ID\tText\n1\tEve saw that Fay left.\n")
    put("kge/codex-s/entity2textlong.tsv.gz", "h\nQ1\tGo\tgame\tboard game\tGo is a board game.\n")
    put("kge/fb15k-237/entity2textlong.txt.gz", "/m/1\tHo -- Ho is a large city.\n")
    put("kge/fb15k-237/entity2wikidata.tsv.gz", "h\n/m/1\tQ2\tHo\tcity in Ghana\tx\n")
    put("kge/wn18rr/entity2text.txt.gz", "1\toak, a tree of the beech family\n")
    found = passages(tmp_path)
    assert found == [
        ("Ada was a poet.", "Ada was born in Rome."),
        ("Bo lives in Oslo.",),
        ("Film B is by Cy Dee.",),
        ("Eve saw that Fay left.",),
        ("Go is a game.",),
        ("Go is a board game.",),
        ("Ho is a large city.",),
        ("Ho is a city in Ghana.",),
        ("oak: a tree of the beech family.",),
    ]
