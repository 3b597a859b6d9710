"""Train the matcher: ``python -m extractors.mini.train.matcher --data DIR [--out DIR]``.

`DIR` holds extraction/{text2kgbench,fewrel,redocred}; the model card says where each is published.
The encoder begins as that of the relation head. With ``--without NAME ...`` ontologies of
Text2KGBench are left out, to measure how the matcher reads a schema that it has never seen.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor

from extractors.mini.load import load_mini
from extractors.mini.lora import adapt
from extractors.mini.relations.guided import Asking
from extractors.mini.relations.matcher import RANK, Matcher
from extractors.mini.relations.matcher_store import FOLDER, save_matcher
from extractors.mini.relations.store import load_relations
from extractors.mini.store import load_adapter
from extractors.mini.train.matcher_cases import Sets
from extractors.mini.train.matcher_data import Stated, fewrel, redocred, text2kgbench
from extractors.mini.train.matcher_evaluate import best_f1, candidates, fitted
from extractors.mini.train.matcher_loop import MatcherPlan, train_matcher
from extractors.mini.train.matcher_marks import askings
from kgkit.models.bert import Bert
from kgkit.models.encoder import load_encoder

__all__ = ["main", "sets_of", "train_without"]

_log = logging.getLogger("extractors.mini.train.matcher")
#: Sentences of FewRel for each of its relations, and pieces of the longest sentence.
_EACH, _LONGEST = 120, 90
#: The documents of Re-DocRED that are learnt from, and those that scores are fitted on.
_LEARNT, _HELD_OUT = slice(0, 760), slice(760, 800)
#: What is learnt besides Text2KGBench: sentences of FewRel, and sentences of Re-DocRED.
_OF_FEWREL, _OF_REDOCRED = 300, 1500
_PLAN = MatcherPlan(epochs=6.5, encoder_rate=4e-4, head_rate=1e-3)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the training with the options of the command line."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    if options.threads:
        torch.set_num_threads(options.threads)
    train_without(options.without, options.data, options.work, options.out)


def train_without(ontologies: Collection[str], data: Path, work: Path, out: Path) -> None:
    """Train on all sets but the training sentences of these ontologies and write the matcher to
    `out`; `data` holds `extraction/`, and what the parser sees in the sentences is kept in `work`.

    Scores and threshold come from held-out documents of Re-DocRED, where all that is said is
    labelled; elsewhere silence is no denial.
    """
    sets = sets_of(data / "extraction", work)
    matcher = _matcher()
    _hold(matcher, _from_relation_head())
    learnt, held_out = _parts(sets, ontologies)
    known = {s.relation for i in learnt for s in sets.sentences[i].statements}
    sets = replace(sets, relations=[r for r in sets.relations if r in known])
    mean = train_matcher(matcher, sets, _mixed(sets, learnt), _PLAN)
    _hold(matcher, mean)
    found, gold = candidates(matcher, sets, held_out)
    weights = fitted(found)
    threshold, f1 = best_f1(found, gold, weights)
    _log.info("without %s: threshold %.3f, held-out F1 %.3f", ontologies, threshold, f1)
    save_matcher(out, mean, replace(weights, threshold=threshold))


def _parts(sets: Sets, without: Collection[str]) -> tuple[list[int], list[int]]:
    """Numbers of the sentences to learn from, and of those that scores are fitted on."""
    fit = [
        i
        for i, s in enumerate(sets.sentences)
        if 0 < sets.askings[i].row.length <= _LONGEST and s.source not in without
    ]
    held_out = [i for i in fit if sets.sentences[i].source == "held out"]
    return [i for i in fit if sets.sentences[i].source != "held out"], held_out


def _mixed(sets: Sets, learnt: Sequence[int]) -> list[int]:
    """All of Text2KGBench, and some of the sets whose sentences say more than one thing."""
    chance = random.Random("mixed")
    by_set: dict[str, list[int]] = {"redocred": [], "fewrel": [], "": []}
    for i in learnt:
        source = sets.sentences[i].source
        if source != "redocred" or sets.sentences[i].statements:
            by_set[source if source in by_set else ""].append(i)
    few = chance.sample(by_set["fewrel"], min(len(by_set["fewrel"]), _OF_FEWREL))
    more = chance.sample(by_set["redocred"], min(len(by_set["redocred"]), _OF_REDOCRED))
    return sorted([*by_set[""], *few, *more])


def _from_relation_head() -> dict[str, Tensor]:
    """The encoder of the relation head: it knows names and how sentences relate them."""
    tensors, _ = load_relations()
    begins = ("bert.", "casing.", "marks.")
    return {name: tensor for name, tensor in tensors.items() if name.startswith(begins)}


def sets_of(folder: Path, work: Path) -> Sets:
    """Read the sets; what the parser sees in their sentences is kept in `work`."""
    found = [
        *text2kgbench(folder / "text2kgbench"),
        *fewrel(folder / "fewrel", _EACH),
        *redocred(folder / "redocred", _LEARNT),
        *(replace(each, source="held out") for each in redocred(folder / "redocred", _HELD_OUT)),
    ]
    with gzip.open(folder / "fewrel" / "pid2name.json.gz", "rt", encoding="utf-8") as file:
        names = json.load(file)
    relations = {s.relation for each in found for s in each.statements if each.source != "held out"}
    return Sets(
        found,
        _askings(found, work),
        sorted(relations, key=lambda r: (r.number, r.label, r.head, r.tail)),
        {number: text for number, (_, text) in names.items()},
        load_encoder().tokenizer,
    )


def _askings(found: Sequence[Stated], work: Path) -> list[Asking]:
    path = work / "marks.json"
    cut = [(sentence.text, sentence.words) for sentence in found]
    if path.exists():
        from extractors.mini.pieces import rows

        marks = json.loads(path.read_text(encoding="utf-8"))
        tokenizer = load_encoder().tokenizer
        made = [rows(tokenizer, text, [words])[0] for text, words in cut]
        if [len(row.pieces) for row in made] == list(map(len, marks)):
            return [Asking(row, tuple(m)) for row, m in zip(made, marks, strict=True)]
    work.mkdir(parents=True, exist_ok=True)
    asked = askings(load_mini().network, load_adapter()[1], cut)
    path.write_text(json.dumps([asking.marks for asking in asked]), encoding="utf-8")
    return asked


def _matcher() -> Matcher:
    matcher = Matcher(_fresh())
    adapt(matcher.bert, rank=RANK)
    for module in matcher.bert.modules():
        # Frozen matrices need no more than the precision that they are multiplied in.
        if isinstance(module, torch.nn.Linear):
            module.weight.data = module.weight.data.bfloat16()
    return matcher


def _fresh() -> Bert:
    bert = Bert()
    bert.load_state_dict(load_encoder().bert.state_dict())
    return bert.requires_grad_(False)


def _hold(matcher: Matcher, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Put tensors into the matcher; return those that they replace."""
    former = {}
    with torch.no_grad():
        for name, parameter in matcher.named_parameters():
            if name in tensors:
                former[name] = parameter.detach().clone()
                parameter.copy_(tensors[name])
    return former


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m extractors.mini.train.matcher", description=__doc__
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with extraction/")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where the matcher goes")
    parser.add_argument(
        "--work", type=Path, default=Path("training"), help="for what the parser sees"
    )
    parser.add_argument("--without", nargs="*", default=(), help="ontologies to leave out: 1_movie")
    parser.add_argument("--threads", type=int, default=0, help="0 for as many as there are cores")
    return parser


if __name__ == "__main__":
    main()
