"""Does a model that reads infer or remember? One model against the four controls of a graph.

`python -m benchmarks.controls --data DIR [--model text|lemon] [--scorer NAME] [--epochs E]
[--seeds N] [--cache DIR] [--json]`

`text` is a model whose entities are their texts (frozen bundled encoder, trained projection),
judged on entities it has not seen in training; `lemon` is a model of free vectors, trained with
text negatives, judged on the graph's own split: if its gain over uniform negatives stays when the
names and texts are dealt out anew, the gain is not one of meaning. The figure is the MRR on
validation triples, filtered and realistic. Read `ControlReport` for what `..._kept` says.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks.machine import emit, machine
from reasoning.embeddings.controls import against_controls
from reasoning.embeddings.evaluation import valid_mrr
from reasoning.embeddings.inductive import drop_entities, prepared, text_features, text_model
from reasoning.embeddings.negatives.among import among
from reasoning.embeddings.negatives.lemon import Lemon
from reasoning.embeddings.presets import Preset
from reasoning.embeddings.training import train
from reasoning.embeddings.triples import Triples

__all__ = ["judge_lemon", "judge_text", "main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure with the options of the command line and print one line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.controls")
    parser.add_argument("--data", type=Path, required=True, help="a folder of triples with texts")
    parser.add_argument("--model", default="text", choices=["text", "lemon"])
    parser.add_argument("--scorer", default="complex")
    parser.add_argument("--dim", type=int, default=128)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--least", type=int, default=20, help="edges each relation keeps")
    parser.add_argument("--cache", type=Path, help="a folder that keeps text vectors")
    parser.add_argument("--json", action="store_true", help="print JSON (always so)")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    triples = Triples.read(options.data)
    preset = Preset(dim=options.dim, candidates="drawn", epochs=options.epochs, every=5)
    if options.model == "text":
        triples = drop_entities(triples, least=options.least)
        judge = partial(judge_text, scorer=options.scorer, preset=preset, cache=options.cache)
    else:
        judge = partial(judge_lemon, scorer=options.scorer, preset=preset, cache=options.cache)
    report = against_controls(triples, judge, seeds=range(options.seeds))
    emit(
        {
            **report.as_dict(),
            "verdict": report.sentence(),
            "data": options.data.name,
            "model": options.model,
            "scorer": options.scorer,
            "machine": machine(),
            "seed": 0,
            "seconds": round(time.perf_counter() - began, 1),
        }
    )


def judge_text(
    triples: Triples, seed: int, *, scorer: str, preset: Preset, cache: Path | None
) -> float:
    """Return the validation MRR of a text model on triples with unseen entities."""
    texts = [triples.describe(entity) for entity in triples.entities]
    rows = prepared(text_features(texts, cache=cache), triples.seen)
    model = text_model(rows, len(triples.relations), scorer=scorer, dim=preset.dim, seed=seed)
    slow = replace(preset, rate=1e-3, optimiser="adam")
    negatives = among("uniform", triples.seen)
    trained = train(triples, model=model, negatives=negatives, preset=slow, seed=seed)
    return valid_mrr(trained.model, triples)


def judge_lemon(
    triples: Triples, seed: int, *, scorer: str, preset: Preset, cache: Path | None
) -> float:
    """Return the validation MRR of a model of free vectors with text negatives."""
    trained = train(triples, model=scorer, negatives=Lemon(cache=cache), preset=preset, seed=seed)
    return valid_mrr(trained.model, triples)


if __name__ == "__main__":
    main()
