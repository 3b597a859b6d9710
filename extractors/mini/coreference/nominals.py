""" "The film", "the company": bare definite nouns that mean what was said to be one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.mini.coreference.phrases import head_of
from extractors.mini.coreference.question import REACH, Mention
from extractors.mini.syntax import Sentence, Span

__all__ = ["nominals"]

_KINDS = frozenset({"Organization", "Location", "Misc"})
_LIKELY = 0.9


def nominals(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int, Mention, float]]:
    """Yield (sentence, token, mention, probability) for definite nouns that mean a name.

    The noun stands alone ("the film", "this river"), and of the names in its own sentence before
    it and in the four before, exactly one was called so: by a copula, an apposition, the noun
    beside it, or its own last word. People are left to pronouns.
    """
    called = [list(_called(sentence)) for sentence in sentences]
    for i, sentence in enumerate(sentences):
        for j in range(len(sentence.tokens)):
            if not _bare(sentence, j):
                continue
            noun = sentence.tokens[j].lemma.lower()
            found = [
                (k, span)
                for k in range(max(0, i - REACH), i + 1)
                for span, names in called[k]
                if noun in names and (k < i or span.last <= j)
            ]
            if len({_name(sentences[k], span) for k, span in found}) == 1:
                yield i, j, found[-1], _LIKELY


def _called(sentence: Sentence) -> Iterator[tuple[Span, set[str]]]:
    """The names of a sentence with the nouns that they are called."""
    tokens = sentence.tokens
    for span in sentence.spans:
        if span.type not in _KINDS:
            continue
        head = head_of(sentence, span.first, span.last)
        nouns = {tokens[span.last - 1].text.lower()} if span.last - span.first > 1 else set()
        nouns |= {
            token.lemma.lower()
            for i, token in enumerate(tokens)
            if token.upos == "NOUN" and not span.first <= i < span.last
            if (token.head == head and token.deprel in ("appos", "compound"))
            or (tokens[head].head == i and _calls(sentence, head, i))
        }
        yield span, nouns


def _calls(sentence: Sentence, name: int, noun: int) -> bool:
    """Whether "X is a noun", or "the noun X"."""
    deprel = sentence.tokens[name].deprel
    if deprel == "nsubj":
        return any(t.head == noun and t.deprel == "cop" for t in sentence.tokens)
    return deprel == "appos" and abs(name - noun) <= 4


def _bare(sentence: Sentence, noun: int) -> bool:
    token = sentence.tokens[noun]
    if token.xpos != "NN" or token.deprel in ("compound", "appos") or sentence.span_at(noun):
        return False
    if noun == 0 or sentence.tokens[noun - 1].text.lower() not in ("the", "this"):
        return False
    beside = [t for t in sentence.tokens if t.head == noun]
    return all(t.deprel in ("det", "case", "punct") for t in beside)


def _name(sentence: Sentence, span: Span) -> str:
    return " ".join(t.text.lower() for t in sentence.tokens[span.first : span.last])
