"""Train the masked language model: ``python -m extractors.mini.train.masked --data DIR``.

`DIR` holds multihop/, extraction/ and kge/; the model card says where they are published. With
``--resume`` a broken-off run goes on where it was.
"""

from __future__ import annotations

import argparse
import logging
import pickle
import random
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from extractors.mini.lora import adapt
from extractors.mini.masked.network import MaskedNetwork
from extractors.mini.masked.store import FOLDER, RANK, save_masked
from extractors.mini.train.masked_cases import Passage, piece_counts, read_passages
from extractors.mini.train.masked_evaluate import held_out_cases, masked_figures
from extractors.mini.train.masked_loop import MaskedPlan, cases_of_step, exchange, train_masked
from extractors.mini.train.masked_start import closed_form
from extractors.mini.train.masked_texts import passages
from kgkit.models.encoder import load_encoder

__all__ = ["main"]

_log = logging.getLogger("extractors.mini.train.masked")
_HELD_OUT = 1500
#: Steps whose masks the closed form is computed from.
_FIRST = 60


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the training with the options of the command line."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    options.work.mkdir(parents=True, exist_ok=True)
    if not options.resume:
        (options.work / "state.pt").unlink(missing_ok=True)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    encoder = load_encoder()
    train, aside = _sets(options.data, options.work / "passages.pickle")
    held_out = held_out_cases(aside, options.held_out)
    _log.info("%d passages to learn from, %d held-out sentences", len(train), len(held_out))
    plan = MaskedPlan(
        options.steps,
        options.every,
        options.work,
        options.minutes,
        options.seed,
        rates=(options.rate, options.head_rate),
    )
    network = MaskedNetwork(encoder.bert)
    if not (options.work / "state.pt").exists():
        drawn = [cases_of_step(plan, train, -1 - i) for i in range(_FIRST)]
        closed_form(network, drawn, piece_counts(train))
        _log.info("closed form %s", masked_figures(network, held_out))
    adapt(network.bert, rank=RANK)
    best = float("inf")

    def report(number: int, mean: dict[str, Tensor]) -> None:
        nonlocal best
        former = exchange(network, mean)
        found = masked_figures(network, held_out)
        exchange(network, former)
        _log.info("step %d %s", number, found)
        if found["loss"] < best:
            best = found["loss"]
            save_masked(options.out, mean, found | {"steps": number})

    train_masked(network, plan, train, report)


def _sets(data: Path, kept: Path) -> tuple[list[Passage], list[Passage]]:
    """Passages to learn from and held-out ones, none of which begins as one of the former."""
    if kept.exists():
        made: tuple[list[Passage], list[Passage]] = pickle.loads(kept.read_bytes())
        return made
    texts = passages(data)
    random.Random("masked").shuffle(texts)
    aside, rest = texts[:_HELD_OUT], texts[_HELD_OUT:]
    first = {text[0] for text in rest}
    tokenizer = load_encoder().tokenizer
    sets = (
        read_passages(rest, tokenizer),
        read_passages([text for text in aside if text[0] not in first], tokenizer),
    )
    kept.write_bytes(pickle.dumps(sets))
    return sets


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m extractors.mini.train.masked", description=__doc__
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with multihop/ and others")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where the adapter goes")
    parser.add_argument("--work", type=Path, default=Path("training"), help="for resuming")
    parser.add_argument("--resume", action="store_true", help="go on with the run in --work")
    parser.add_argument("--minutes", type=float, default=1e9, help="stop after so long")
    parser.add_argument("--steps", type=int, default=2600)
    parser.add_argument("--every", type=int, default=200, help="steps between evaluations")
    parser.add_argument("--held-out", type=int, default=400, help="held-out sentences")
    parser.add_argument(
        "--rate", type=float, default=1.5e-3, help="peak learning rate of the encoder"
    )
    parser.add_argument("--head-rate", type=float, default=1e-3, help="of the head")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    return parser


if __name__ == "__main__":
    main()
