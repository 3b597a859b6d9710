"""Open information extraction scored as CaRB does (Bhardwaj, Aggarwal and Mausam, EMNLP 2019).

Every gold tuple is compared with every predicted tuple of its sentence by their words. Recall
takes the best prediction for each gold tuple; precision pairs gold and predicted tuples one to
one, best first. The curve runs over the confidences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from extractors.base import Extractor
from extractors.chunks import split
from extractors.mini.clauses.tuples import OpenTuple, open_tuples
from kgkit.facts import Document, Entity, Fact, Polarity

__all__ = ["compare", "evaluate", "predict", "predict_facts", "read_gold", "score"]

_BE = frozenset({"be", "is", "am", "are", "was", "were", "been", "being"})
#: Predicates of saying, whose gold arguments may stand either way round.
_SAYING = ("said", "told", "added", "adds", "says")

Pair = tuple[float, float]


def score(data_dir: Path, extractor: Extractor | None = None) -> dict[str, float]:
    """Return precision, recall, f1 (at the best threshold) and auc on CaRB dev, in percent.

    Without an extractor the clauses of the built-in parser are scored as they are; otherwise its
    facts. `data_dir` holds `extraction/carb/gold_dev.tsv`. Raises `InputError` where that is
    missing.
    """
    gold = read_gold(data_dir / "extraction" / "carb" / "gold_dev.tsv")
    found = predict(list(gold)) if extractor is None else predict_facts(list(gold), extractor)
    return evaluate(gold, found)


def read_gold(path: Path) -> dict[str, list[OpenTuple]]:
    """Return the gold tuples of each sentence, in the order of the file.

    Each line holds sentence, predicate, first argument and further ones, separated by tabs.
    Raises `InputError` where the file cannot be read.
    """
    from kgkit.errors import InputError

    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"No CaRB gold file at {path}; pass --data with a folder that holds extraction/carb."
        ) from error
    gold: dict[str, list[OpenTuple]] = {}
    for line in text.splitlines():
        sentence, predicate, *arguments = line.strip().split("\t")
        gold.setdefault(sentence.strip(), []).append(
            OpenTuple(predicate.strip(), tuple(a.strip() for a in arguments), 1.0)
        )
    return gold


def predict(sentences: Sequence[str]) -> dict[str, list[OpenTuple]]:
    """Return what the built-in extractor finds in each sentence, read by itself."""
    from extractors.mini.load import load_mini

    mini = load_mini()
    found: dict[str, list[OpenTuple]] = {}
    for text in sentences:
        parsed = mini.analyse(text, [(0, len(text))])
        found[text] = [each for sentence in parsed for each in open_tuples(sentence)]
    return found


def predict_facts(sentences: Sequence[str], extractor: Extractor) -> dict[str, list[OpenTuple]]:
    """Return the affirmed facts that an extractor finds in each sentence as open tuples."""
    found: dict[str, list[OpenTuple]] = {}
    for text in sentences:
        document = Document("sentence.txt", text)
        facts = extractor.extract(document, split(document)).facts
        found[text] = [_tuple(fact) for fact in facts if fact.polarity is Polarity.POSITIVE]
    return found


def _tuple(fact: Fact) -> OpenTuple:
    tail = fact.tail
    words = tail.name if isinstance(tail, Entity) else tail.text or str(tail.value)
    predicate = fact.predicate or fact.relation.replace("_", " ").lower()
    return OpenTuple(predicate, (fact.head.name, words), fact.confidence)


def compare(gold: OpenTuple, predicted: OpenTuple) -> Pair:
    """Return precision and recall, each in [0, 1], of one tuple's words against another's.

    Both are (0, 0) unless the predicates share a word ("be" stands for all of its forms).
    Second and further arguments count as one.

    >>> compare(OpenTuple("was born in", ("Ada", "London"), 1), OpenTuple("born", ("Ada",), 1))
    (0.0, 0.0)
    >>> compare(OpenTuple("is", ("Ada", "here"), 1), OpenTuple("be", ("Ada", "right here"), 1))
    (0.75, 1.0)
    """
    straight = _compare(gold, _two(predicted.arguments), predicted.predicate)
    if not any(word in gold.predicate for word in _SAYING):
        return straight
    swapped = _compare(gold, _two(predicted.arguments)[::-1], predicted.predicate)
    return max(straight, swapped)


def evaluate(
    gold: Mapping[str, Sequence[OpenTuple]],
    predicted: Mapping[str, Sequence[OpenTuple]],
    *,
    matcher: Callable[[OpenTuple, OpenTuple], Pair] = compare,
) -> dict[str, float]:
    """Return precision, recall and f1 at the best threshold and the area under the curve.

    All are in percent, to one decimal. Sentences without gold tuples do not count; the point of
    precision 1 at recall 0 belongs to the curve.
    """
    cuts = sorted({each.score for found in predicted.values() for each in found})
    if not cuts:
        return {"precision": 0.0, "recall": 0.0, "f1": 0.0, "auc": 0.0}
    place = {cut: i for i, cut in enumerate(cuts)}
    sums = [[0.0, 0.0, 0.0, 0.0] for _ in cuts]
    for sentence, wanted in gold.items():
        found = predicted.get(sentence, ())
        scores = [[matcher(g, p) for p in found] for g in wanted]
        done = 0
        for cut in sorted({each.score for each in found}):
            kept = [j for j, each in enumerate(found) if each.score >= cut]
            recall = sum(max(row[j][1] for j in kept) for row in scores)
            precision = _paired(scores, kept)
            for c in range(done, place[cut] + 1):
                _add(sums[c], (precision, len(kept), recall, len(wanted)))
            done = place[cut] + 1
        for c in range(done, len(cuts)):
            sums[c][3] += len(wanted)
    points = [(p / pn if pn else 1.0, r / rn if rn else 0.0) for p, pn, r, rn in sums]
    best = max(points, key=lambda point: _f1(*point))
    area = _area([*points, (1.0, 0.0)])
    shown = {"precision": best[0], "recall": best[1], "f1": _f1(*best), "auc": area}
    return {name: round(100 * value, 1) for name, value in shown.items()}


def _two(arguments: Sequence[str]) -> tuple[str, ...]:
    return (arguments[0], " ".join(arguments[1:])) if len(arguments) > 1 else tuple(arguments)


def _compare(gold: OpenTuple, arguments: Sequence[str], predicate: str) -> Pair:
    wanted, found = gold.predicate.split(), predicate.split()
    size, goal = len(found), len(wanted)
    hits = _common(wanted, found)
    if "be" in found and _BE.intersection(wanted):
        hits += 1
    if not hits:
        return 0.0, 0.0
    for i, part in enumerate(_two(gold.arguments)):
        goal += len(part.split())
        if len(arguments) <= i:
            return 0.0, 0.0
        words = arguments[i].split()
        size += len(words)
        hits += _common(part.split(), words)
    return (hits / size if size else 0.0), (hits / goal if goal else 0.0)


def _common(wanted: Iterable[str], found: list[str]) -> int:
    """Return how many words are shared, and take them out of `found`."""
    hits = 0
    for word in wanted:
        if word in found:
            found.remove(word)
            hits += 1
    return hits


def _paired(scores: Sequence[Sequence[Pair]], kept: Sequence[int]) -> float:
    """Return the summed precision of pairs chosen greedily, the most precise first."""
    ranked = sorted(
        ((row[j][0], -i, -k) for i, row in enumerate(scores) for k, j in enumerate(kept)),
        reverse=True,
    )
    rows: set[int] = set()
    columns: set[int] = set()
    total = 0.0
    for value, i, k in ranked:
        if i not in rows and k not in columns:
            rows.add(i)
            columns.add(k)
            total += value
    return total


def _add(sums: list[float], values: tuple[float, ...]) -> None:
    for i, value in enumerate(values):
        sums[i] += value


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _area(points: Sequence[Pair]) -> float:
    """Return the area under (precision, recall) points in order, by the trapezoidal rule."""
    total = 0.0
    for (p, r), (next_p, next_r) in pairwise(points):
        total += (r - next_r) * (p + next_p) / 2
    return abs(total)
