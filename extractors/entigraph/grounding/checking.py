"""Texts held against the graph, sentence by sentence."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.entigraph.generating.speaking import Speaker
from extractors.entigraph.grounding.known import Known
from extractors.entigraph.grounding.lexicon import Lexicon, Masked
from extractors.entigraph.grounding.matching import Claim, Matcher
from extractors.entigraph.grounding.verdict import Verdict
from extractors.entigraph.text import Text
from extractors.entigraph.view import FactIndex, GraphView
from extractors.entigraph.wording.grammar import grammar

if TYPE_CHECKING:
    from extractors.entigraph.grounding.free import FreeReader

__all__ = ["Grounder", "GroundingReport"]

_STOP = re.compile(r"(?<=[.?!])\s+")
_ANSWERS = re.compile(r"(?:among others, )?\0(?:, \0)*(?: and \0)?\.?\Z", re.IGNORECASE)
#: In so many ways names that may be common words are tried as words.
_VARIANTS = 24


@dataclass(frozen=True, slots=True)
class GroundingReport:
    """How many sentences and claims were looked at, and what was found of them.

    `false_rate` is the share of sentences with claims that claim something not known; sentences
    that could not be read are counted apart. `failed` lists the false ones.
    """

    sentences: int
    claims: int
    supported: int
    false: int
    unread: int
    failed: tuple[tuple[str, Verdict], ...] = ()

    @property
    def false_rate(self) -> float:
        """The share of judged sentences that are false, 0 to 1."""
        judged = self.supported + self.false
        return self.false / judged if judged else 0.0

    def __str__(self) -> str:
        return (
            f"{self.sentences:,} sentences, {self.claims:,} claims: {self.supported:,} supported, "
            f"{self.false:,} false ({100 * self.false_rate:.2f} %), {self.unread:,} not read"
        )


class Grounder:
    """Judges the sentences of texts about a graph.

    Sentences of the offline grammar are read exactly. Others, and those that are false by it, go
    to `free` where one is given (`extractors.entigraph.grounding.free.FreeReader`): for texts of
    a model, which may use the grammar's words for another relation. Without, they are "unread".

    >>> from kgkit.facts import Entity, Fact
    >>> ada, paris = Entity.named("Ada", "Person"), Entity.named("Paris", "Location")
    >>> grounder = Grounder(GraphView.of([Fact(ada, "BORN_IN", paris)]))
    >>> [v.outcome for v in grounder.judge("Ada was born in Paris. Paris was born in Ada.")]
    ['supported', 'false']
    """

    def __init__(self, view: GraphView, *, free: FreeReader | None = None) -> None:
        index = FactIndex.over(view)
        speaker = Speaker(index)
        self._lexicon = Lexicon(index)
        self._matcher = Matcher(speaker, Known(index, speaker))
        self._free = free

    def judge(self, text: str) -> list[Verdict]:
        """Return the verdict on each sentence of a text, in order."""
        return list(self._judge(text))

    def report(self, texts: Iterable[Text]) -> GroundingReport:
        """Return what is found of all sentences of texts."""
        sentences = claims = supported = unread = 0
        failed = []
        for text in texts:
            for verdict in self._judge(text.text):
                sentences += 1
                claims += verdict.claims
                supported += verdict.outcome == "supported"
                unread += verdict.outcome == "unread"
                if verdict.outcome == "false":
                    failed.append((text.id, verdict))
        return GroundingReport(sentences, claims, supported, len(failed), unread, tuple(failed))

    def _judge(self, text: str) -> Iterator[Verdict]:
        asked: Masked | None = None
        turns = grammar().turns
        leads = tuple(lead for lead, _ in turns.values())
        replies = tuple(reply for _, reply in turns.values())
        unread: list[str] = []
        for line in text.split("\n"):
            lead = next((each for each in leads if line.startswith(each)), "")
            if lead:
                asked = self._lexicon.mask(line[len(lead) :])
                continue
            reply = next((each for each in replies if line.startswith(each)), "")
            masked = self._lexicon.mask(line[len(reply) :])
            if reply and asked is not None:
                verdict = self._answer(asked, masked)
                asked = None
                if verdict is not None:
                    yield verdict
                    continue
            for sentence in _sentences(masked):
                verdict = self._sentence(sentence)
                # What the grammar has for one relation, a free text may say of another.
                if verdict.outcome == "unread" or (verdict.outcome == "false" and self._free):
                    unread.append(verdict.sentence)
                else:
                    yield verdict
        if unread and self._free is not None:
            yield from self._free.judge(unread)
        else:
            yield from (Verdict(sentence, "unread") for sentence in unread)

    def _answer(self, asked: Masked, given: Masked) -> Verdict | None:
        """Return what is found of a bare answer, or None where it is a sentence."""
        if not _ANSWERS.match(given.text):
            return None
        for question in self._variants(asked):
            senses = self._matcher.question(question.text)
            if senses and len(question.slots) == 1:
                claims = self._matcher.answers(senses, question.slots[0], given.slots)
                return _verdict(_shown(given), claims)
        return Verdict(f"{_shown(asked)} {_shown(given)}", "unread")

    def _sentence(self, sentence: Masked) -> Verdict:
        """Return the best that can be found of a sentence, however its words are taken."""
        shown = _shown(sentence)
        found = Verdict(shown, "unread")
        for variant in self._variants(sentence):
            if self._matcher.is_silent(variant.text):
                return Verdict(shown, "empty")
            claims = self._matcher.read(variant.text, variant.slots)
            if claims is None:
                continue
            verdict = _verdict(shown, claims)
            if verdict.outcome == "supported":
                return verdict
            found = verdict if found.outcome == "unread" else found
        return found

    def _variants(self, masked: Masked) -> Iterator[Masked]:
        """Yield a text as masked, then with names that begin with a common word as words."""
        yield masked
        if not any(slot.soft for slot in masked.slots):
            return
        shown = _shown(masked)
        queue: deque[frozenset[int]] = deque([frozenset()])
        seen = set(queue)
        for _ in range(_VARIANTS):
            if not queue:
                return
            without = queue.popleft()
            variant = self._lexicon.mask(shown, without)
            if without:
                yield variant
            for slot, start in zip(variant.slots, variant.starts, strict=True):
                more = without | {start}
                if slot.soft and more not in seen:
                    seen.add(more)
                    queue.append(more)


def _verdict(sentence: str, claims: Sequence[Claim]) -> Verdict:
    failed = next((claim.text for claim in claims if not claim.known), "")
    return Verdict(sentence, "false" if failed else "supported", len(claims), failed)


def _sentences(masked: Masked) -> Iterator[Masked]:
    at = 0
    for part in _STOP.split(masked.text):
        count = part.count("\0")
        if part.strip():
            yield Masked(part, masked.slots[at : at + count])
        at += count


def _shown(masked: Masked) -> str:
    """Return a masked text with its names in place."""
    first, *rest = masked.text.split("\0")
    named = (slot.text + after for slot, after in zip(masked.slots, rest, strict=True))
    return (first + "".join(named)).strip()
