"""Train the parser's adapter: ``python -m extractors.mini.train --data DIR [--out DIR]``.

`DIR` holds extraction/{ud_english_ewt,uner_english_ewt,redocred,gap}; the model card says where
each set is published. A broken-off run goes on where it was when started again.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from extractors.mini.lora import adapt
from extractors.mini.network import Network
from extractors.mini.store import FOLDER, save_adapter
from extractors.mini.train.batches import Window, epoch_windows
from extractors.mini.train.calibrate import calibrate
from extractors.mini.train.evaluate import evaluate
from extractors.mini.train.loop import Plan, train
from extractors.mini.train.sets import Sets, load_sets
from kgkit.models.encoder import load_encoder

__all__ = ["main"]

_log = logging.getLogger("extractors.mini.train")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the training with the options of the command line."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    options.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    encoder = load_encoder()
    sets = load_sets(options.data / "extraction", encoder.tokenizer)
    network = Network(encoder.bert, sets.labels)
    adapt(network.bert)
    _halve(network)
    plan = Plan(options.steps, options.every, options.work, options.seed)

    def epoch(chance: random.Random) -> list[Window]:
        return _epoch(sets, chance)

    def report(number: int, mean: dict[str, Tensor]) -> None:
        scores = _scores(network, mean, sets)
        _log.info("step %d %s", number, json.dumps(scores))
        save_adapter(options.out, mean, sets.labels)

    mean = train(network, plan, epoch, report)
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            if name in mean:
                parameter.copy_(mean[name])
    _log.info("temperatures %s", json.dumps(calibrate(network, mean, sets.held_out)))
    save_adapter(options.out, mean, sets.labels)


def _epoch(sets: Sets, chance: random.Random) -> list[Window]:
    # Windows from single sentences to whole paragraphs: both are met when documents are read.
    windows = []
    for _ in range(2):
        trees = chance.sample(sets.trees, len(sets.trees) // 2)
        windows += epoch_windows(trees, chance, least=8, most=200)
    windows += epoch_windows(
        chance.sample(sets.partial, len(sets.partial) // 2), chance, least=8, most=200
    )
    named = [pair[chance.random() < 0.5] for pair in sets.spans]
    windows += epoch_windows(named, chance, least=32, most=250)
    choices = chance.sample(sets.choices, len(sets.choices) // 2)
    return windows + epoch_windows(choices, chance, least=1, most=1)


def _scores(network: Network, mean: dict[str, Tensor], sets: Sets) -> dict[str, float]:
    current = {}
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            if name in mean:
                current[name] = parameter.detach().clone()
                parameter.copy_(mean[name])
        scores = evaluate(network, sets.held_out)
        for name, parameter in network.named_parameters():
            if name in current:
                parameter.copy_(current[name])
    return {name: round(score, 2) for name, score in scores.items()}


def _halve(network: Network) -> None:
    # Frozen matrices need no more than the precision that they are multiplied in.
    for module in network.bert.modules():
        if isinstance(module, torch.nn.Linear):
            module.weight.data = module.weight.data.bfloat16()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m extractors.mini.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with extraction/")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where the adapter goes")
    parser.add_argument("--work", type=Path, default=Path("training"), help="for resuming")
    parser.add_argument("--steps", type=int, default=2550)
    parser.add_argument("--every", type=int, default=150, help="steps between evaluations")
    parser.add_argument("--seed", type=int, default=0)
    return parser


if __name__ == "__main__":
    main()
