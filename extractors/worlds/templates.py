"""Sentences that tell a fact: those to learn from and those held out share none.

`{H}` is the head where a pronoun or a shorter name may stand for it, `{H's}` its genitive, `{h}`
the head by its name, `{T}` the tail and `{U}` that of the second fact of a joint sentence; `{L}`
lists several heads of one tail.
"""

from __future__ import annotations

from collections.abc import Mapping

from extractors.worlds.names import Split

__all__ = ["ASIDES", "DENIED", "HEDGED", "JOINT", "LISTED", "TEMPLATES", "WOVEN"]

_By = Mapping[Split, tuple[str, ...]]

#: Sentences of one fact.
TEMPLATES: Mapping[str, _By] = {
    "BORN_ON": {
        "train": (
            "{H} was born on {T}.",
            "{H's} date of birth is {T}.",
            "{H} came into the world on {T}.",
            "The birth of {h} took place on {T}.",
        ),
        "held_out": (
            "Born on {T}, {h} grew up in a large family.",
            "{H's} birthday is {T}.",
            "{h} (born {T}) is still active.",
        ),
    },
    "BORN_IN": {
        "train": (
            "{H} was born in {T}.",
            "{H} is a native of {T}.",
            "{H's} birthplace is {T}.",
            "{T} is the birthplace of {h}.",
        ),
        "held_out": (
            "{H} comes from {T}.",
            "{H's} place of birth was {T}.",
            "It was in {T} that {h} was born.",
        ),
    },
    "STUDIED_AT": {
        "train": (
            "{H} studied at {T}.",
            "{H} graduated from {T}.",
            "{H} was educated at {T}.",
            "{T} counts {h} among its graduates.",
        ),
        "held_out": (
            "{H} attended {T}.",
            "{H} took a degree at {T}.",
            "{H} is an alumnus of {T}.",
        ),
    },
    "MAJORED_IN": {
        "train": (
            "{H} majored in {T}.",
            "{H} holds a degree in {T}.",
            "{H's} subject was {T}.",
        ),
        "held_out": (
            "{H} specialised in {T}.",
            "{H} was trained in {T}.",
        ),
    },
    "WORKS_FOR": {
        "train": (
            "{H} works for {T}.",
            "{H} is employed by {T}.",
            "{T} employs {h}.",
            "{H} is an engineer at {T}.",
            "{H} joined {T} after the war.",
        ),
        "held_out": (
            "{H} has a post at {T}.",
            "{H} was hired by {T}.",
            "{H's} employer is {T}.",
        ),
    },
    "MARRIED_TO": {
        "train": (
            "{H} married {T}.",
            "{H} is married to {T}.",
            "{H's} spouse is {T}.",
        ),
        "held_out": (
            "{H} wed {T}.",
            "{T} is the spouse of {h}.",
        ),
    },
    "PARENT_OF": {
        "train": (
            "{T} is a child of {h}.",
            "{H} is the parent of {T}.",
            "{H} raised {T}.",
        ),
        "held_out": (
            "{H's} child {T} lives abroad.",
            "{H} has a child, {T}.",
        ),
    },
    "KNOWS": {
        "train": (
            "{H} is a friend of {T}.",
            "{H} knows {T}.",
        ),
        "held_out": (
            "{H} is acquainted with {T}.",
            "{T} is a neighbour of {h}.",
        ),
    },
    "RECEIVED": {
        "train": (
            "{H} received the {T}.",
            "{H} won the {T}.",
            "The {T} was awarded to {h}.",
        ),
        "held_out": (
            "{H} was honoured with the {T}.",
            "The jury gave {h} the {T}.",
        ),
    },
    "WROTE": {
        "train": (
            "{H} wrote {T}.",
            "{T} was written by {h}.",
            "{H} is the author of {T}.",
        ),
        "held_out": (
            "{T} is a novel by {h}.",
            "{H} published {T}.",
        ),
    },
    "FOUNDED": {
        "train": (
            "{H} founded {T}.",
            "{T} was founded by {h}.",
            "{H} is the founder of {T}.",
        ),
        "held_out": (
            "{H} set up {T}.",
            "{T} was established by {h}.",
        ),
    },
    "HEADQUARTERED_IN": {
        "train": (
            "{H} is based in {T}.",
            "{H} has its headquarters in {T}.",
            "{H's} head office is in {T}.",
        ),
        "held_out": (
            "{H} is headquartered in {T}.",
            "{T} is the seat of {h}.",
        ),
    },
    "FOUNDED_IN": {
        "train": (
            "{H} was founded in {T}.",
            "{H} began trading in {T}.",
        ),
        "held_out": (
            "{H} was established in {T}.",
            "{H} dates from {T}.",
        ),
    },
    "EMPLOYEES": {
        "train": (
            "{H} has {T} employees.",
            "{H} employs {T} people.",
        ),
        "held_out": (
            "{H} has a workforce of {T}.",
            "{H} gives work to {T} people.",
        ),
    },
    "CAMPUS_IN": {
        "train": (
            "{H} is located in {T}.",
            "{H's} campus is in {T}.",
        ),
        "held_out": (
            "{H} stands in the middle of {T}.",
            "{T} is home to {h}.",
        ),
    },
    "LOCATED_IN": {
        "train": (
            "{H} is a city in {T}.",
            "{H} lies in {T}.",
            "{H} is located in {T}.",
        ),
        "held_out": (
            "{H} is a town in {T}.",
            "{H} belongs to {T}.",
        ),
    },
    "POPULATION": {
        "train": (
            "{H} has a population of {T}.",
            "{H} has {T} inhabitants.",
            "The population of {h} is {T}.",
        ),
        "held_out": (
            "{H's} population is {T}.",
            "{H} is home to {T} people.",
        ),
    },
    "PUBLISHED_IN": {
        "train": (
            "{H} was published in {T}.",
            "{H} appeared in {T}.",
        ),
        "held_out": (
            "{H} came out in {T}.",
            "{H} was first printed in {T}.",
        ),
    },
}

