"""Links of entities that training has never seen, by their texts, beside a bag of words.

`python -m benchmarks.inductive --data DIR [--scorers NAME ...] [--rates R ...] [--dim N]
[--epochs E] [--cache DIR] [--zero-shot] [--json]`

The graph is split by dropping a fifth of its entities (Daza et al. 2021). Entities are their texts:
features of the bundled encoder, frozen, and a trained projection. The floor has the mean of the
encoder's word vectors instead (no context) and is trained in the same way with the same trials;
validation picks the trial. All entities of the graph are candidates, filtered. BLP reports, on
splits of its own made by the same procedure, with the encoder fine-tuned: WN18RR 0.285, FB15k-237
0.195 (TransE). `--zero-shot` also leaves a tenth of the relations out of training on the graph's
own split and asks for their facts by their words.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.machine import emit, machine, peak_rss_mb
from benchmarks.unseen.entities import best_of, classified, told
from benchmarks.unseen.relations import zero_shot
from reasoning.embeddings.inductive import BAG_OF_WORDS, drop_entities, text_features
from reasoning.embeddings.inductive.features import DEPTHS
from reasoning.embeddings.presets import Preset, preset_for
from reasoning.embeddings.triples import Triples

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure with the options of the command line and print one line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.inductive")
    parser.add_argument("--data", type=Path, required=True, help="a folder of triples with texts")
    parser.add_argument("--scorers", nargs="+", default=["complex", "distmult"])
    parser.add_argument("--rates", nargs="+", type=float, default=[1e-3])
    parser.add_argument("--dim", type=int, default=256)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--least", type=int, default=100, help="edges each relation keeps")
    parser.add_argument("--cache", type=Path, help="a folder that keeps features of texts")
    parser.add_argument("--zero-shot", action="store_true", help="unseen relations, too")
    parser.add_argument("--json", action="store_true", help="print JSON (always so)")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    whole = Triples.read(options.data)
    triples = drop_entities(whole, least=options.least)
    texts = [triples.describe(entity) for entity in triples.entities]
    features = text_features(texts, cache=options.cache)
    preset = Preset(
        dim=options.dim, epochs=options.epochs, negatives=512, batch=512, every=2, valid_limit=2000
    )
    trials = [(scorer, rate) for scorer in options.scorers for rate in options.rates]
    text = best_of(triples, features, DEPTHS, trials, preset)
    floor = best_of(triples, features, BAG_OF_WORDS, trials, preset)
    emit(
        {
            "text": told(text, triples),
            "floor": told(floor, triples),
            "over_floor": round(text.test.mrr / max(floor.test.mrr, 1e-9), 2),
            "types_text": classified(text, triples),
            "types_floor": classified(floor, triples),
            "unseen_entities": int((~triples.seen).sum()),
            "train": len(triples.train),
            "test": len(triples.test),
            "zero_shot": zero_shot(whole, preset_for(whole)) if options.zero_shot else None,
            "data": options.data.name,
            "machine": machine(),
            "peak_mb": peak_rss_mb(),
            "seed": 0,
            "seconds": round(time.perf_counter() - began, 1),
        }
    )


if __name__ == "__main__":
    main()
