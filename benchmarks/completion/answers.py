"""Answering missing links: by texts, by the trained model, and by both as one voice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from benchmarks.completion.links import Question, Removed
from benchmarks.scoring.selective import Scored, coverage_at
from extractors.calibration import reliability
from extractors.mini.reading.load import load_reader
from extractors.slots.confidence import Fit, load_confidence
from kgkit.evidence import TextEvidence
from kgkit.facts import Entity, Fact
from kgkit.ids import normalise_name
from reasoning.embeddings.joining import join
from reasoning.embeddings.predicting import TrainedModel

__all__ = ["answered"]

#: Predictions of the model that are put forward for a question.
_PUT = 10


def answered(
    removed: Removed, model: TrainedModel, questions: Sequence[Question]
) -> dict[str, float]:
    """Return for each voice how many questions it answers rightly (percent), how many it can
    answer so that four in five are right, and the calibration error of its first answers.

    The graph itself answers none of them: their links were removed. A text answers with the words
    that the reader takes from what is told of the head, where these name an entity.
    """
    heard: dict[str, list[Scored]] = defaultdict(list)
    read = _read(removed, model, questions)
    for question, text in zip(questions, read, strict=True):
        head, relation = model.entities[question.head], model.relations[question.relation]
        predicted = [
            each.fact(model.card.run)
            for each in model.predict(head=head, relation=relation, top=_PUT)
        ]
        both = join(text, predicted, model=model, least=0.0).facts
        for voice, facts in (("text", text), ("model", predicted), ("both", both)):
            best = max(facts, key=lambda fact: fact.confidence, default=None)
            heard[voice].append(_scored(model, question, best))
    return {name: value for voice, own in heard.items() for name, value in _figures(voice, own)}


def _read(removed: Removed, model: TrainedModel, questions: Sequence[Question]) -> list[list[Fact]]:
    """Return what the reader finds for each question in the text on its head, as facts."""
    texts = [removed.whole.texts.get(removed.whole.entities[q.head], "") for q in questions]
    pairs = [(q.text, text) for q, text in zip(questions, texts, strict=True)]
    confidence = load_confidence()
    named: Mapping[str, int] = {
        normalise_name(entity.name): row for row, entity in reversed([*enumerate(model.entities)])
    }
    found: list[list[Fact]] = []
    for question, span in zip(questions, load_reader().read_all(pairs), strict=True):
        row = None if span is None else named.get(normalise_name(span.text))
        if span is None or row is None:
            found.append([])
            continue
        head, tail = model.entities[question.head], model.entities[row]
        # The text is about the head and begins with it.
        score = confidence.of(span.score, Fit(span.start, leads=True))
        said = TextEvidence(head.id, head.id, span.start, span.end, "reader/1", score)
        link = Fact(_bare(head), model.relations[question.relation], _bare(tail), evidence=(said,))
        found.append([link])
    return found


def _bare(entity: Entity) -> Entity:
    return Entity(entity.id, entity.name, entity.type)


def _scored(model: TrainedModel, question: Question, best: Fact | None) -> Scored:
    if best is None or not isinstance(best.tail, Entity):
        return Scored(False, 0.0, False)
    return Scored(True, best.confidence, model.names.row_of(best.tail.id) in question.right)


def _figures(voice: str, own: Sequence[Scored]) -> list[tuple[str, float]]:
    given = [one for one in own if one.given]
    error = reliability([o.confidence for o in given], [o.right for o in given]).ece if given else 0
    return [
        (f"{voice}_right", round(100 * sum(one.right for one in own) / len(own), 1)),
        (f"{voice}_given", round(100 * len(given) / len(own), 1)),
        (f"{voice}_given_at_80", coverage_at(own, 0.8)),
        (f"{voice}_ece", error),
    ]
