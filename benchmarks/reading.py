"""How well questions are answered from a paragraph, and refused where it does not answer them.

`python -m benchmarks.reading [--data DIR] [--json]` needs reading/xquad_en*.jsonl.gz (XQuAD
English) or reading/qed*.jsonl.gz (QED) below `DIR`. EM and F1 are those of SQuAD, of the best
span (`xquad_f1`) and with refusals counted as wrong (`xquad_f1_refusing`). Questions made
unanswerable are put to another passage of the same title, have a name exchanged, or have lost the
sentences that hold the answer: `no_answer_accuracy` is the share of them refused, `refused` the
share of answerable ones refused at the same threshold. Of QED, what the reader has learnt from is
left out. The last line printed is one JSON object.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.machine import emit, machine
from benchmarks.scoring.reading import Asked, Scorer, load_qed, load_xquad, unanswerable
from extractors.mini.reading.load import load_reader
from extractors.mini.reading.reader import Reader

__all__ = ["main", "measure"]

_SENTENCES = (
    "The lighthouse on the northern cape was built by the harbour board in 1871. "
    "Its first keeper, Martha Olsen, lived there with her two sons for nineteen years. "
    "A storm tore the roof off the old tower in the winter of 1904. "
    "The engineer Paul Brandt drew the plans for the new one, which is forty metres high. "
    "Ships on their way from Bergen to Hull could see its light from far away. "
    "During the war the lamp was dark, and the boats of the fishermen kept close to land. "
    "Today a small museum in the basement shows the lens and the logbooks of the keepers. "
    "About nine thousand visitors climb the stairs every summer to look over the bay."
)


def measure(reader: Reader, folder: Path, most: int | None = None) -> dict[str, float]:
    """Return the figures on what `folder` holds of the two sets, in percent; `most` questions of
    each, evenly spaced."""
    figures: dict[str, float] = {}
    for name, asked in (("xquad", load_xquad(folder)), ("qed", load_qed(folder))):
        if asked:
            chosen = asked[:: max(1, len(asked) // most)] if most else asked
            figures |= {f"{name}_{key}": v for key, v in _score(reader, chosen).items()}
    return figures


def _score(reader: Reader, asked: Sequence[Asked]) -> dict[str, float]:
    scorer = Scorer()
    judged = reader.judge([(a.question, a.text) for a in asked])
    for question, (answer, given) in zip(asked, judged, strict=True):
        scorer.answer(question, answer.text, refused=not given)
    for kind, made in unanswerable(asked).items():
        for found in reader.read_all([(a.question, a.text) for a in made]):
            scorer.unanswerable(kind, refused=found is None)
    return scorer.figures()


def speed(reader: Reader, times: int = 15) -> float:
    """Return the milliseconds, median, that one question to eight sentences takes in one thread."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        reader.best("Who drew the plans for the new tower?", _SENTENCES)
        taken.append(time.perf_counter() - began)
    return round(1000 * statistics.median(taken), 1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--json", action="store_true", help="print the JSON line only")
    parser.add_argument("--most", type=int, help="about so many questions of each set")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    reader = load_reader()
    milliseconds = speed(reader)
    figures = measure(reader, options.data / "reading", options.most)
    seconds = round(time.perf_counter() - began, 1)
    if not options.json:
        for name, value in figures.items():
            print(f"{name:40} {value}")
    rest = {"ms_per_8_sentences": milliseconds, "machine": machine(), "seed": 0}
    emit({**figures, **rest, "seconds": seconds})


if __name__ == "__main__":
    main()
