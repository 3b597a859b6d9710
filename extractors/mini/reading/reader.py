"""Reading: which characters of a text answer a question, and how surely."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer

from extractors.mini.reading.layout import Passage, passage_of, query_of
from extractors.mini.reading.network import ReadingNetwork
from extractors.mini.reading.scan import scan
from extractors.mini.reading.selecting import select
from extractors.mini.reading.store import Labels
from extractors.mini.reading.trust import features, probability
from kgkit.models.parallel import spread

__all__ = ["Answer", "Reader"]

#: Pieces of a long text that are read for one question.
_MOST = 1200


@dataclass(frozen=True, slots=True)
class Answer:
    """Characters [`start`, `end`) of the text that was given; `score` is the calibrated
    probability in [0, 1] that they answer the question."""

    start: int
    end: int
    text: str
    score: float


class Reader:
    """Finds the words of a text that answer a question, on the bundled encoder.

    `extractors.mini.reading.load.load_reader` gives the trained one. Each question is read by
    itself, in one thread: a result depends on nothing else. Of a text above about 1,200 pieces
    of words only the sentences that share most with the question are read.
    """

    def __init__(self, network: ReadingNetwork, tokenizer: Tokenizer, labels: Labels) -> None:
        self._network = network
        self._tokenizer = tokenizer
        self._labels = labels

    @property
    def network(self) -> ReadingNetwork:
        """The trained network."""
        return self._network

    def read(self, question: str, text: str) -> Answer | None:
        """Return the answer in `text`; None where it is not answered there.

        >>> from extractors.mini.reading.load import load_reader
        >>> load_reader().read("Who found the comet?", "The comet was found by Ada Byron.").text
        'Ada Byron'
        """
        return self.read_all([(question, text)])[0]

    def read_all(self, questions: Sequence[tuple[str, str]]) -> list[Answer | None]:
        """Return the answer to each (question, text), the same as one by one."""
        return [answer if given else None for answer, given in self.judge(questions)]

    def best(self, question: str, text: str) -> Answer:
        """Return the best span of `text` whatever its score; an empty span at 0 with score 0.0
        where the text or the question holds no word."""
        return self.judge([(question, text)])[0][0]

    def judge(self, questions: Sequence[tuple[str, str]]) -> list[tuple[Answer, bool]]:
        """Return the best span for each (question, text), and whether the text is held to answer:
        the threshold was chosen so that most questions without an answer are refused."""
        if len(questions) == 1:
            with _one_thread():
                return [self._judge(questions[0])]
        # The longest texts come first, so that the threads end together.
        order = sorted(range(len(questions)), key=lambda i: (-len(questions[i][1]), i))
        found = spread(self._judge, (questions[i] for i in order))
        answers = dict(zip(order, found, strict=True))
        return [answers[i] for i in range(len(questions))]

    def _judge(self, asked: tuple[str, str]) -> tuple[Answer, bool]:
        question, text = asked
        query = query_of(self._tokenizer, question)
        passage = passage_of(self._tokenizer, text)
        scanned = scan(self._network, query, self._chosen(query.words, passage))
        if scanned is None:
            return Answer(0, 0, "", 0.0), False
        case, found = scanned.case, scanned.found
        start, end = case.spans[found.first][0], case.spans[found.last][1]
        numbers = features(case, found)
        answer = Answer(start, end, text[start:end], probability(numbers, self._labels.right))
        return answer, probability(numbers, self._labels.there) >= self._labels.threshold

    @staticmethod
    def _chosen(words: Sequence[str], passage: Passage) -> Passage:
        sizes = [row.length for row in passage.rows]
        told = [[passage.text[a:b] for a, b in spans] for spans in passage.spans]
        return passage.part(select(words, told, sizes, _MOST))


@contextmanager
def _one_thread() -> Iterator[None]:
    """Compute in one thread, as in `spread`: results do not depend on how many there are."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
