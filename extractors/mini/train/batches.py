"""Mixing the training sets into steps of equal cost."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from extractors.mini.heads import distance_bucket
from extractors.mini.pieces import Layout, Row, lay_out, windows
from extractors.mini.train.data import UNKNOWN, Choice, Example

__all__ = ["Batch", "Window", "assemble", "epoch_windows", "steps", "whole"]

_MASK = 103


@dataclass(frozen=True, slots=True)
class Window:
    """Adjacent sentences [first, end) of an example, read in one sequence."""

    example: Example
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Batch:
    """One step: labels are [words], `UNKNOWN` where a set does not say.

    `pronouns` [n], `candidates` [n, 2, 2] (first, end) and `distances` [n, 2] count words of the
    batch; `answers` [n] is 0 for neither.
    """

    layout: Layout
    upos: Tensor
    xpos: Tensor
    lemmas: Tensor
    heads: Tensor
    deprels: Tensor
    spans: Tensor
    pronouns: Tensor
    candidates: Tensor
    distances: Tensor
    answers: Tensor


def epoch_windows(
    examples: Sequence[Example], chance: random.Random, *, least: int, most: int
) -> list[Window]:
    """Cut each example anew into windows whose size limit is drawn between `least` and `most`
    pieces; examples with pronouns stay whole."""
    found = []
    for example in examples:
        if example.choices:
            found.append(Window(example, 0, len(example.rows)))
            continue
        limit = chance.randint(least, most)
        found += [
            Window(example, window[0], window[-1] + 1) for window in windows(example.rows, limit)
        ]
    return found


def whole(examples: Sequence[Example], limit: int) -> list[Window]:
    """Cut examples as they are cut when a document is read."""
    return [
        Window(example, window[0], window[-1] + 1)
        for example in examples
        for window in windows(example.rows, limit)
    ]


def steps(found: Sequence[Window], pieces: int) -> Iterator[list[Window]]:
    """Yield runs of windows of about `pieces` pieces, leaving out what does not fit the encoder."""
    step: list[Window] = []
    total = 0
    for window in found:
        length = _length(window)
        if length > 500:
            continue
        if step and total + length > pieces:
            yield step
            step, total = [], 0
        step.append(window)
        total += length
    if step:
        yield step


def _length(window: Window) -> int:
    return sum(row.length for row in window.example.rows[window.first : window.end])


def assemble(step: Sequence[Window], chance: random.Random | None = None) -> Batch:
    """Lay a step out; with `chance`, one word in twenty is hidden from the encoder."""
    groups, columns = [], [[] for _ in range(6)]  # type: tuple[list[list[Row]], list[list[int]]]
    chosen: list[tuple[int, Choice]] = []
    for window in sorted(step, key=_length):
        example, part = window.example, slice(window.first, window.end)
        groups.append([_hidden(row, chance) if chance else row for row in example.rows[part]])
        chosen += [(len(columns[0]), choice) for choice in example.choices]
        for i in range(window.first, window.end):
            size = len(example.rows[i].pieces)
            nothing = (UNKNOWN,) * size
            tags = list(zip(*example.tags[i], strict=True)) if example.tags else [nothing] * 3
            trees = list(zip(*example.trees[i], strict=True)) if example.trees else [nothing] * 2
            spans = example.spans[i] if example.spans else nothing
            for column, values in zip(columns, [*tags, *trees, spans], strict=True):
                column.extend(values)
    upos, xpos, lemmas, heads, deprels, kinds = map(torch.tensor, columns)
    layout = lay_out(groups)
    return Batch(layout, upos, xpos, lemmas, heads, deprels, kinds, *_choices(chosen))


def _hidden(row: Row, chance: random.Random) -> Row:
    pieces = tuple((_MASK,) if chance.random() < 0.05 else word for word in row.pieces)
    return Row(pieces, row.casing)


def _choices(chosen: Sequence[tuple[int, Choice]]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    pronouns = [base + choice.pronoun for base, choice in chosen]
    candidates = [
        [[base + first, base + end] for first, end in choice.candidates] for base, choice in chosen
    ]
    distances = [
        [distance_bucket(first - choice.pronoun) for first, _ in choice.candidates]
        for _, choice in chosen
    ]
    answers = [choice.answer for _, choice in chosen]
    return (
        torch.tensor(pronouns, dtype=torch.long),
        torch.tensor(candidates, dtype=torch.long).view(-1, 2, 2),
        torch.tensor(distances, dtype=torch.long).view(-1, 2),
        torch.tensor(answers, dtype=torch.long),
    )
