"""The sentences that tell most about a community: central ones that do not repeat each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from kgkit.evidence import TextEvidence
from kgkit.facts import Chunk, Entity
from reasoning.themes.communities import Community

__all__ = ["Told", "best_sentences"]

#: What an entity, a fact still adds once a chosen sentence has told of it.
_AGAIN = 0.1
#: Chunks that are read for one community: those that tell of its most central entities.
_READ = 60
#: Characters from which on a sentence is long, and costs by its length.
_LONG = 160
#: What a sentence is worth that begins with a word for something named before.
_UNCLEAR = 0.3
_PRONOUNS = frozenset(
    ("he", "she", "it", "they", "his", "her", "its", "their", "this", "that", "these", "those")
)


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, [start, end) in document characters, and the ids of the facts it tells."""

    document_id: str
    start: int
    end: int
    text: str
    facts: tuple[str, ...]


def best_sentences(
    community: Community, chunks: Callable[[Collection[str]], Mapping[str, Chunk]], count: int
) -> list[Told]:
    """Return up to `count` sentences in the order in which they are chosen.

    Each next one is that whose facts add most: the ranks of the entities that no chosen sentence
    has told of (and a tenth of the others'), less for long sentences and for those that begin
    with a pronoun. This is greedy coverage
    (Lin and Bilmes, "A class of submodular functions for document summarization", 2011).
    `chunks` gives the chunks of ids.
    """
    ends = {f.id: (f.head.id, _tail(f.tail)) for f in community.facts}
    sentences = _sentences(community, ends, chunks)
    chosen: list[Told] = []
    known: set[str] = set()
    while sentences and len(chosen) < count:

        def gain(told: Told) -> float:
            own = {id for fact in told.facts for id in ends[fact]}
            worth = sum(
                community.ranks[id] * (_AGAIN if id in known else 1.0) for id in sorted(own)
            )
            worth *= _UNCLEAR if told.text.split()[0].lower() in _PRONOUNS else 1.0
            return round(worth / max(1.0, (told.end - told.start) / _LONG), 9)

        best = min(sentences, key=lambda told: (-gain(told), told.document_id, told.start))
        chosen.append(best)
        sentences.remove(best)
        known.update(id for fact in best.facts for id in ends[fact])
    return chosen


def _tail(tail: object) -> str:
    return tail.id if isinstance(tail, Entity) else ""


def _sentences(
    community: Community,
    ends: Mapping[str, tuple[str, str]],
    chunks: Callable[[Collection[str]], Mapping[str, Chunk]],
) -> list[Told]:
    """Return the sentences that are evidence of the community's facts, in order of place."""
    said: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    worth: dict[str, float] = defaultdict(float)
    for fact in community.facts:
        for evidence in fact.evidence:
            if isinstance(evidence, TextEvidence):
                said[evidence.chunk_id].append((evidence.start, evidence.end, fact.id))
                worth[evidence.chunk_id] += sum(community.ranks[id] for id in ends[fact.id])
    most = sorted(said, key=lambda id: (-round(worth[id], 9), id))[:_READ]
    found: dict[tuple[str, int], Told] = {}
    for id, chunk in sorted(chunks(most).items()):
        for start, end in chunk.sentences:
            facts = sorted({f for a, b, f in said[id] if start <= a and b <= end})
            if facts:
                text = chunk.text[start - chunk.start : end - chunk.start]
                told = Told(chunk.document_id, start, end, text, tuple(facts))
                found[chunk.document_id, start] = told
    return [found[place] for place in sorted(found)]
