"""Whole facts scored on synthetic worlds, whose truth is known, told in held-out sentences."""

from __future__ import annotations

from pathlib import Path

from extractors.base import Extractor
from extractors.calibration import reliability
from extractors.chunks import split
from extractors.worlds import World
from extractors.worlds.judging import Judgement, judge

__all__ = ["WORLDS", "score"]

#: The seeds that are measured; training uses others.
WORLDS = (301, 302)


def score(data_dir: Path, extractor: Extractor) -> dict[str, float]:
    """Return fact_precision, fact_recall, fact_f1 and, from 0 to 1, the expected calibration
    error `ece`.

    A fact of the world is found where a right fact rests on words of a sentence that tells it;
    what relations are called is not looked at. `data_dir` is not read.
    """
    del data_dir
    judged: list[Judgement] = []
    told = found = 0
    for seed in WORLDS:
        world = World.make(seed, people=30, templates="held_out")
        for document in world.documents:
            own = list(judge(world, document, extractor.extract(document, split(document))))
            judged += own
            gold = world.told_in(document).facts
            told += len(gold)
            found += len({fact.id for j in own for fact in j.states} & {f.id for f in gold})
    right = sum(j.right for j in judged)
    precision, recall = _percent(right, len(judged)), _percent(found, told)
    both = precision + recall
    figures = {
        "fact_precision": precision,
        "fact_recall": recall,
        "fact_f1": round(2 * precision * recall / both, 1) if both else 0.0,
    }
    if judged:
        scores = [j.score for j in judged]
        figures["ece"] = reliability(scores, [j.right for j in judged]).ece
    return figures


def _percent(part: float, whole: float) -> float:
    return round(100.0 * part / max(1.0, whole), 1)
