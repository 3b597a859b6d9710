"""Citations, each checked against the document before it is given."""

from __future__ import annotations

from collections.abc import Sequence

from kgkit.evidence import ImportEvidence, PersonEvidence, TextEvidence
from kgkit.facts import Chunk, Document, Entity, Fact, Literal, Mention
from kgkit.ids import normalise_name
from reasoning.answers.answer import Citation
from reasoning.answers.literals import written
from reasoning.answers.view import FactView

__all__ = ["cite_fact", "cite_sentence", "numbered", "proved", "supports"]

_TRIED, _SENTENCES = 6, 3


def cite_fact(fact: Fact, view: FactView) -> Citation | None:
    """Return a checked citation of the fact from its surest text evidence, None where none holds.

    Checked: the evidence's span lies inside sentences of its chunk; these are there in the
    document; they name the head or the tail, by its own words or by a mention that stands for it
    ("he"); and they say the fact (`proved`). A fact that no text holds is cited by the table or the
    person it comes from, without a quote. Raises `ModelError` where the weights of the built-in
    parser are missing or damaged.
    """
    pieces = [piece for piece in fact.evidence if isinstance(piece, TextEvidence)]
    pieces.sort(key=lambda p: (-p.score, p.document_id, p.start))
    pieces = pieces[:_TRIED]
    chunks = view.chunks([piece.chunk_id for piece in pieces])
    documents = view.documents([piece.document_id for piece in pieces])
    for piece in pieces:
        chunk, document = chunks.get(piece.chunk_id), documents.get(piece.document_id)
        if chunk is None or document is None:
            continue
        span = _sentences_around(chunk, piece.start, piece.end)
        if span is None:
            continue
        quote = document.text[span[0] : span[1]]
        citation = Citation(0, document.uri, document.title, *span, quote, str(fact))
        mentions = view.mentions_in([chunk.id])
        if not supports(citation, fact, piece, document, mentions):
            continue
        if proved(citation, fact, document, mentions):
            return citation
    return _cite_source(fact)


def proved(citation: Citation, fact: Fact, document: Document, mentions: Sequence[Mention]) -> bool:
    """Return whether the quote says the fact (`reasoning.citations.check`).

    What only several sentences say together is taken at the extractor's word where both ends are
    named and nothing denies it. Raises `ModelError` where the parser's weights are missing.
    """
    # Checking rests on the smaller parts of this package, so it is not imported with it.
    from extractors.sentences import sentences
    from reasoning.citations import check

    verdict = check(fact, citation, document, mentions)
    return verdict.held or (verdict.fault == "relation" and len(sentences(citation.quote)) > 1)


def _cite_source(fact: Fact) -> Citation | None:
    """Return a citation of the table or person a fact comes from: there is no text to quote."""
    for piece in fact.evidence:
        if isinstance(piece, ImportEvidence):
            uri = f"{piece.source}#{piece.row}" if piece.row else piece.source
            return Citation(0, uri, "", 0, 0, "", str(fact))
        if isinstance(piece, PersonEvidence):
            return Citation(0, piece.who, "", 0, 0, "", str(fact))
    return None


def cite_sentence(
    document: Document, start: int, end: int, needed: Sequence[str] = ()
) -> Citation | None:
    """Return a citation of the sentence [start, end), None where the document has no such span or
    it lacks one of the `needed` texts."""
    quote = document.text[start:end]
    if not quote.strip() or end > len(document.text) or any(text not in quote for text in needed):
        return None
    return Citation(0, document.uri, document.title, start, end, quote)


def supports(
    citation: Citation,
    fact: Fact,
    piece: TextEvidence,
    document: Document,
    mentions: Sequence[Mention],
) -> bool:
    """Return whether the citation holds: quoted exactly, around the evidence, naming an end."""
    exact = (
        0 <= citation.start < citation.end <= len(document.text)
        and document.text[citation.start : citation.end] == citation.quote
        and document.uri == citation.document_uri
    )
    around = citation.start <= piece.start < piece.end <= citation.end
    return exact and around and _names(citation, (fact.head, fact.tail), mentions)


def numbered(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """Return the citations once each, numbered from 1; facts of one sentence are joined."""
    facts: dict[tuple[str, int, int], list[str]] = {}
    first: dict[tuple[str, int, int], Citation] = {}
    for citation in citations:
        key = (citation.document_uri, citation.start, citation.end)
        first.setdefault(key, citation)
        held = facts.setdefault(key, [])
        if citation.fact and citation.fact not in held:
            held.append(citation.fact)
    return tuple(
        Citation(i, c.document_uri, c.title, c.start, c.end, c.quote, "; ".join(facts[key]) or None)
        for i, (key, c) in enumerate(first.items(), start=1)
    )


def _sentences_around(chunk: Chunk, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the sentences, three at most, that hold [start, end)."""
    held = [s for s in chunk.sentences if s[0] < end and start < s[1]]
    if not held or len(held) > _SENTENCES or start < held[0][0] or held[-1][1] < end:
        return None
    return held[0][0], held[-1][1]


def _names(
    citation: Citation, ends: Sequence[Entity | Literal], mentions: Sequence[Mention]
) -> bool:
    plain = normalise_name(citation.quote)
    inside = {m.entity.id for m in mentions if citation.start <= m.start and m.end <= citation.end}
    for end in ends:
        if isinstance(end, Entity):
            forms = [normalise_name(name) for name in (end.name, *end.aliases)]
            if end.id in inside or any(form and form in plain for form in forms):
                return True
        elif normalise_name(written(end)) in plain:
            return True
    return False
