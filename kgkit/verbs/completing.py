"""The verbs that put forward what a graph lacks; nothing is added until it is accepted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from kgkit.errors import InputError
from kgkit.facts import Entity, Fact
from kgkit.schema import Schema
from kgkit.verbs import training

if TYPE_CHECKING:
    from kgkit.graph import KnowledgeGraph
    from reasoning.embeddings.joining import Completions
    from reasoning.embeddings.predicting import TrainedModel

__all__ = ["complete", "suggest"]

#: An answer of a text is one voice among others, so it is heard from here on.
_HEARD = 0.1


def suggest(
    kg: KnowledgeGraph,
    relation: str | Collection[str] | None = None,
    *,
    about: Collection[str] | None = None,
    least: float = 0.5,
    top: int = 100,
    model: TrainedModel | None = None,
) -> list[Fact]:
    """Return facts that the trained model predicts, each with its run and probability as evidence.

    Asked are the relations (all when None) and, with `about`, only these heads, by name or id.
    `kg.add(facts)` accepts some of them, and `kg.withdraw_predictions(run)` takes them back; what
    was rejected does not come again.
    Raises `InputError` where no model was trained, and for unknown names.
    """
    from reasoning.embeddings.suggesting import suggest

    model = model or training.model(kg)
    rejected = {fact.id for fact in kg.ledger.rejected()}
    most = top + len(rejected) if top > 0 else top
    found = suggest(model, relations=_listed(relation), heads=about, least=least, top=most)
    facts = (prediction.fact(model.card.run) for prediction in found)
    return [fact for fact in facts if fact.id not in rejected][:top]


def complete(  # noqa: PLR0913
    kg: KnowledgeGraph,
    relation: str | Collection[str] | None = None,
    *,
    schema: Schema | str | None = None,
    about: Collection[str] | None = None,
    texts: bool = True,
    model: TrainedModel | bool = True,
    found: Iterable[Fact] = (),
    least: float = 0.5,
    top: int = 100,
) -> Completions:
    """Return what the graph most probably lacks, by all voices in one list, the surest first.

    The texts are asked for the open places of the relations, or of the `schema` (`kg.fill` without
    recording; not for all relations at once); the trained `model` (the one kept with the graph when
    True) predicts, and judges what the others found; `found` are facts that come from elsewhere
    with probabilities as the scores of their evidence, as those harvested from a language model.
    A probability is the noisy-or of the voices. `kg.add(completions.facts)` accepts. Raises
    `InputError` for no voice at all, for unknown names, and where no model was trained.
    """
    from reasoning.embeddings.joining import join

    wanted = _listed(relation)
    asked = _schema(kg, schema, wanted) if texts else None
    trained = training.model(kg) if model is True else (model or None)
    elsewhere = list(found)
    if asked is None and trained is None and not elsewhere:
        raise InputError("nothing speaks: name a relation or a schema, or train a model")
    read: Iterable[Fact] = ()
    if asked is not None:
        read = kg.fill(asked, threshold=_HEARD, about=about, dry_run=True).facts
    predicted: Iterable[Fact] = ()
    if trained is not None:
        own = [name for name in wanted or trained.relations if name in trained.relations]
        predicted = suggest(kg, own, about=about, least=_HEARD, top=10 * top, model=trained)
    return join(
        _of(read, wanted),
        predicted,
        _of(elsewhere, wanted),
        model=trained,
        known=chain(kg.ledger.facts(), kg.ledger.rejected()),
        least=least,
        top=top,
    )


def _schema(
    kg: KnowledgeGraph, schema: Schema | str | None, relations: list[str] | None
) -> Schema | None:
    """Return what the texts are asked for: a schema, or the relations as the graph has them."""
    if isinstance(schema, str):
        return Schema.parse(schema)
    if schema is not None or relations is None:
        return schema
    patterns = sorted(
        f"({head})-[{relation}]->({tail})"
        for head, relation, tail, is_link in kg.ledger.patterns()
        if is_link and relation in relations
    )
    if not patterns:
        listed = ", ".join(relations)
        raise InputError(f"the graph has no links {listed}; give a schema to ask the texts by")
    return Schema.parse("\n".join(patterns))


def _listed(relation: str | Collection[str] | None) -> list[str] | None:
    if relation is None or not isinstance(relation, str):
        return None if relation is None else sorted(relation)
    return [relation]


def _of(facts: Iterable[Fact], relations: Collection[str] | None) -> Iterator[Fact]:
    """Yield the links among facts, and of these relations where there are any."""
    for fact in facts:
        if isinstance(fact.tail, Entity) and (relations is None or fact.relation in relations):
            yield fact
