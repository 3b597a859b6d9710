"""Sentences around the words of relations: those to learn from and those held out differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from extractors.worlds.names import Split

__all__ = ["FORMS", "Forms"]


@dataclass(frozen=True, slots=True)
class Forms:
    """How chains, comparisons, counts and the like are asked.

    In `chain` `{of}` is a noun for the tail and `{x}` what it is of. In the others `{type}` is a
    noun, `{types}` its plural, `{a}` and `{b}` are names, `{cmp}` and `{best}` say what is
    compared, `{made}` what the things asked for have in common, `{of}` a noun for a tail and
    `{year}` a year.
    """

    chain: tuple[str, ...]
    outer: tuple[str, ...]
    compare: tuple[str, ...]
    count: tuple[str, ...]
    listed: tuple[str, ...]
    best: tuple[str, ...]
    after: tuple[str, ...]
    before: tuple[str, ...]
    either: tuple[str, ...]
    not_by: tuple[str, ...]
    same: tuple[str, ...]


#: The forms by split.
FORMS: Mapping[Split, Forms] = {
    "train": Forms(
        chain=("the {of} of {x}",),
        outer=("Who is the {of} of {x}?", "What is the {of} of {x}?"),
        compare=("Which {type} {cmp}, {a} or {b}?", "Who {cmp}, {a} or {b}?"),
        count=("How many {types} were {made}?",),
        listed=("List all {types} {made}.", "Which {types} were {made}?"),
        best=("Which {type} {best}?",),
        after=("Which {types} were {dated} after {year}?",),
        before=("Which {types} were {dated} before {year}?",),
        either=("Which {types} were {made} or {other}?",),
        not_by=("Which {types} {made} were not {dated} before {year}?",),
        same=("Do {a} and {b} have the same {of}?",),
    ),
    "held_out": Forms(
        chain=("the {of} of {x}", "{x}'s {of}"),
        outer=("Who is {x}'s {of}?", "What is the name of the {of} of {x}?"),
        compare=(
            "{a} or {b}: which {type} {cmp}?",
            "Between {a} and {b}, which {type} {cmp}?",
            "Of {a} and {b}, which {cmp}?",
        ),
        count=("How many {types} are there {made}?", "What is the number of {types} {made}?"),
        listed=("Give me all {types} {made}.", "What are the {types} {made}?"),
        best=("What {type} {best}?", "Name the {type} that {best}."),
        after=("What {types} were {dated} since {year}?", "List the {types} {dated} after {year}."),
        before=("Give me the {types} that were {dated} before {year}.",),
        either=("What are the {types} {made} or {other}?",),
        not_by=("List the {types} {made} that were not {dated} before {year}.",),
        same=("Is the {of} of {a} the same as the {of} of {b}?", "Do {a} and {b} share a {of}?"),
    ),
}
