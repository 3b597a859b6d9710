"""Predicted links as a voice of retrieval: does the passage on the answer come up earlier?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from benchmarks.completion.links import Question, Removed
from extractors.chunks import split
from kgkit.facts import Document
from kgkit.models.encoder import load_encoder
from reasoning.embeddings.predicting import TrainedModel
from reasoning.retrieval import Passage, RetrievalIndex, build_index, encode_chunk, retrieve

__all__ = ["WEIGHTS", "passages_found"]

#: By how much a certain prediction may raise a passage's score; 0 is retrieval as it is.
WEIGHTS = (0.0, 2.0, 4.0, 8.0, 16.0)
#: Characters of a text that its passage holds at most.
_LONGEST = 600
#: Passages that are ranked anew, and predictions that may raise one.
_DEPTH, _PUT = 100, 20


def passages_found(
    removed: Removed,
    model: TrainedModel,
    tuning: Sequence[Question],
    questions: Sequence[Question],
) -> dict[str, float]:
    """Return recall@5, in percent, of the passages on the right answers, with and without the
    predicted links; the weight is chosen on other questions (`tuning`).

    The question's relation and head are given to the model as rows, so this is what the voice is
    worth where they are linked without an error.
    """
    index = _indexed(removed)
    # For tuning, validation facts are what is missing.
    known = removed.whole.known()
    before = TrainedModel(model.embedding, model.names, known, model.calibrator, model.card)
    heard = {
        "tuning": _ranked(index, before, tuning),
        "asked": _ranked(index, model, questions),
    }
    recalls = [_recall(heard["tuning"], tuning, weight) for weight in WEIGHTS]
    best = WEIGHTS[int(np.argmax(recalls))]
    return {
        "passages": float(len(index.passages)),
        "recall_5": _recall(heard["asked"], questions, 0.0),
        "recall_5_with_model": _recall(heard["asked"], questions, best),
        "recall_5_tuning": recalls[0],
        "recall_5_tuning_with_model": max(recalls),
        "weight": best,
    }


_Heard = tuple[Mapping[int, float], Mapping[int, float]]


def _ranked(
    index: RetrievalIndex, model: TrainedModel, questions: Sequence[Question]
) -> list[_Heard]:
    """Return for each question the scores of passages, and the predicted probabilities, by row."""
    encoder = load_encoder("mini")
    found: list[_Heard] = []
    for question in questions:
        hits = retrieve(index, question.text, encoder=encoder, k=_DEPTH)
        head, relation = model.entities[question.head], model.relations[question.relation]
        predicted = model.predict(head=head, relation=relation, top=_PUT)
        rows = {model.names.row_of(each.tail.id): each.probability for each in predicted}
        found.append(
            ({int(hit.chunk_id): hit.score for hit in hits}, {r: p for r, p in rows.items() if r})
        )
    return found


def _recall(heard: Sequence[_Heard], questions: Sequence[Question], weight: float) -> float:
    """Return the share, in percent, of right answers whose passage is among the first five."""
    shares = []
    for (scores, predicted), question in zip(heard, questions, strict=True):
        least = min(scores.values())
        raised = {row: score + weight * predicted.get(row, 0.0) for row, score in scores.items()}
        if weight:
            for row, probability in predicted.items():
                raised.setdefault(row, least + weight * probability)
        first = sorted(raised, key=lambda row: (-raised[row], row))[:5]
        shares.append(len(question.right.intersection(first)) / min(5, len(question.right)))
    return round(100 * sum(shares) / len(shares), 1)


def _indexed(removed: Removed) -> RetrievalIndex:
    """Return the index of one passage an entity: the beginning of what is told of it."""
    encoder, triples = load_encoder("mini"), removed.whole
    passages, wholes, parts = [], [], []
    for row, entity in enumerate(triples.entities):
        name = triples.names.get(entity, entity)
        text = triples.texts.get(entity, "")[:_LONGEST] or name
        document = Document(str(row), text, name)
        chunk = split(document)[0]
        whole, sentences = encode_chunk(encoder, chunk, document)
        passages.append(Passage(str(row), str(row), name, chunk.text, chunk.start, chunk.sentences))
        wholes.append(whole)
        parts.append(sentences)
    return build_index(
        passages, passage_vectors=np.stack(wholes), sentence_vectors=np.concatenate(parts)
    )
