"""Train the reader: ``python -m extractors.mini.train.reading --data DIR [--out DIR]``.

`DIR` holds reading/, extraction/redocred and multihop/; the model card says where they are
published. A broken-off run goes on where it was when started again.
"""

from __future__ import annotations

import argparse
import logging
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from extractors.mini.lora import adapt
from extractors.mini.reading.load import load_reader
from extractors.mini.reading.network import ReadingNetwork
from extractors.mini.reading.store import FOLDER, RANK, load_reading, save_reading
from extractors.mini.store import load_adapter
from extractors.mini.train.reading_cases import Composer, Example
from extractors.mini.train.reading_evaluate import figures, fitted, read_examples
from extractors.mini.train.reading_loop import ReadingPlan, hold, train_reading
from extractors.mini.train.reading_pages import Asked
from extractors.mini.train.reading_sets import load_reading_sets
from kgkit.models.bert import Bert
from kgkit.models.encoder import load_encoder

__all__ = ["main"]

_log = logging.getLogger("extractors.mini.train.reading")
#: How often each source is drawn.
_SHARES = {"qamr": 0.5, "qed": 0.12, "redocred": 0.16, "plain": 0.22}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the training with the options of the command line."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    options.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    encoder = load_encoder()
    sets = load_reading_sets(options.data, options.work / "sets.pickle")
    composer = Composer(sets.pages, encoder.tokenizer)
    _log.info("%s", {name: len(found) for name, found in sets.train.items()})
    held_out = _held_out(sets.held_out, composer, options.held_out)
    if options.calibrate:
        _calibrate(options.out, held_out)
        return
    network = _network(encoder.bert, parser=options.parser)
    plan = ReadingPlan(
        options.steps, options.every, options.work, _SHARES, options.seed, rate=options.rate
    )
    best = 0.0

    def report(number: int, mean: dict[str, Tensor]) -> None:
        nonlocal best
        former = hold(network, mean)
        with torch.autocast("cpu", torch.bfloat16):
            reads = read_examples(network, held_out)
        hold(network, former)
        labels = fitted(reads)
        shown = figures(reads, labels)
        _log.info("step %d %s %s", number, {k: round(v, 1) for k, v in shown.items()}, labels)
        quality = sum(value for name, value in shown.items() if name.startswith("f1")) / 4
        quality -= 0.5 * shown["refused"]
        save_reading(options.work / "last", mean, labels)
        if quality > best or number == plan.steps:
            best = quality
            save_reading(options.out, mean, labels)

    train_reading(network, plan, sets.train, composer, report)


def _calibrate(folder: Path, held_out: Sequence[Example]) -> None:
    tensors, _ = load_reading(folder)
    reads = read_examples(load_reader(folder).network, held_out)
    labels = fitted(reads)
    _log.info("%s %s", {k: round(v, 1) for k, v in figures(reads, labels).items()}, labels)
    save_reading(folder, tensors, labels)


def _held_out(asked: dict[str, list[Asked]], composer: Composer, each: int) -> list[Example]:
    """Examples as in training but of fixed draws, `each` of every source."""
    chance = random.Random("held out")
    found: dict[str, list[Example]] = defaultdict(list)
    for source, questions in sorted(asked.items()):
        for _ in range(4 * each):
            made = composer.compose(chance.choice(questions), chance.randrange(60, 220), chance)
            if made is not None and len(found[source]) < each:
                found[source].append(made)
    return [example for examples in found.values() for example in examples]


def _network(bert: Bert, *, parser: bool) -> ReadingNetwork:
    network = ReadingNetwork(bert)
    adapt(network.bert, rank=RANK)
    if parser:
        hold(network, _from_parser(network))
    for module in network.bert.modules():
        # Frozen matrices need no more than the precision that they are multiplied in.
        if isinstance(module, torch.nn.Linear):
            module.weight.data = module.weight.data.bfloat16()
    return network


def _from_parser(network: ReadingNetwork) -> dict[str, Tensor]:
    """The parser's adapter cut to our rank, its norms and casing: it knows names and syntax."""
    tensors, _ = load_adapter()
    found = {}
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad or name not in tensors:
            continue
        found[name] = tensors[name]
        if name.endswith(".up") and name.replace(".up", ".down") in tensors:
            other = name[: -len("up")] + "down"
            product = tensors[name] @ tensors[other]
            left, size, right = torch.linalg.svd(product, full_matrices=False)
            root = size[:RANK].sqrt()
            found[name], found[other] = left[:, :RANK] * root, root[:, None] * right[:RANK]
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m extractors.mini.train.reading", description=__doc__
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with reading/ and others")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where the adapter goes")
    parser.add_argument("--work", type=Path, default=Path("training"), help="for resuming")
    parser.add_argument("--steps", type=int, default=950)
    parser.add_argument("--every", type=int, default=325, help="steps between evaluations")
    parser.add_argument("--held-out", type=int, default=140, help="examples of each source")
    parser.add_argument("--rate", type=float, default=8e-4, help="peak learning rate")
    parser.add_argument(
        "--calibrate", action="store_true", help="only fit the probabilities of --out anew"
    )
    parser.add_argument("--parser", action="store_true", help="begin with the parser's adapter")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    return parser


if __name__ == "__main__":
    main()
