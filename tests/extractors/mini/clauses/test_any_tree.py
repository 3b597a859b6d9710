"""Whatever tree the parser gives, clauses and facts come out, with spans inside the sentence."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.mini.clauses import clauses
from extractors.mini.clauses.tuples import open_tuples
from extractors.mini.extractor import read
from extractors.mini.syntax import Sentence, Span, Token
from kgkit.evidence import TextEvidence
from kgkit.facts import Chunk, Document

_WORDS = [
    "the",
    "who",
    "(",
    ")",
    ",",
    "Ida",
    "Rome",
    "1903",
    "one",
    "said",
    "was",
    "to",
    "by",
    "from",
    "not",
    "and",
    "number",
    "have",
    "if",
    "of",
    "%",
]
_UPOS = ["NOUN", "PROPN", "VERB", "AUX", "ADJ", "ADP", "PRON", "NUM", "DET", "PUNCT", "ADV", "SYM"]
_XPOS = ["NN", "NNP", "VBN", "VBG", "VB", "WP", "WDT", "IN", "TO", "POS", "PRP$", "CD", ","]
_RELATIONS = [
    *["nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod", "nmod:poss", "nmod:desc"],
    *["acl", "acl:relcl", "advcl", "advcl:relcl", "ccomp", "xcomp", "csubj", "conj", "cc", "cop"],
    *["aux", "aux:pass", "mark", "case", "det", "amod", "appos", "compound", "flat", "punct"],
    *["parataxis", "nummod", "expl", "advmod", "compound:prt", "nsubj:outer", "nmod:unmarked"],
]
_TYPES = ["Person", "Organization", "Location", "Time", "Number", "Misc"]


@st.composite
def sentences(draw: st.DrawFn) -> Sentence:
    size = draw(st.integers(1, 14))
    order = draw(st.permutations(range(size)))
    tokens: list[Token] = []
    heads = [-1] * size
    for place, index in enumerate(order[1:], 1):
        heads[index] = order[draw(st.integers(0, place - 1))]
    start = 0
    for index in range(size):
        word = draw(st.sampled_from(_WORDS))
        relation = "root" if heads[index] < 0 else draw(st.sampled_from(_RELATIONS))
        upos, xpos = draw(st.sampled_from(_UPOS)), draw(st.sampled_from(_XPOS))
        tokens.append(
            Token(start, start + len(word), word, word, upos, xpos, heads[index], relation)
        )
        start += len(word) + 1
    cuts = sorted(draw(st.sets(st.integers(0, size), max_size=6)))
    spans = tuple(
        Span(first, last, draw(st.sampled_from(_TYPES)), 0.5)
        for first, last in zip(cuts[::2], cuts[1::2], strict=False)
    )
    return Sentence(0, start - 1, tuple(tokens), spans)


@settings(max_examples=60, deadline=None)
@given(sentences())
def test_clauses_lie_within_the_sentence(sentence: Sentence) -> None:
    for clause in clauses(sentence):
        start, end = clause.extent(sentence)
        assert 0 <= start < end <= sentence.end
        assert 0.0 <= clause.score <= 1.0
        for each in (clause.subject, *clause.arguments):
            assert each.tokens
            assert list(each.tokens) == sorted(set(each.tokens))
    assert open_tuples(sentence) == open_tuples(sentence)


@settings(max_examples=60, deadline=None)
@given(sentences())
def test_facts_have_spans_and_are_sorted(sentence: Sentence) -> None:
    text = " ".join(token.text for token in sentence.tokens)
    document = Document("a.txt", text, "Ida")
    chunk = Chunk(document.id, 0, 0, len(text), text, ((0, len(text)),))
    found = read(document, [chunk], [sentence])
    assert [fact.id for fact in found.facts] == sorted({fact.id for fact in found.facts})
    for fact in found.facts:
        assert fact.relation
        assert fact.relation == fact.relation.upper()
        (evidence, *_) = fact.evidence
        assert isinstance(evidence, TextEvidence)
        assert 0 <= evidence.start < evidence.end <= len(text)
        assert round(evidence.score, 4) == evidence.score
    for mention in found.mentions:
        assert text[mention.start : mention.end] == mention.text
    assert found == read(document, [chunk], [sentence])
