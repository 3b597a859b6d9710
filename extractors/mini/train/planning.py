"""Train the planning head.

`python -m extractors.mini.train.planning --data DIR --work W --out OUT`

`DIR` holds questions/ (Break, SimpleQuestions) and multihop/ (rk500, of which the dev split is
learnt from). A run that was broken off goes on from what is kept in `W`. It takes 20 to
40 minutes on one core.
"""

from __future__ import annotations

import argparse
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from math import log
from pathlib import Path

import torch

from extractors.mini.lora import adapt
from extractors.mini.planning.network import PlanningNetwork
from extractors.mini.planning.store import FOLDER, RANK, Settings, save_planning
from extractors.mini.train.planning_data import (
    PlanningCase,
    break_cases,
    chain_cases,
    query_cases,
)
from extractors.mini.train.planning_loop import PlanningPlan, train_planning
from kgkit.models.bert import Bert
from kgkit.models.encoder import load_encoder

__all__ = ["learnt_cases", "main", "settings_of"]

_log = logging.getLogger("extractors.mini.train.planning")
#: How much the shares of whole sets of operators count, beside the scores of each.
_WEIGHT = 0.4


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the training with the options of the command line."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(options.threads)
    cases = learnt_cases(options.data)
    _log.info("%d questions", len(cases))
    network = PlanningNetwork(_encoder())
    adapt(network.bert, rank=RANK)
    for module in network.bert.modules():
        # Frozen matrices need no more than the precision that they are multiplied in.
        if isinstance(module, torch.nn.Linear):
            module.weight.data = module.weight.data.bfloat16()
    plan = PlanningPlan(options.work, epochs=options.epochs)
    tensors = train_planning(network, cases, load_encoder().tokenizer, plan)
    save_planning(options.out, tensors, settings_of(cases))


def learnt_cases(data: Path) -> list[PlanningCase]:
    """Return the questions to learn from in a fixed order."""
    questions, multihop = data / "questions", data / "multihop" / "2wikimultihopqa"
    return [
        *break_cases(questions, held_out=False),
        *query_cases(questions),
        *chain_cases(multihop / "rk500_questions.json.gz"),
    ]


def settings_of(cases: Sequence[PlanningCase]) -> Settings:
    """Return the sets of operators of the cases that occur twice or more."""
    return Settings(
        _shares(cases, lambda case: case.coarse), _shares(cases, lambda case: case.fine), _WEIGHT
    )


def _shares(
    cases: Sequence[PlanningCase], of: Callable[[PlanningCase], frozenset[str] | None]
) -> tuple[tuple[tuple[str, ...], float], ...]:
    counts = Counter(tuple(sorted(found)) for case in cases if (found := of(case)) is not None)
    total = sum(counts.values())
    kept = sorted((names, count) for names, count in counts.items() if count > 1)
    return tuple((names, round(log(count / total), 4)) for names, count in kept)


def _encoder() -> Bert:
    bert = Bert()
    bert.load_state_dict(load_encoder().bert.state_dict())
    return bert.requires_grad_(False)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m extractors.mini.train.planning", description=__doc__
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with questions/")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where the adapter goes")
    parser.add_argument("--work", type=Path, default=Path("training"), help="to go on from")
    parser.add_argument("--epochs", type=float, default=7.0, help="passes over the questions")
    parser.add_argument("--threads", type=int, default=1)
    return parser


if __name__ == "__main__":
    main()
