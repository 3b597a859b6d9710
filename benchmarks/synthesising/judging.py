"""How many planted false sentences are found, and how many true ones are taken for false."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from benchmarks.synthesising.planting import WAYS, planted, reworded, true_reworded
from extractors.entigraph import FactIndex, GraphView, synthesise
from extractors.entigraph.generating.speaking import Speaker
from extractors.entigraph.grounding import Grounder
from extractors.entigraph.grounding.free import FreeReader

__all__ = ["measure_grounding"]


def measure_grounding(view: GraphView, *, planted_of: int, seed: int) -> dict[str, float]:
    """Return in percent how many false sentences are found, and how many true ones are not let
    pass: in the generator's own wordings, and in wordings that it does not have, judged by names
    and values alone. A sentence that cannot be read counts as found, and as not let pass."""
    speaker = Speaker(FactIndex.over(view))
    grounder, reader = Grounder(view), FreeReader(view)
    rng = Random(seed)
    own = _drawn(lambda way: planted(speaker, rng, way), WAYS, planted_of)
    found = sum(v.outcome in ("false", "unread") for s in own for v in grounder.judge(s))
    report = grounder.report(synthesise(view, tokens=200_000, seed=seed))
    judged = report.supported + report.false + report.unread
    ways = ("tail", "head", "value")
    other = _drawn(lambda way: reworded(speaker, rng, "held_out", way), ways, planted_of)
    true = [true_reworded(speaker, rng, "held_out") for _ in range(planted_of)]
    return {
        "planted": planted_of,
        "grounding_recall": round(100 * found / planted_of, 1),
        "grounding_false_alarms": round(100 * (report.false + report.unread) / judged, 2),
        "grounding_sentences": judged,
        "reworded_recall": _false(reader, other),
        "reworded_false_alarms": _false(reader, true),
    }


def _false(reader: FreeReader, sentences: list[str]) -> float:
    found = sum(verdict.outcome == "false" for verdict in reader.judge(sentences))
    return round(100 * found / len(sentences), 1)


def _drawn(draw: Callable[[str], str | None], ways: tuple[str, ...], n: int) -> list[str]:
    found: list[str] = []
    while len(found) < n:
        sentence = draw(ways[len(found) % len(ways)])
        if sentence is not None:
            found.append(sentence)
    return found
