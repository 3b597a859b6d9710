"""Prompts from what a relation's description says of head and tail.

"continent of which the subject is a part", "organisation or person that developed the item",
"musical instrument that a person plays": a verb with head or tail beside it is a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.harvest.wording.grammar import verb_of
from extractors.slots.english import base_form, is_participle, past_form

__all__ = ["description_prompts"]

_HEAD = (
    r"(?:the |a |an |this )?(?:subject|item|person|work|object|organi[sz]ation|place|thing|"
    r"creator|player|film|artist|building|company|group|entity|team|country|city)(?:'s \w+)?"
)
_OFTEN = r"(?:currently or formerly |currently |formerly |usually |mainly )?"
#: "for which the subject works or worked", "of which the subject is a part".
_OF_WHICH = re.compile(
    rf"\b(?P<prep>for|to|in|of|with|at|on|by|from|as) (?:which|whom) {_HEAD} {_OFTEN}"
    r"(?P<verb>\w+)(?P<rest>(?: (?:a|an|the) \w+| \w+ed)?)"
)
#: "that a person plays".
_THAT_HEAD = re.compile(
    r"(?<!\bto )(?<!\bof )(?<!\bin )(?<!\bon )(?<!\bat )(?<!\bby )(?<!\bas )(?<!\bfor )"
    r"(?<!\bwith )(?<!\bfrom )"
    rf"\b(?:that|which|whom?) {_HEAD} {_OFTEN}(?P<verb>\w+s)\b"
)
#: "that developed the item".
_THAT_DID = re.compile(rf"\b(?:that|which|who) {_OFTEN}(?P<verb>\w+) {_HEAD}\b")
#: "the item belongs to or has power over or applies to the value".
_DOES = re.compile(
    r"\b(?P<verb>\w+s)(?: (?P<noun>\w+))? (?P<prep>to|in|for|over|of|at|on|with|by)\b"
)
_VALUE = re.compile(r"\bthe (?:value|object)\b")
_BRACKETS = re.compile(r"\s*\([^()]*\)")


def description_prompts(description: str) -> list[str]:
    """Return prompts with slots {0} and {1} found in a description; often none.

    >>> description_prompts("continent of which the subject is a part")
    ['{0} is a part of {1}.']
    >>> description_prompts("organisation or person that developed the item")
    ['{0} was developed by {1}.', '{1} developed {0}.']
    """
    plain = _BRACKETS.sub("", description.lower()).partition(". ")[0]
    found = [*_of_which(plain), *_that_head(plain), *_that_did(plain), *_with_value(plain)]
    return list(dict.fromkeys(found))


def _of_which(text: str) -> Iterator[str]:
    for match in _OF_WHICH.finditer(text):
        if verb_of(match["verb"], noun=True):
            yield f"{{0}} {match['verb']}{match['rest']} {match['prep']} {{1}}."


def _that_head(text: str) -> Iterator[str]:
    for match in _THAT_HEAD.finditer(text):
        if verb_of(match["verb"], noun=True) not in ("", "be"):
            yield f"{{0}} {match['verb']} {{1}}."
            yield f"{{0}} {match['verb']} the {{1}}."


def _that_did(text: str) -> Iterator[str]:
    for match in _THAT_DID.finditer(text):
        verb = match["verb"]
        if is_participle(verb) or past_form(base_form(verb)) == verb != base_form(verb):
            yield f"{{0}} was {verb} by {{1}}."
            yield f"{{1}} {verb} {{0}}."
        elif verb_of(verb, noun=True):
            yield f"{{1}} {verb} {{0}}."


def _with_value(text: str) -> Iterator[str]:
    end = _VALUE.search(text)
    if not end:
        return
    for match in _DOES.finditer(text[: end.start()]):
        if verb_of(match["verb"], noun=True):
            noun = f" {match['noun']}" if match["noun"] else ""
            yield f"{{0}} {match['verb']}{noun} {match['prep']} {{1}}."
