"""Train the relation head: ``python -m extractors.mini.train.relations --data DIR [--out DIR]``.

`DIR` holds extraction/redocred; the model card says where it is published. A broken-off run goes
on where it was when started again.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from extractors.mini.lora import adapt
from extractors.mini.relations.network import RelationNetwork
from extractors.mini.relations.store import FOLDER, RANK, Labels, save_relations
from extractors.mini.store import load_adapter
from extractors.mini.train.relations_data import load_relations
from extractors.mini.train.relations_evaluate import best_shift, f1_of, fitted, margins
from extractors.mini.train.relations_loop import RelationPlan, hold, train_relations
from kgkit.models.bert import Bert
from kgkit.models.encoder import load_encoder

__all__ = ["main"]

_log = logging.getLogger("extractors.mini.train.relations")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the training with the options of the command line."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    options.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    if options.threads:
        torch.set_num_threads(options.threads)
    encoder = load_encoder()
    sets = load_relations(options.data / "extraction", encoder.tokenizer)
    _log.info("%d documents, %d relations", len(sets.train), len(sets.relations))
    # Whatever is made from here on lies on the device; nothing else has to know of it.
    torch.set_default_device(options.device)
    network = _network(encoder.bert, len(sets.relations)).to(options.device)
    plan = RelationPlan(
        options.steps,
        options.every,
        options.work,
        options.seed,
        encoder_rate=options.rate,
        head_rate=options.rate,
        device=options.device,
    )
    best = 0.0

    def report(number: int, mean: dict[str, Tensor]) -> None:
        nonlocal best
        former = hold(network, mean)
        found, gold = margins(network, sets.held_out, options.device)
        hold(network, former)
        shift, f1 = best_shift(found, gold)
        plain = 100.0 * f1_of(found, gold)
        _log.info("step %d f1 %.2f, shifted by %.3f %.2f", number, plain, shift, 100.0 * f1)
        if f1 > best:
            best = f1
            slope, offset = fitted(found + shift, gold)
            labels = Labels(sets.relations, sets.names, shift, slope, offset)
            save_relations(options.out, mean, labels)

    train_relations(network, plan, sets.train, report)


def _network(bert: Bert, relations: int) -> RelationNetwork:
    network = RelationNetwork(bert, relations)
    adapt(network.bert, rank=RANK)
    hold(network, _from_parser(network))
    for module in network.bert.modules():
        # Frozen matrices need no more than the precision that they are multiplied in.
        if isinstance(module, torch.nn.Linear):
            module.weight.data = module.weight.data.bfloat16()
    return network


def _from_parser(network: RelationNetwork) -> dict[str, Tensor]:
    """The parser's adapter cut to our rank, its norms and casing: it knows names and syntax."""
    tensors, _ = load_adapter()
    found = {}
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad or name not in tensors:
            continue
        found[name] = tensors[name]
        if name.endswith(".up") and name.replace(".up", ".down") in tensors:
            other = name[: -len("up")] + "down"
            left, size, right = torch.linalg.svd(
                tensors[name] @ tensors[other], full_matrices=False
            )
            root = size[:RANK].sqrt()
            found[name], found[other] = left[:, :RANK] * root, root[:, None] * right[:RANK]
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m extractors.mini.train.relations", description=__doc__
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with extraction/")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where the adapter goes")
    parser.add_argument("--work", type=Path, default=Path("training"), help="for resuming")
    parser.add_argument("--steps", type=int, default=1520)
    parser.add_argument("--every", type=int, default=190, help="steps between evaluations")
    parser.add_argument("--rate", type=float, default=8e-4, help="peak learning rate")
    parser.add_argument("--threads", type=int, default=0, help="0 for as many as there are cores")
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--seed", type=int, default=0)
    return parser


if __name__ == "__main__":
    main()
