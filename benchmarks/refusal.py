"""When answers are given and when not: coverage against accuracy, and questions without answers.

`python -m benchmarks.refusal --graph PATH --data DIR [--split test] [--limit N] [--keep FILE]
[--worlds N] [--json]` opens a graph of the rk500 corpus (a sample of 2WikiMultihopQA) read-only
and asks it the questions of one split, and the 40 whose support is not in the corpus. An answer is
right where it equals a known one as SQuAD compares them. Of the answers to answerable questions,
those with the highest confidence first, `coverage_at_80` and `coverage_at_90` are the largest
shares of these questions that can be answered so that 80 and 90 percent of the answers are right.
At the threshold as it ships: `answered` and `accuracy` (of the answerable questions, and of the
answers to them), `over_refusal` (answerable, refused), `under_refusal` (not answerable, answered),
`unanswerable_refused`, and `accuracy_all`, which counts answers to unanswerable questions as wrong
ones. `ece` is the expected calibration error of `Answer.confidence`, from 0 to 1, and `curve`
lists confidence, coverage and accuracy. All shares are in percent. `--keep` writes each answer
with what was seen on it, which `reasoning.confidence.train` learns from; that is done on `dev` and
on `--worlds`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import kgkit
from benchmarks.machine import emit, machine
from benchmarks.scoring.reading import exact
from benchmarks.scoring.selective import Scored, coverage_at, curve
from extractors.calibration import reliability
from extractors.worlds import World
from extractors.worlds.inquiries import Inquiries
from kgkit.evidence import ImportEvidence
from reasoning.confidence.settling import given_of

if TYPE_CHECKING:
    from kgkit.graph import KnowledgeGraph
    from reasoning.answers import Answer

__all__ = ["Asked", "figures", "main"]

_FOLDER = Path("multihop") / "2wikimultihopqa"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its right answers: none where the corpus does not hold them."""

    question: str
    golds: tuple[str, ...]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure with the options of the command line and print one line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.refusal")
    parser.add_argument("--graph", type=Path, help="a graph of the rk500 corpus")
    parser.add_argument("--worlds", type=int, default=0, help="ask about N made-up worlds instead")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--split", default="test")
    parser.add_argument("--limit", type=int, help="ask the first N questions of each kind only")
    parser.add_argument("--keep", type=Path, help="write what was answered, line by line")
    parser.add_argument("--json", action="store_true", help="print JSON (always so)")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    if options.keep is not None:
        options.keep.write_text("", encoding="utf-8")
    if options.worlds:
        found = figures(ask_worlds(options.worlds, options.keep), [])
        seconds = round(time.perf_counter() - began, 1)
        emit({**found, "worlds": options.worlds, "machine": machine(), "seconds": seconds})
        return
    asked = _load(options.data / _FOLDER, options.split)
    answerable = [one for one in asked if one.golds][: options.limit]
    unanswerable = [one for one in asked if not one.golds][: options.limit]
    if options.keep is not None:
        unanswerable = []  # learnt from are questions with answers only
    with kgkit.open(options.graph, read_only=True) as kg:
        known = [_ask(kg, one, options.keep) for one in answerable]
        unknown = [_ask(kg, one, None) for one in unanswerable]
    found = figures(known, unknown)
    seconds = round(time.perf_counter() - began, 1)
    emit({**found, "split": options.split, "machine": machine(), "seed": 0, "seconds": seconds})


def figures(known: Sequence[Scored], unknown: Sequence[Scored]) -> dict[str, object]:
    """Return the figures of answers to answerable and to unanswerable questions."""
    given = [one for one in known if one.given]
    wrongly = sum(one.given for one in unknown)
    right = sum(one.right for one in given)
    error = reliability([one.confidence for one in given], [one.right for one in given])
    return {
        "coverage_at_80": coverage_at(known, 0.8),
        "coverage_at_90": coverage_at(known, 0.9),
        "answered": _percent(len(given), len(known)),
        "accuracy": _percent(right, len(given)),
        "accuracy_all": _percent(right, len(given) + wrongly),
        "over_refusal": _percent(len(known) - len(given), len(known)),
        "under_refusal": _percent(wrongly, len(unknown)),
        "unanswerable_refused": _percent(len(unknown) - wrongly, len(unknown)),
        "ece": error.ece,
        "curve": curve(known),
        "answerable": len(known),
        "unanswerable": len(unknown),
    }


def ask_worlds(count: int, keep: Path | None, people: int = 30) -> list[Scored]:
    """Ask about worlds with the templates to learn from: half of the documents of each are built,
    so that half of the questions have no answer there, and the facts of a small one are added."""
    scored = []
    for seed in range(count):
        world, small = World.make(seed, people=people), Inquiries.make(seed, "train")
        row = ImportEvidence("world", str(seed))
        facts = [fact.with_evidence(row) for fact in small.facts]
        asked = [Asked(one.text, one.answers) for one in world.questions[::2]]
        asked += [Asked(one.text, one.answers) for one in small.asked]
        with tempfile.TemporaryDirectory() as folder, kgkit.open(Path(folder) / "world.kg") as kg:
            kg.build(*world.documents[::2])
            kg.add(facts)
            scored += [_ask(kg, one, keep) for one in asked]
    return scored


def _ask(kg: KnowledgeGraph, one: Asked, keep: Path | None) -> Scored:
    answer = kg.ask(one.question, refuse_below=0.0 if keep is not None else None)
    right = bool(answer) and _is_right(answer.text, one.golds)
    if keep is not None:
        with keep.open("a", encoding="utf-8") as file:
            file.write(json.dumps(_kept(answer, right=right), ensure_ascii=False) + "\n")
    return Scored(bool(answer), answer.confidence, right)


def _is_right(text: str, golds: Sequence[str]) -> bool:
    """Return whether an answer, or the number it begins with ("2: Ada and Ben"), is a right one."""
    number, _, _ = text.partition(":")
    return bool(golds) and max(exact(t, golds) for t in (text, number)) == 1.0


def _kept(answer: Answer, *, right: bool) -> dict[str, Any]:
    given = asdict(given_of(answer)) if answer else None
    return {"question": answer.question, "given": given, "right": right}


def _load(folder: Path, split: str) -> list[Asked]:
    rows = _read(folder / "rk500_questions.json.gz")
    asked = [Asked(r["question"], tuple(r["answers"])) for r in rows if r["split"] == split]
    lost = _read(folder / "rk500_unanswerable.json.gz")
    return [*asked, *(Asked(row["question"], ()) for row in lost)]


def _read(path: Path) -> Any:
    return json.loads(gzip.decompress(path.read_bytes()))


def _percent(part: float, whole: float) -> float:
    return round(100.0 * part / whole, 1) if whole else 0.0


if __name__ == "__main__":
    main()