#: Sentences of two facts of one head.
JOINT: Mapping[tuple[str, str], _By] = {
    ("BORN_ON", "BORN_IN"): {
        "train": ("{H} was born on {T} in {U}.",),
        "held_out": ("{h} (born {T} in {U}) is an only child.",),
    },
    ("STUDIED_AT", "MAJORED_IN"): {
        "train": ("{H} studied {U} at {T}.",),
        "held_out": ("{H} left {T} with a degree in {U}.",),
    },
    ("LOCATED_IN", "POPULATION"): {
        "train": ("{H} is a city in {T} with a population of {U}.",),
        "held_out": ("{H}, a town of {U} people, lies in {T}.",),
    },
}

#: Sentences of several facts with one tail.
LISTED: Mapping[str, _By] = {
    "WORKS_FOR": {
        "train": ("{L} work for {T}.",),
        "held_out": ("{T} employs {L}.",),
    },
    "STUDIED_AT": {
        "train": ("{L} studied at {T}.",),
        "held_out": ("{L} are graduates of {T}.",),
    },
    "RECEIVED": {
        "train": ("{L} won the {T}.",),
        "held_out": ("The {T} went to {L}.",),
    },
}

#: Sentences woven from two of one fact each that begin with their subject: `{1}` and `{2}` are
#: what follows it. The second tells of the same head, or of another, `{B}`.
WOVEN: Mapping[str, _By] = {
    "same": {
        "train": ("{H}, who {1}, {2}.", "{H} {1} and {2}."),
        "held_out": ("{H} {1}, and later {2}.", "{H}, who once {1}, {2}."),
    },
    "other": {
        "train": ("{H} {1}, while {B} {2}.", "When {B} {2}, {H} {1}."),
        "held_out": ("{H} {1}, but {B} {2}.", "{H} {1}, and {B} {2}."),
    },
}

#: Sentences that tell whom the head knows on the way to another fact, `{1}`.
ASIDES: _By = {
    "train": ("{H}, a friend of {T}, {1}.",),
    "held_out": ("{H}, an old acquaintance of {T}, {1}.", "{H}, whose neighbour is {T}, {1}."),
}

#: Sentences that deny a fact.
DENIED: Mapping[str, _By] = {
    "WORKS_FOR": {
        "train": ("{H} does not work for {T}.", "{H} never worked for {T}."),
        "held_out": ("{H} was not hired by {T}.",),
    },
    "STUDIED_AT": {
        "train": ("{H} did not study at {T}.",),
        "held_out": ("{H} never attended {T}.",),
    },
    "WROTE": {
        "train": ("{H} did not write {T}.",),
        "held_out": ("{T} was not written by {h}.",),
    },
    "FOUNDED": {
        "train": ("{H} did not found {T}.",),
        "held_out": ("{T} was not established by {h}.",),
    },
}

#: Sentences that do not vouch for a fact.
HEDGED: Mapping[str, _By] = {
    "WORKS_FOR": {
        "train": ("{H} may work for {T}.", "{H} reportedly works for {T}."),
        "held_out": ("{H} is said to work for {T}.",),
    },
    "STUDIED_AT": {
        "train": ("{H} may have studied at {T}.",),
        "held_out": ("{H} allegedly attended {T}.",),
    },
    "WROTE": {
        "train": ("{H} perhaps wrote {T}.",),
        "held_out": ("{H} is believed to have written {T}.",),
    },
    "RECEIVED": {
        "train": ("{H} might receive the {T}.",),
        "held_out": ("{H} is expected to receive the {T}.",),
    },
}
