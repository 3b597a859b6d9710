"""Sentences in any wording held against the graph and its sources.

Names and values are found first: each must be joined to another one of the sentence by a fact,
or stand beside it in a sentence of a source. An extractor, where one is given, then says which
relation is claimed, so that a wrong one between the right two is found as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from extractors.base import Extractor
from extractors.chunks import split
from extractors.entigraph.generating.speaking import Speaker
from extractors.entigraph.grounding.known import Known
from extractors.entigraph.grounding.lexicon import Lexicon, Masked, key_of
from extractors.entigraph.grounding.verdict import Verdict
from extractors.entigraph.view import FactIndex, GraphView
from extractors.slots.english import base_form
from extractors.values import find_values
from kgkit.facts import Document, Fact

__all__ = ["FreeReader"]

_DENIED = re.compile(r"\b(?:not|never|neither|nor|without|nobody|nothing)\b|n't\b", re.IGNORECASE)
_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-Z][\w'-]+(?:\s(?:of|de|von|van|the)?\s?[A-Z][\w'-]+)+")
_EMPTY = frozenset(("be", "is", "was", "are", "were", "has", "have", "had", "the", "a", "an"))


class FreeReader:
    """Judges sentences in any wording.

    >>> from kgkit.facts import Entity
    >>> ada, paris = Entity.named("Ada", "Person"), Entity.named("Paris", "Location")
    >>> rome = Fact(Entity.named("Bo", "Person"), "BORN_IN", Entity.named("Rome", "Location"))
    >>> reader = FreeReader(GraphView.of([Fact(ada, "BORN_IN", paris), rome]))
    >>> [v.outcome for v in reader.judge(["Ada hails from Paris.", "Ada hails from Rome."])]
    ['supported', 'false']
    """

    def __init__(self, view: GraphView, extractor: Extractor | None = None) -> None:
        index = FactIndex.over(view)
        self._lexicon = Lexicon(index, aliases=True)
        self._known = Known(index, Speaker(index))
        self._extractor = extractor
        self._texts = "\n".join(document.text for document in view.documents)
        self._beside = self._together(view)
        self._denied = {
            (fact.head.id, key_of(fact.tail)) for fact in view.facts if not fact.is_asserted
        }
        self._relations: dict[frozenset[str], set[str]] = defaultdict(set)
        self._stated: dict[tuple[str, str], set[str]] = defaultdict(set)
        for fact in index.facts:
            self._relations[_words(fact.relation)].add(fact.relation)
            self._stated[fact.head.id, key_of(fact.tail)].add(fact.relation)

    def judge(self, sentences: Sequence[str]) -> list[Verdict]:
        """Return the verdict on each sentence, in order; they are read as one text."""
        claimed = self._claimed(sentences) if self._extractor is not None else {}
        return [self._one(each, claimed.get(n, [])) for n, each in enumerate(sentences)]

    def _one(self, sentence: str, claimed: Iterable[Fact]) -> Verdict:
        masked = self._lexicon.mask(sentence)
        slots = list({slot.text: slot for slot in masked.slots}.values())
        new = self._unknown(masked)
        if new:
            return Verdict(sentence, "false", 1, new)
        if len(slots) < 2:
            return Verdict(sentence, "unread" if slots else "empty")
        denied = _DENIED.search(sentence) is not None
        if denied and self._is_denied(masked):
            return Verdict(sentence, "supported", 1)
        alone = [
            slot.text
            for slot in slots
            if not any(self._go_together(slot.keys, o.keys) for o in slots if o is not slot)
        ]
        hard = [text for text in alone if not text[0].islower()]
        if hard or len(alone) == len(slots):
            return Verdict(sentence, "false", len(slots) - 1, " / ".join(hard or alone))
        if denied:
            return Verdict(sentence, "false", len(slots) - 1, "denied, and the graph says so")
        for fact in claimed:
            if fact.is_asserted and not self._may_hold(fact):
                return Verdict(sentence, "false", len(slots) - 1, str(fact))
        return Verdict(sentence, "supported", len(slots) - 1)

    def _unknown(self, masked: Masked) -> str:
        """Return a value or name that neither graph nor sources have, or ""."""
        rest = masked.text
        for value in find_values(rest):
            words = rest[value.start : value.end]
            new = "\0" not in words and words not in self._texts
            if new and any(c.isdigit() for c in words):
                return words
        for name in _NAME.finditer(rest):
            if name[0] not in self._texts:
                return name[0]
        return ""

    def _go_together(self, ones: Iterable[str], others: Iterable[str]) -> bool:
        ones, others = tuple(ones), tuple(others)
        if self._known.joins(ones, others):
            return True
        return any((one, other) in self._beside for one in ones for other in others)

    def _is_denied(self, masked: Masked) -> bool:
        keys = {key for slot in masked.slots for key in slot.keys}
        return any(head in keys and tail in keys for head, tail in self._denied)

    def _may_hold(self, fact: Fact) -> bool:
        """Return whether a claim with a relation of the graph holds; others may hold anyway."""
        relations = self._relations.get(_words(fact.relation))
        heads = self._keys(fact.head.name)
        tails = self._keys(_named(fact))
        if not relations or not heads or not tails:
            return True
        pairs = [(h, t) for h in heads for t in tails]
        stated = {r for pair in pairs for r in self._stated.get(pair, ())}
        turned = {r for h, t in pairs for r in self._stated.get((t, h), ())}
        if not stated and not turned:
            return True  # what joins them is not told as a fact of the graph
        return bool(relations & stated)

    def _keys(self, name: str) -> frozenset[str]:
        masked = self._lexicon.mask(name)
        return masked.slots[0].keys if masked.text == "\0" else frozenset()

    def _claimed(self, sentences: Sequence[str]) -> dict[int, list[Fact]]:
        """Return the facts that the extractor reads in each sentence, by its number."""
        assert self._extractor is not None
        text = "\n\n".join(sentences)
        starts: list[int] = []
        at = 0
        for sentence in sentences:
            starts.append(at)
            at += len(sentence) + 2
        document = Document("grounding:", text)
        found: dict[int, list[Fact]] = defaultdict(list)
        for fact in self._extractor.extract(document, split(document)).facts:
            for evidence in fact.evidence:
                start = getattr(evidence, "start", None)
                if start is not None:
                    number = sum(begin <= start for begin in starts) - 1
                    found[number].append(fact)
        return found

    def _together(self, view: GraphView) -> set[tuple[str, str]]:
        """Return the pairs that are named in one sentence of a source."""
        found: set[tuple[str, str]] = set()
        chunks = view.chunks or tuple(c for each in view.documents for c in split(each))
        for chunk in chunks:
            for start, end in chunk.sentences:
                text = chunk.text[start - chunk.start : end - chunk.start]
                keys = {k for slot in self._lexicon.mask(text).slots for k in slot.keys}
                found |= {(a, b) for a in keys for b in keys if a != b}
        return found


def _words(relation: str) -> frozenset[str]:
    """Return the words of a relation in their base form, without those that say little."""
    words = relation.lower().split("_")
    return frozenset(base_form(word) for word in words if word not in _EMPTY) or frozenset(words)


def _named(fact: Fact) -> str:
    return getattr(fact.tail, "name", "") or getattr(fact.tail, "text", "")
