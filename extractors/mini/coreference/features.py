"""What speaks for and against a mention as the antecedent of a pronoun."""

from __future__ import annotations

import math
from collections.abc import Iterator

from extractors.mini.coreference.binding import binding
from extractors.mini.coreference.passage import Passage, Place
from extractors.mini.coreference.phrases import clauses_above, governor, head_of, role_of
from extractors.mini.coreference.salience import salience
from extractors.mini.syntax import Span

__all__ = ["features"]


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CASES = frozenset(
    {"by", "with", "of", "to", "for", "from", "in", "as", "like", "between", "after"}
)
_KIN = _listed(
    """
    wife husband son daughter father mother brother sister uncle aunt nephew niece cousin friend
    grandfather grandmother grandson granddaughter girlfriend boyfriend partner colleague rival
    mentor teacher student pupil widow lover assistant successor predecessor
    """
)


def features(
    passage: Passage, pronoun: Place, number: int, mention: tuple[int, Span]
) -> dict[str, float]:
    """Return the features by name, without zeros, of a mention of person `number`.

    They describe distance and order, grammatical roles and their parallels (Hobbs 1978; Lappin
    and Leass 1994), binding within a sentence, and how salient the person is in the passage.
    """
    found: dict[str, float] = {}
    found |= _distance(passage, pronoun, number, mention)
    found |= _roles(passage, pronoun, mention)
    found |= _words(passage, pronoun, mention)
    found |= salience(passage, pronoun, number, mention)
    if mention[0] == pronoun[0]:
        found |= binding(passage, pronoun, mention[1])
    return {name: float(value) for name, value in found.items() if value}


def _distance(
    passage: Passage, pronoun: Place, number: int, mention: tuple[int, Span]
) -> Iterator[tuple[str, float]]:
    place = mention[0], mention[1].first
    after, gap = place > pronoun, pronoun[0] - place[0]
    words = passage.starts[pronoun[0]] + pronoun[1] - passage.starts[place[0]] - place[1]
    low, high = sorted((pronoun, place))
    between = {n for i, j, n in passage.order if low < (i, j) < high and n != number}
    yield "after", after
    yield "after_later", gap < 0
    yield "same_sentence", gap == 0 and not after
    yield "one_before", gap == 1
    yield "two_before", gap == 2
    yield "more_before", gap > 2
    yield f"words{'_after' * after}", math.log1p(abs(words)) / 5
    yield f"people_between{'_after' * after}", min(len(between), 5) / 5
    yield "nearest", not between and not after
    earlier = any(i == place[0] and j < place[1] and n != number for i, j, n in passage.order)
    yield "first_in_sentence", not earlier
    yield "first_person", passage.order[0][2] == number
    yield "in_first", place[0] == 0


def _roles(
    passage: Passage, pronoun: Place, mention: tuple[int, Span]
) -> Iterator[tuple[str, float]]:
    (s, p), (c, span) = pronoun, mention
    sentence, other = passage.sentences[s], passage.sentences[c]
    head = head_of(other, span.first, span.last)
    mine, theirs = _role(sentence.tokens[p].deprel), _role(role_of(other, head))
    after, gap = (c, span.first) > pronoun, s - c
    low, high = sorted((pronoun, (c, span.first)))
    near = not after and sum(low < (i, j) < high for i, j, _ in passage.order) == 0
    both = f"p_{mine}+c_{theirs}"
    yield f"c_{theirs}", 1.0
    yield both, 1.0
    yield f"{both}+same", gap == 0 and not after
    yield f"{both}+one", gap == 1
    yield f"p_{mine}+after", after
    yield f"p_{mine}+near", near
    depth = sum(1 for _ in clauses_above(other, head))
    depths = depth, sum(1 for _ in clauses_above(sentence, p))
    yield "depth", min(depth, 4) / 4
    main = theirs == "subj" and depth <= 1
    parallel = main and mine == "subj" and max(depths) <= 1
    yield "main_subject", main
    yield "main_subject+main_pronoun", parallel
    yield "main_subject+one", main and gap == 1
    yield "main_subject+main_pronoun+one", parallel and gap == 1
    yield "pronoun_first", p <= 1
    yield "pronoun_first+one+subj", p <= 1 and gap == 1 and theirs == "subj"
    yield "pronoun_first+one+other", p <= 1 and gap == 1 and theirs != "subj"
    yield "pronoun_first+after", p <= 2 and after


def _words(
    passage: Passage, pronoun: Place, mention: tuple[int, Span]
) -> Iterator[tuple[str, float]]:
    (s, p), (c, span) = pronoun, mention
    tokens = passage.sentences[c].tokens
    head = head_of(passage.sentences[c], span.first, span.last)
    top = governor(passage.sentences[c], head)
    kind = tokens[head].deprel
    yield "listed", head != top and kind == "conj"
    yield "appos", kind == "appos"
    yield "compound", kind == "compound"
    below = passage.children[c]
    case = next((tokens[i].text.lower() for i in below[top] if tokens[i].deprel == "case"), "")
    yield f"case_{case}", case in _CASES
    yield f"case_{case}+same", case in _CASES and c == s
    owner = tokens[top].head
    yield "owned_by_kin", owner >= 0 and tokens[owner].lemma.lower() in _KIN
    before = tokens[span.first - 1].text.lower() if span.first else ""
    yield (
        "is_kin",
        before in _KIN
        or (owner != tokens[head].head >= 0 and tokens[tokens[head].head].lemma.lower() in _KIN),
    )
    kids = {tokens[i].deprel for i in below[head]}
    yield "has_relative", "acl:relcl" in kids
    yield "has_appos", "appos" in kids
    yield "long_mention", span.last - span.first > 1
    yield "no_person", span.type != "Person"
    word = passage.sentences[s].tokens[p]
    if word.deprel == "nmod:poss" and word.head >= 0:
        noun = passage.sentences[s].tokens[word.head].lemma.lower()
        yield "kin_noun", noun in _KIN
        yield "kin_noun+after", noun in _KIN and (c, span.first) > pronoun


def _role(deprel: str) -> str:
    kind = deprel.partition(":")[0]
    if kind == "nsubj":
        return "pass" if deprel == "nsubj:pass" else "subj"
    if deprel in ("obl:agent", "nmod:poss"):
        return deprel.replace(":", "_")
    if kind in ("obj", "iobj"):
        return "obj"
    return kind if kind in ("obl", "nmod", "root") else "other"
