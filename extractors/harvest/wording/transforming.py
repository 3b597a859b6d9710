"""Other ways to say a prompt: the order of its slots, apposition, copula, article, full stop.

The rules read the frames that people write most: "{0} is the R of {1}.", "The R of {0} is {1}.",
"{0}'s R is {1}.", "{0} was V-ed by {1}.", "{0} is located in {1}.".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from extractors.harvest.prompt import Prompt
from extractors.harvest.wording.grammar import article
from extractors.slots.english import base_form, is_participle, past_form

__all__ = ["transformed"]

_A, _B = r"(?P<a>\{[01]\})", r"(?P<b>\{[01]\})"
_NOUN = r"(?P<noun>[\w' -]+?)"
_IS_OF = re.compile(rf"{_A} (?P<is>is|was) (?:the|an?) {_NOUN} of {_B}\.?", re.IGNORECASE)
_OF_IS = re.compile(rf"the {_NOUN} of {_A} (?P<is>is|was) {_B}\.?", re.IGNORECASE)
_OWN_IS = re.compile(rf"{_A}'s {_NOUN} (?P<is>is|was) {_B}\.?")
_PASSIVE = re.compile(rf"{_A} (?P<is>is|was) (?P<verb>\w+) by {_B}\.?")
_ACTIVE = re.compile(rf"{_A} (?P<verb>\w+) {_B}\.?")
_COPULA = re.compile(rf"{_A} (?P<is>is|was|are|were) (?P<rest>[^{{}}]+) {_B}\.?")
_ARTICLE = re.compile(r"(?<= )(?:the|an?) (?=\{[01]\})")


def transformed(prompt: Prompt) -> list[Prompt]:
    """Return prompts that say the same as a prompt of arity 2 in other words or another order.

    Those of other arities only lose or get their full stop. The prompt itself is not among them.

    >>> [made.text for made in transformed(Prompt.parse("{0} was directed by {1}."))][:3]
    ['{1} directed {0}.', '{0}, directed by {1}', '{0} is directed by {1}.']
    """
    texts = [text for rule in _RULES for text in rule(prompt.text)]
    texts.append(prompt.text[:-1] if prompt.text.endswith(".") else f"{prompt.text}.")
    unique = dict.fromkeys(text for text in texts if text != prompt.text)
    return [Prompt.parse(text) for text in unique]


def _of(text: str) -> Iterator[str]:
    """The genitive frames, all four from any of them."""
    match = _IS_OF.fullmatch(text)
    if match:
        whole, part = match["b"], match["a"]
    else:
        match = _OF_IS.fullmatch(text) or _OWN_IS.fullmatch(text)
        if not match:
            return
        whole, part = match["a"], match["b"]
    noun, copula = match["noun"], match["is"]
    yield f"{part} {copula} the {noun} of {whole}."
    yield f"The {noun} of {whole} {copula} {part}."
    yield f"{whole}'s {noun} {copula} {part}."
    yield f"{part}, the {noun} of {whole}"
    yield f"{part}, {whole}'s {noun}"
    yield f"{whole} has the {noun} {part}."
    yield f"{part} {copula} {article(noun)} {noun} of {whole}."


def _voice(text: str) -> Iterator[str]:
    match = _PASSIVE.fullmatch(text)
    if match and is_participle(match["verb"]):
        done, doer, verb = match["a"], match["b"], match["verb"]
        yield f"{doer} {past_form(base_form(verb))} {done}."
        yield f"{done}, {verb} by {doer}"
    match = _ACTIVE.fullmatch(text)
    if match and match["verb"].endswith("ed") and is_participle(match["verb"]):
        doer, done, verb = match["a"], match["b"], match["verb"]
        yield f"{done} was {verb} by {doer}."
        yield f"{done}, {verb} by {doer}"


def _copula(text: str) -> Iterator[str]:
    match = _COPULA.fullmatch(text)
    if not match:
        return
    first, rest, second, copula = match["a"], match["rest"], match["b"], match["is"]
    other = {"is": "was", "was": "is", "are": "were", "were": "are"}[copula]
    yield f"{first} {other} {rest} {second}."
    if not rest.startswith("the "):
        yield f"{first}, {rest} {second}"


def _articles(text: str) -> Iterator[str]:
    bare = _ARTICLE.sub("", text)
    if bare != text:
        yield bare
    elif text.count(" {1}") == 1 and not text.startswith("{1}"):
        yield text.replace(" {1}", " the {1}")


_RULES: tuple[Callable[[str], Iterator[str]], ...] = (_of, _voice, _copula, _articles)
