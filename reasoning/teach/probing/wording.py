"""How facts of any graph are asked about: wordings that no generator of kgkit writes.

A probe that repeats a sentence of the corpus measures memory of the sentence. These forms name
the relation by its own words and are used for nothing but probes.
"""

from __future__ import annotations

from extractors.worlds.bios.wording import NOUNS, WORDINGS

__all__ = ["chain_question", "head_question", "relation_words", "tail_questions", "to_prompt"]

_TAIL = (
    "Which value stands beside {h} under the heading '{words}'?",
    "Fill in the card of {h}, line '{words}'.",
)
_HEAD = "On whose card does the line '{words}' say {t}?"
_CHAIN = "Take the card of {h}, follow '{first}', and read the line '{second}' there."


def relation_words(relation: str, predicate: str = "") -> str:
    """Return a relation as words.

    >>> relation_words("BORN_IN"), relation_words("P19", "place of birth")
    ('born in', 'place of birth')
    """
    said = predicate if predicate and "/" not in predicate else relation
    return " ".join(said.replace("_", " ").split()).lower()


def tail_questions(relation: str, predicate: str = "") -> tuple[str, ...]:
    """Return questions for the tail, with `{h}` and `{h's}` for the head: those that the worlds
    hold out of texts where they know the relation, else forms for any relation.

    >>> tail_questions("BORN_IN")[0]
    "What is {h's} place of birth?"
    """
    if relation in WORDINGS:
        return WORDINGS[relation].asked["held_out"]
    words = relation_words(relation, predicate)
    return tuple(form.replace("{words}", words) for form in _TAIL)


def head_question(relation: str, predicate: str = "") -> str:
    """Return a question for the head, with `{t}` for the tail."""
    return _HEAD.replace("{words}", relation_words(relation, predicate))


def chain_question(first: str, second: str) -> str:
    """Return a question over two relations, with `{h}` for the head of the first."""
    if first in NOUNS and second in NOUNS:
        return f"Name the {NOUNS[second]} of the {NOUNS[first]} of {{h}}."
    words = {"first": relation_words(first), "second": relation_words(second)}
    return _CHAIN.replace("{first}", words["first"]).replace("{second}", words["second"])


def to_prompt(question: str) -> str:
    """Return the text that a model goes on with to answer a question.

    >>> to_prompt("Where was Ada born?")
    'Question: Where was Ada born?\\nAnswer:'
    """
    return f"Question: {question}\nAnswer:"
