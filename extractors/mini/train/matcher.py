"""Train the matcher: ``python -m extractors.mini.train.matcher --data DIR [--out DIR]``.

`DIR` holds extraction/{text2kgbench,fewrel,redocred}; the model card says where each is published.
With ``--without NAME`` an ontology of Text2KGBench is left out, to measure how the matcher reads
a schema that it has never seen.
"""

from __future__ import annotations

import argparse
import logging
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file

from extractors.mini.load import load_mini
from extractors.mini.relations.matcher_store import FOLDER, save_matcher
from extractors.mini.relations.prompts import Prompt, prompt_vectors
from extractors.mini.train.matcher_data import Stated, fewrel, redocred, text2kgbench
from extractors.mini.train.matcher_evaluate import best_threshold
from extractors.mini.train.matcher_loop import MatcherPlan, train_matcher
from extractors.mini.train.matcher_vectors import word_vectors
from kgkit.models.encoder import load_encoder

__all__ = ["main", "train_without"]

_log = logging.getLogger("extractors.mini.train.matcher")
#: Sentences of FewRel for each of its relations, and words of the longest sentence.
_EACH, _LONGEST = 150, 80
#: The documents of Re-DocRED that are learnt from, and those that the threshold is chosen on.
_LEARNT, _HELD_OUT = slice(0, 760), slice(760, 800)
#: One in so many sentences of sets that are not complete has a say in the threshold too.
_SILENT = 12


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the training with the options of the command line."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    if options.threads:
        torch.set_num_threads(options.threads)
    plan = MatcherPlan(epochs=options.epochs, seed=options.seed)
    train_without(options.without, options.data, options.work, options.out, plan)


def train_without(
    ontology: str, data: Path, work: Path, out: Path, plan: MatcherPlan | None = None
) -> None:
    """Train on all sets but the training sentences of one ontology ("" for none) and write the
    matcher to `out`; `data` holds `extraction/`, and word vectors are kept in `work`."""
    plan = plan or MatcherPlan()
    sentences = _sentences(data / "extraction")
    vectors = _vectors(sentences, work)
    prompts = _prompts(sentences)
    fit = [i for i, s in enumerate(sentences) if 0 < len(s.words) <= _LONGEST]
    learnt = [i for i in fit if sentences[i].source not in ("held out", ontology)]
    held_out = [i for i in fit if sentences[i].source == "held out"]
    matcher = train_matcher(sentences, learnt, vectors, prompts, plan)
    silent = [
        i
        for i in learnt
        if not sentences[i].complete and zlib.crc32(sentences[i].text.encode()) % _SILENT == 0
    ]
    chosen = [
        best_threshold(matcher, sentences, numbers, vectors, prompts)
        for numbers in (held_out, silent)
    ]
    _log.info("without %s: %d sentences, %s", ontology or "none", len(learnt), chosen)
    # What a set leaves unsaid makes the one too high, foreign text the other too low.
    threshold = round(sum(least for least, _ in chosen) / len(chosen), 2)
    save_matcher(out, matcher, threshold)


def _sentences(folder: Path) -> list[Stated]:
    return [
        *text2kgbench(folder / "text2kgbench"),
        *fewrel(folder / "fewrel", _EACH),
        *redocred(folder / "redocred", _LEARNT),
        *(replace(each, source="held out") for each in redocred(folder / "redocred", _HELD_OUT)),
    ]


def _prompts(sentences: Sequence[Stated]) -> dict[Prompt, NDArray[np.float32]]:
    found = {
        prompt
        for sentence in sentences
        for prompt in (*(s.relation for s in sentence.statements), *sentence.others)
    }
    ordered = sorted(found, key=lambda prompt: (prompt.relation, prompt.head, prompt.tail))
    return dict(zip(ordered, prompt_vectors(load_encoder(), ordered), strict=True))


def _vectors(sentences: Sequence[Stated], work: Path) -> list[NDArray[np.float16]]:
    """The word vectors of all sentences, which a later run finds in `work`."""
    path = work / "vectors.safetensors"
    sizes = [len(sentence.words) for sentence in sentences]
    if path.exists():
        rows = load_file(path)["vectors"]
        if len(rows) == sum(sizes):
            return [part.numpy() for part in torch.split(rows, sizes)]
    work.mkdir(parents=True, exist_ok=True)
    found = word_vectors(
        load_mini().network, load_encoder(), [(s.text, s.words) for s in sentences]
    )
    save_file({"vectors": torch.from_numpy(np.concatenate(found))}, path)
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m extractors.mini.train.matcher", description=__doc__
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with extraction/")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where the matcher goes")
    parser.add_argument("--work", type=Path, default=Path("training"), help="for word vectors")
    parser.add_argument("--without", default="", help="an ontology to leave out: 1_movie")
    parser.add_argument("--epochs", type=int, default=MatcherPlan().epochs)
    parser.add_argument("--threads", type=int, default=0, help="0 for as many as there are cores")
    parser.add_argument("--seed", type=int, default=0)
    return parser


if __name__ == "__main__":
    main()
