"""Small parsed sentences for the tests of coreference."""

from __future__ import annotations

from extractors.mini.syntax import Sentence, Span, Token

__all__ = ["sentence"]


def sentence(*words: str, spans: tuple[tuple[int, int, str], ...] = ()) -> Sentence:
    """Return a sentence of words "text/UPOS/head/deprel", and spans (first, last, type)."""
    tokens, at = [], 0
    for word in words:
        text, upos, head, deprel = word.split("/")
        xpos = {"NOUN": "NN", "PROPN": "NNP"}.get(upos, upos)
        lemma = text if upos == "PROPN" else text.lower()
        tokens.append(Token(at, at + len(text), text, lemma, upos, xpos, int(head), deprel))
        at += len(text) + 1
    found = tuple(Span(first, last, kind, 0.9) for first, last, kind in spans)
    return Sentence(0, at - 1, tuple(tokens), found)
