"""What a trained model holds for likely where the graph has no answer to a question.

One more voice in answering, and a modest one: a refusal stays a refusal, and says besides which
links a model would expect. A relation is asked about if the question says all of its words, by
their roots ("born" for `BIRTH_PLACE`), and an entity if the question names it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.slots.questions import words_of
from reasoning.answers.answer import Answer
from reasoning.answers.names import Name, link
from reasoning.answers.view import FactView
from reasoning.answers.words import LIGHT, roots
from reasoning.embeddings.predicting.prediction import Prediction
from reasoning.embeddings.predicting.trained import TrainedModel

__all__ = ["likely_links", "told"]

#: Words of questions and relations that name no relation by themselves.
_ASKING = LIGHT | {"place", "date"}


def likely_links(
    question: str, model: TrainedModel, view: FactView, *, least: float = 0.5, top: int = 3
) -> list[Prediction]:
    """Return the links that a question asks for and a model expects, the most probable first.

    At most `top`, each with a probability of `least` or more; none where the question says no
    relation of the model, or names nothing that the model knows.
    """
    names, _ = link(question, view)
    rows = {model.names.row_of(entity.id) for name in names for entity in name.entities}
    entities = [model.entities[row] for row in sorted(row for row in rows if row is not None)]
    found: list[Prediction] = []
    for relation in _said(question, names, model.relations):
        for entity in entities:
            found += model.predict(head=entity, relation=relation, top=top)
            found += model.predict(tail=entity, relation=relation, top=top)
    likely = [each for each in found if each.probability >= least]
    return sorted(likely, key=lambda each: (-each.probability, str(each)))[:top]


def told(answer: Answer, links: Sequence[Prediction]) -> Answer:
    """Return a refusal that also tells the links that a model expects; answers stay as they are."""
    if answer.missing is None or not links:
        return answer
    listed = ", ".join(
        f"({each.head.name})-[{each.relation}]->({each.tail.name}) {each.probability:.2f}"
        for each in links
    )
    detail = f"{answer.missing.detail} A trained model expects, without a source: {listed}."
    return replace(answer, missing=replace(answer.missing, detail=detail))


def _said(question: str, names: Sequence[Name], relations: Sequence[str]) -> list[str]:
    """Return the relations all of whose words a question says beside its names, those with the
    most words alone."""
    rest = question
    for name in sorted(names, key=lambda each: -each.start):
        rest = rest[: name.start] + rest[name.end :]
    heard = set(roots(rest))
    counts: dict[str, int] = {}
    for relation in relations:
        own = {root for word in words_of(relation) if word not in _ASKING for root in roots(word)}
        if own and own <= heard:
            counts[relation] = len(own)
    most = max(counts.values(), default=0)
    return [relation for relation, count in counts.items() if count == most]
