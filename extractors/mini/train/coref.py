"""Train the ranking of antecedents: ``python -m extractors.mini.train.coref --data DIR``.

`DIR` holds extraction/gap, of which only the development part is read. The passages are parsed
first (minutes); then networks are fitted in five folds, what they say of the passages that they
have not seen sets the bias of "none of them", and last all passages are learnt.
"""

from __future__ import annotations

import argparse
import json
import logging
import pickle
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extractors.mini.coreference.ranker import Settings, log_shares, vectors
from extractors.mini.coreference.store import FOLDER, save_ranker
from extractors.mini.load import load_mini
from extractors.mini.train.coref_cases import Case, feature_names, gap_cases
from extractors.mini.train.coref_fit import Table, fitted

__all__ = ["main"]

_log = logging.getLogger("extractors.mini.train.coref")

_FOLDS = 5
#: The parser learnt from all passages but the last 200: only there its own scores mean anything.
_UNSEEN = 200


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the training with the options of the command line."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    cases = _cases(options.data / "extraction" / "gap" / "gap-development.tsv.gz", options.work)
    names = feature_names(cases)
    rows = [vectors(case.rows, names) for case in cases]
    table = Table.of(rows, [case.answer for case in cases])
    logs = _cross_fitted(table)
    _log.info("unseen: %s", json.dumps(_scores(logs, table.answers)))
    none = _best_none(logs, table.answers)
    logs += np.array([0.0, 0.0, none])
    _log.info("none %.2f: %s", none, json.dumps(_scores(logs, table.answers)))
    head = np.stack([log_shares(np.array([*case.head, 0.0])) for case in cases])
    joint, answers = (logs + head)[-_UNSEEN:], table.answers[-_UNSEEN:]
    temperature = _best_temperature(joint, answers)
    _log.info("with the parser: %s, temperature %.1f", _scores(joint, answers), temperature)
    save_ranker(options.out, fitted(table), Settings(names, none, temperature))


def _cases(path: Path, work: Path) -> list[Case]:
    made = work / "cases.pickle"
    if made.exists():
        cases: list[Case] = pickle.loads(made.read_bytes())
        return cases
    cases = gap_cases(load_mini(), path)
    work.mkdir(parents=True, exist_ok=True)
    made.write_bytes(pickle.dumps(cases))
    return cases


def _cross_fitted(table: Table) -> NDArray[np.float64]:
    """The log-probabilities [cases, 3] that networks give cases they were not fitted on."""
    order = np.random.default_rng(1).permutation(len(table.answers))
    found = np.zeros((len(order), 3))
    for fold in range(_FOLDS):
        aside = np.sort(order[fold::_FOLDS])
        kept = np.setdiff1d(order, aside)
        ranker = fitted(table.take(kept), networks=2)
        for n in aside:
            logs = ranker.rank(table.rows[table.starts[n] : table.starts[n + 1]], 2)
            found[n] = logs[[1, 2, 0]]
    return found


def _scores(logs: NDArray[np.float64], answers: NDArray[np.int64]) -> dict[str, float]:
    said = logs.argmax(axis=1)
    right = int(((said == answers) & (said < 2)).sum())
    named = int((said < 2).sum()) + int((answers < 2).sum())
    return {
        "f1": round(200.0 * right / named, 2),
        "accuracy": round(100.0 * float((said == answers).mean()), 2),
        "loss": round(_loss(logs, answers), 4),
    }


def _loss(logs: NDArray[np.float64], answers: NDArray[np.int64]) -> float:
    shares = logs - np.logaddexp.reduce(logs, axis=1, keepdims=True)
    return float(-shares[np.arange(len(answers)), answers].mean())


def _best_none(logs: NDArray[np.float64], answers: NDArray[np.int64]) -> float:
    """The bias of "none" with which the most answers are right, the mean of equals."""
    tried = np.arange(-20, 6) / 10.0
    right = [int(((logs + np.array([0.0, 0.0, b])).argmax(axis=1) == answers).sum()) for b in tried]
    best = tried[np.array(right) >= max(right) - 2]
    return round(float(best.mean()), 2)


def _best_temperature(logs: NDArray[np.float64], answers: NDArray[np.int64]) -> float:
    tried = np.arange(5, 41) / 10.0
    return float(tried[int(np.argmin([_loss(logs / t, answers) for t in tried]))])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m extractors.mini.train.coref", description=__doc__
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with extraction/")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where the ranker goes")
    parser.add_argument("--work", type=Path, default=Path("training"), help="keeps the cases")
    return parser


if __name__ == "__main__":
    main()
