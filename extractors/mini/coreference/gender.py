"""What a text and common given names say about whether a person is "he" or "she"."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.mini.coreference.given_names import FEMALE, MALE
from extractors.mini.coreference.people import Person
from extractors.mini.coreference.phrases import governor, head_of
from extractors.mini.syntax import Sentence

__all__ = ["gender_of"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HIS = _words(
    """
    mr sir lord king prince duke baron count emperor pope bishop archbishop father brother son
    husband uncle nephew grandfather grandson boyfriend widower actor businessman chairman
    sportsman congressman salesman man boy gentleman monk priest stepfather stepson emir sultan
    """
)
_HER = _words(
    """
    mrs ms miss dame lady queen princess duchess baroness countess empress mother sister daughter
    wife aunt niece grandmother granddaughter girlfriend widow actress businesswoman chairwoman
    sportswoman congresswoman woman girl nun priestess stepmother stepdaughter heroine hostess
    waitress ballerina
    """
)


_BESIDE = frozenset({"appos", "flat", "compound"})


def gender_of(sentences: Sequence[Sentence], person: Person) -> float:
    """Return 1 for a person who is likely "she", -1 for "he", 0 where nothing tells.

    Titles and nouns that stand with a name ("Mrs", "his wife") weigh more than given names.
    """
    told = [_told(sentences[i], span.first, span.last) for i, span in person.mentions]
    total = sum(told)
    if total:
        return 1.0 if total > 0 else -1.0
    first = person.words[0] if person.words else ""
    return float((first in FEMALE) - (first in MALE))


def _told(sentence: Sentence, first: int, last: int) -> int:
    tokens = sentence.tokens
    head = head_of(sentence, first, last)
    top = governor(sentence, head)
    near = {*range(first, last), head, max(first - 1, 0)}
    kind = tokens[head].deprel
    if kind in _BESIDE:
        near.add(tokens[head].head)
    if kind != "conj":
        near |= {i for i, t in enumerate(tokens) if t.head in (head, top) and t.deprel in _BESIDE}
    if kind == "nsubj" and any(t.head == tokens[head].head and t.deprel == "cop" for t in tokens):
        near.add(tokens[head].head)  # "Ada was an actress"
    words = {tokens[i].text.lower().rstrip(".") for i in near}
    return len(words & _HER) - len(words & _HIS)
