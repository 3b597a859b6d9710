"""What a fact rests on, and how much confidence that gives.

Six kinds: a text, a model, a rule, a prediction, an import, a person. Confidence is computed
from the evidence and never set by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, ClassVar

from kgkit.ids import content_id

__all__ = [
    "Evidence",
    "ImportEvidence",
    "ModelEvidence",
    "PersonEvidence",
    "PredictionEvidence",
    "RuleEvidence",
    "TextEvidence",
    "combine",
    "evidence_id",
]


@dataclass(frozen=True, slots=True)
class TextEvidence:
    """A span of a document says so: `document.text[start:end]` is the clause.

    `score` in [0, 1] is the extractor's.
    """

    kind: ClassVar[str] = "text"
    document_id: str
    chunk_id: str
    start: int
    end: int
    extractor: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class ModelEvidence:
    """A language model believes so: `log_probabilities` in nats, one a prompt."""

    kind: ClassVar[str] = "model"
    model: str
    prompts: tuple[str, ...]
    log_probabilities: tuple[float, ...] = ()
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class RuleEvidence:
    """A rule derives it from premises, given by fact id."""

    kind: ClassVar[str] = "rule"
    rule: str
    premises: tuple[str, ...]
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class PredictionEvidence:
    """An embedding model predicts it; `run` names the training run."""

    kind: ClassVar[str] = "prediction"
    run: str
    score: float


@dataclass(frozen=True, slots=True)
class ImportEvidence:
    """A table, dump or graph file holds it, at `row`."""

    kind: ClassVar[str] = "import"
    source: str
    row: str = ""
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class PersonEvidence:
    """A person says so; `when` is an ISO 8601 date or empty."""

    kind: ClassVar[str] = "person"
    who: str
    when: str = ""
    score: float = 1.0


Evidence = (
    TextEvidence
    | ModelEvidence
    | RuleEvidence
    | PredictionEvidence
    | ImportEvidence
    | PersonEvidence
)

#: How far a source of each kind is trusted at most. A person's word and an import are taken at
#: their own score; extraction, belief and prediction are never certain.
_CEILING = {
    "person": 1.0,
    "import": 1.0,
    "rule": 1.0,
    "text": 0.98,
    "model": 0.95,
    "prediction": 0.9,
}


def _model(evidence: ModelEvidence) -> str:
    """Return the model; "model#run" names one of its harvests, and it is one source in all."""
    return evidence.model.partition("#")[0]


#: Which one it was, for each kind.
_SOURCE: dict[str, Callable[[Any], str]] = {
    "text": attrgetter("document_id"),
    "model": _model,
    "rule": attrgetter("rule"),
    "prediction": attrgetter("run"),
    "import": attrgetter("source"),
    "person": attrgetter("who"),
}


def evidence_id(evidence: Evidence) -> str:
    """Return the content hash of a piece of evidence (32 hex digits)."""
    parts = [getattr(evidence, name) for name in evidence.__slots__]
    return content_id("evidence", evidence.kind, *parts)


def combine(evidence: Iterable[Evidence]) -> float:
    """Return the confidence that this evidence gives together, in [0, 1], to 4 decimals.

    Noisy-or over independent sources (Pearl 1988, section 4.3.2): one source is one document,
    model, rule, run, import or person, and counts once, with its best score.

    >>> combine([PersonEvidence("Ada", score=0.5), PersonEvidence("Bob", score=0.5)])
    0.75
    """
    pieces = tuple(evidence)
    if len(pieces) == 1:  # most facts: called for each of them, and more than once
        return round(1.0 - (1.0 - min(pieces[0].score, _CEILING[pieces[0].kind])), 4)
    best: dict[tuple[str, str], float] = {}
    for piece in pieces:
        source = (piece.kind, _SOURCE[piece.kind](piece))
        best[source] = max(best.get(source, 0.0), min(piece.score, _CEILING[piece.kind]))
    doubt = 1.0
    for score in sorted(best.values()):
        doubt *= 1.0 - score
    return round(1.0 - doubt, 4)
