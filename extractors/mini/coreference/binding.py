"""What the tree of one sentence says of a pronoun and a name in it: binding and control."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.mini.clauses.lexicon import SAYING
from extractors.mini.coreference.passage import Passage, Place
from extractors.mini.coreference.phrases import (
    clauses_above,
    governor,
    head_of,
    inside,
    predicate_of,
    subject_of,
)
from extractors.mini.syntax import Span

__all__ = ["binding"]

_NAMED = frozenset({"appos", "flat", "compound"})


def binding(passage: Passage, pronoun: Place, span: Span) -> Iterator[tuple[str, float]]:
    """Yield features of a name in the sentence of a pronoun: is it an argument beside it (then
    not meant), the subject of its clause or of one above, in the phrase that it owns?"""
    s, p = pronoun
    sentence, below = passage.sentences[s], passage.children[s]
    tokens = sentence.tokens
    head = head_of(sentence, span.first, span.last)
    top = governor(sentence, head)
    clauses = list(clauses_above(sentence, p))
    mine = list(clauses_above(sentence, head))
    own, owner = predicate_of(sentence, p), mine[0] if mine else -1
    possessive = tokens[p].deprel == "nmod:poss"
    subject_like = tokens[top].deprel == "nsubj"
    kind = "poss" if possessive else "bare"
    stem = governor(sentence, p)
    direct = tokens[stem].head == tokens[top].head or (
        predicate_of(sentence, stem) == predicate_of(sentence, top) == own
    )
    yield f"clause_mates+{kind}", owner == own >= 0
    yield f"co_arguments+{kind}", direct and not inside(sentence, p, top)
    for k, clause in enumerate(clauses[:4]):
        subject = subject_of(sentence, clause, below)
        if subject < 0 or subject == p:
            continue
        equal, level = subject in (head, top), f"{min(k, 2)}+{kind}"
        yield f"subject_{level}", equal
        yield f"in_subject_{level}", not equal and inside(sentence, head, subject)
        if equal:
            yield f"subject_above_{tokens[clauses[k - 1]].deprel.partition(':')[0]}", k > 0
            yield "subject_of_saying", k > 0 and tokens[clause].lemma.lower() in SAYING
            break
    yield f"in_phrase_of+{kind}", inside(sentence, p, top) and span.first < p
    noun = tokens[p].head
    if possessive and noun >= 0 and inside(sentence, head, noun):
        yield "in_own_phrase", 1.0
        yield "own_phrase", noun in (head, top) or tokens[head].deprel in _NAMED
    above = owner in clauses[1:]
    yield f"lower_clause+{kind}", own in mine[1:]
    yield f"higher_clause+{kind}", above
    yield "after_higher", above and span.first > p
    yield "after_higher_subject", above and span.first > p and subject_like
    joined = own >= 0 and tokens[own].deprel == "conj" and tokens[own].head == owner
    yield "coordinated", joined
    yield "coordinated_subject", joined and subject_like
    modifies = {tokens[c].deprel for c in clauses if tokens[c].head in (head, top)}
    yield "relative_of", "acl:relcl" in modifies
    yield "clause_of", "acl" in modifies
    yield "list_mate", stem == top
