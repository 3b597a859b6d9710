"""Reading a document: one pass gives tokens, trees, entity spans and pronouns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Any, overload

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from extractors.mini.lemmas import choose
from extractors.mini.network import Inventory, Network, padded
from extractors.mini.pieces import Row, lay_out, rows, windows
from extractors.mini.pronouns import Link, fit, resolve, shares
from extractors.mini.spans import decode
from extractors.mini.syntax import Sentence, Span, Token
from extractors.mini.trees import best_tree
from extractors.mini.words import words
from kgkit.models.passes import passes

__all__ = ["Analysis", "Mini"]

#: Pieces read in one sequence: the adapter was trained on up to 250.
_WINDOW = 250

#: Words of one sentence that are looked at together: a guard against texts without sentences.
_LONGEST = 120

#: Pieces of one forward pass, and rows of the score block of one batch of trees.
_PASS = 4096


@dataclass(frozen=True, slots=True)
class Analysis(Sequence[Sentence]):
    """The sentences of a document, in order; `vectors` [words, 384] are their words in context."""

    sentences: tuple[Sentence, ...]
    vectors: NDArray[np.float32] = field(repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.sentences)

    @overload
    def __getitem__(self, index: int) -> Sentence: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Sentence]: ...
    def __getitem__(self, index: int | slice) -> Sentence | Sequence[Sentence]:
        return self.sentences[index]


class Mini:
    """The built-in parser; `extractors.mini.load.load_mini` gives the trained one.

    A document's analysis depends on that document alone: nothing else is in its passes.
    """

    def __init__(self, network: Network, tokenizer: Tokenizer, labels: Inventory) -> None:
        self._network = network
        self._tokenizer = tokenizer
        self._labels = labels
        # The encoder's vocabulary serves as a list of common words.
        self._known = frozenset(tokenizer.get_vocab())
        self._pieces: dict[str, tuple[int, ...]] = {}

    @property
    def network(self) -> Network:
        """The trained network."""
        return self._network

    def analyse(self, text: str, bounds: Sequence[tuple[int, int]]) -> Analysis:
        """Parse a document given as its text and its sentences' [start, end), in order.

        Adjacent sentences are read together, up to 250 pieces at a time. One of more than 120
        words is cut at its widest gaps; each part becomes a sentence of its own.
        """
        return self.analyse_words(
            text, [part for start, end in bounds for part in _cut(words(text, start, end))]
        )

    def analyse_words(self, text: str, sentences: Sequence[Sequence[tuple[int, int]]]) -> Analysis:
        """Parse a document given as its text and the [start, end) of each sentence's words."""
        if not sentences:
            return Analysis((), np.zeros((0, 384), dtype=np.float32))
        made = rows(self._tokenizer, text, sentences, self._pieces)
        runs = list(windows(made, _WINDOW))
        with torch.inference_mode():
            vectors = self._vectors(made, runs)
            sizes = tuple(len(row.pieces) for row in made)
            upos, xpos, lemmas = self._network.tags(vectors)
            tags = [upos.argmax(-1).tolist(), xpos.argmax(-1).tolist(), _best(lemmas).tolist()]
            spans = decode(self._network.spans(vectors)[0].numpy(), sizes)
            heads, deprels = self._trees(vectors, sizes)
        parsed = []
        offsets = list(accumulate(sizes, initial=0))
        for i, (begin, end) in enumerate(pairwise(offsets)):
            part = slice(begin, end)
            columns = zip(*(column[part] for column in (*tags, heads, deprels)), strict=True)
            tokens = tuple(
                self._token(text, span, codes)
                for span, codes in zip(sentences[i], columns, strict=True)
            )
            found = tuple(
                Span(first, last, self._labels.spans[kind], round(score, 4))
                for first, last, kind, score in spans[i]
            )
            parsed.append(Sentence(tokens[0].start, tokens[-1].end, tokens, found))
        return Analysis(tuple(parsed), vectors.numpy())

    def resolve(self, analysis: Analysis) -> list[Link]:
        """Return whom each singular third-person pronoun most likely means, where anyone fits."""
        return resolve(self._network.pronouns, analysis.sentences, analysis.vectors)

    def weigh(
        self, analysis: Analysis, pronoun: tuple[int, int], candidates: Sequence[tuple[int, Span]]
    ) -> list[float]:
        """Return the probability of each candidate (sentence, span) for a pronoun (sentence,
        token); what is missing to 1 is that of none of them."""
        scores = fit(
            self._network.pronouns, analysis.sentences, analysis.vectors, pronoun, candidates
        )
        return shares(scores)

    def _vectors(self, made: Sequence[Row], runs: Sequence[Sequence[int]]) -> Tensor:
        """The word vectors of all sentences in order, read in passes of windows by length."""
        lengths = [sum(made[i].length for i in run) for run in runs]
        order = sorted(range(len(runs)), key=lambda r: (lengths[r], r))
        found: dict[int, Tensor] = {}
        for batch in passes(order, lengths, _PASS):
            layout = lay_out([[made[i] for i in runs[r]] for r in batch])
            parts = torch.split(self._network(layout), list(layout.sizes))
            found.update(zip((i for r in batch for i in runs[r]), parts, strict=True))
        return torch.cat([found[i] for i in range(len(made))])

    def _trees(self, vectors: Tensor, sizes: tuple[int, ...]) -> tuple[list[int], list[int]]:
        arcs = self._network.arcs
        starts = list(accumulate(sizes, initial=0))
        order = sorted(range(len(sizes)), key=lambda i: (sizes[i], i))
        trees: dict[int, list[int]] = {}
        for batch in passes(order, sizes, _PASS):
            parts = torch.cat([vectors[starts[i] : starts[i + 1]] for i in batch])
            scores = arcs.arcs(padded(parts, tuple(sizes[i] for i in batch))).numpy()
            for i, block in zip(batch, scores, strict=True):
                trees[i] = best_tree(block[: sizes[i], : sizes[i] + 1])
        heads = [head for i in range(len(sizes)) for head in trees[i]]
        governors = torch.tensor([starts[i] + head for i in range(len(sizes)) for head in trees[i]])
        rooted = torch.tensor(heads) < 0
        chosen = torch.where(rooted[:, None], arcs.root, vectors[governors.clamp(0)])
        labels = arcs.labels(vectors, chosen)
        root = self._labels.deprels.index("root")
        labels[:, root] = torch.where(rooted, torch.inf, -torch.inf)
        return heads, labels.argmax(-1).tolist()

    def _token(self, text: str, span: tuple[int, int], codes: tuple[Any, ...]) -> Token:
        upos, xpos, scripts, head, deprel = codes
        form = text[span[0] : span[1]]
        labels = self._labels
        return Token(
            span[0],
            span[1],
            form,
            choose(form, [labels.lemmas[script] for script in scripts], self._known),
            labels.upos[upos],
            labels.xpos[xpos],
            head,
            labels.deprels[deprel],
        )


def _best(scores: Tensor) -> Tensor:
    """The numbers of the four highest scores of each row, best first."""
    return scores.topk(min(4, scores.shape[1]), dim=-1).indices


def _cut(found: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    while len(found) > _LONGEST:
        # The widest gap between characters is where lines and columns end.
        gaps = [found[i][0] - found[i - 1][1] for i in range(_LONGEST // 2, _LONGEST)]
        at = _LONGEST // 2 + max(range(len(gaps)), key=lambda i: (gaps[i], i))
        yield found[:at]
        found = found[at:]
    if found:
        yield found
