"""A trained model in the hands of a user: names in, facts with probabilities out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from kgkit.errors import InputError
from kgkit.facts import Entity, Fact
from reasoning.embeddings.calibrating.calibrator import Calibrator, odds_of
from reasoning.embeddings.calibrating.shares import best_tails, log_shares
from reasoning.embeddings.known import KnownFacts
from reasoning.embeddings.nearest import nearest_rows, plane
from reasoning.embeddings.predicting.card import Card
from reasoning.embeddings.predicting.names import Names
from reasoning.embeddings.predicting.prediction import Near, Prediction
from reasoning.embeddings.triples import reciprocal

__all__ = ["Embedding", "TrainedModel"]


class Embedding(Protocol):
    """What a trained model rests on."""

    def tails(self, heads: Tensor, relations: Tensor) -> Tensor:
        """Return scores [b, E] for heads [b] and relations [b], r + R asking for heads."""

    def vectors(self) -> Tensor:
        """Return the vectors of all entities, [E, d]."""


class TrainedModel:
    """A model of a graph: predicts what is missing, and says how likely it is.

    Entities are given by name, alias, id or as `Entity`, relations by name. `embedding` scores,
    `names` says which row is what, `known` holds the facts that are left out of predictions,
    `calibrator` makes probabilities of scores, and `card` tells how it was trained.
    """

    def __init__(
        self,
        embedding: Embedding,
        names: Names,
        known: KnownFacts,
        calibrator: Calibrator,
        card: Card,
    ) -> None:
        self.embedding = embedding
        self.names = names
        self.known = known
        self.calibrator = calibrator
        self.card = card

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The entities, in the order of the rows of `vectors`."""
        return self.names.entities

    @property
    def relations(self) -> tuple[str, ...]:
        """The relations, in order."""
        return self.names.relations

    def predict(
        self,
        *,
        head: str | Entity | None = None,
        relation: str | None = None,
        tail: str | Entity | None = None,
        top: int = 5,
        known: bool = False,
    ) -> list[Prediction]:
        """Return what most likely completes the link, the most probable first.

        Give two of `head`, `relation` and `tail`, or all three to judge one link. What the graph
        holds already is left out unless `known`. A probability says: given that something is
        missing at (head, relation), or at (relation, tail) where the head is asked for, it is
        this. Raises `InputError` for fewer than two, `top` below 1, and names that are unknown or
        of several entities.
        """
        if top < 1:
            raise InputError(f"top={top} is below 1; ask for at least one prediction")
        first = None if head is None else self.names.entity(head)
        middle = None if relation is None else self.names.relation(relation)
        last = None if tail is None else self.names.entity(tail)
        queries = self._queries(first, middle, last, top, known=known)
        found = self.judge(queries)
        if None not in (first, middle, last):
            return found
        wanted = [each for each in found if known or not each.is_known]
        return sorted(wanted, key=lambda each: (-each.probability, -each.score))[:top]

    def probability(self, head: str | Entity, relation: str, tail: str | Entity) -> float:
        """Return the probability in [0, 1] of a link, given that the head lacks such a one.

        Raises `InputError` (through `predict`) for names that are unknown or of several entities.
        """
        return self.predict(head=head, relation=relation, tail=tail)[0].probability

    def judge(self, queries: Tensor) -> list[Prediction]:
        """Return what the model says of answers to questions, [n, 3] by row, in their order.

        A question is (h, r, ?), or (t, r + R, ?) for the head of relation r.
        """
        odds = odds_of(log_shares(self.embedding, self.known, queries)[1])
        probabilities = self.calibrator.apply(odds, queries[:, 1]).tolist()
        held = self.known.contains(*queries.unbind(1)).tolist()
        back = queries[:, 1:2] >= len(self.relations)
        turned = reciprocal(queries, len(self.relations))
        links = torch.where(back, turned, queries).tolist()
        entities, relations = self.entities, self.relations
        rows = zip(links, odds.tolist(), probabilities, held, strict=True)
        return [
            Prediction(entities[h], relations[r], entities[t], round(score, 4), probability, known)
            for (h, r, t), score, probability, known in rows
        ]

    def judge_facts(self, facts: Iterable[Fact]) -> list[Prediction | None]:
        """Return what the model says of facts, None for one that names what it does not know."""
        given = list(facts)
        rows = [self._row(fact) for fact in given]
        known = [row for row in rows if row is not None]
        judged = iter(self.judge(torch.tensor(known, dtype=torch.int64).reshape(-1, 3)))
        return [None if row is None else next(judged) for row in rows]

    def knowing(self, facts: Iterable[Fact]) -> TrainedModel:
        """Return the same model where these facts, and no others, are known."""
        rows = [row for fact in facts if fact.is_edge and (row := self._row(fact)) is not None]
        triples = torch.tensor(rows, dtype=torch.int64).reshape(-1, 3)
        known = KnownFacts.of(triples, len(self.entities), len(self.relations))
        return TrainedModel(self.embedding, self.names, known, self.calibrator, self.card)

    def nearest(self, entity: str | Entity, top: int = 10) -> list[Near]:
        """Return the entities whose vectors are nearest to that of one, by cosine.

        Raises `InputError` for an unknown entity or a `top` below 1.
        """
        rows, cosines = nearest_rows(self.embedding.vectors(), self.names.entity(entity), top)
        pairs = zip(rows.tolist(), cosines.tolist(), strict=True)
        return [Near(self.entities[row], round(cosine, 4)) for row, cosine in pairs]

    def vectors(self) -> NDArray[np.float32]:
        """Return the vectors of all entities as float32, [E, d], in the order of `entities`."""
        return self.embedding.vectors().numpy(force=True)

    def plane(self) -> NDArray[np.float32]:
        """Return all entities as points of a map, [E, 2] float32: their two main directions."""
        return plane(self.embedding.vectors()).numpy(force=True)

    def __repr__(self) -> str:
        return f"<TrainedModel {self.card}>"

    def _queries(
        self, head: int | None, relation: int | None, tail: int | None, top: int, *, known: bool
    ) -> Tensor:
        """Return the answers that may be meant as queries, [n, 3]."""
        count = len(self.relations)
        match (head, relation, tail):
            case (int(), int(), int()):
                return torch.tensor([[head, relation, tail]])
            case (int(), int(), None):
                return self._best(head, relation, top, known=known)
            case (None, int(), int()):
                return self._best(tail, relation + count, top, known=known)
            case (int(), None, int()):
                return torch.tensor([[head, row, tail] for row in range(count)])
        raise InputError("too little is given; give two of head=, relation= and tail=")

    def _best(self, row: int, relation: int, top: int, *, known: bool) -> Tensor:
        query = torch.tensor([[row, relation]])
        found = best_tails(self.embedding, self.known, query, top, with_known=known)
        free = found.ids[0] if known else found.ids[0][~found.known[0]]
        return torch.column_stack([query.expand(len(free), -1), free])

    def _row(self, fact: Fact) -> tuple[int, int, int] | None:
        if not isinstance(fact.tail, Entity) or fact.relation not in self.names.relation_rows:
            return None
        head, tail = self.names.row_of(fact.head.id), self.names.row_of(fact.tail.id)
        if head is None or tail is None:
            return None
        return head, self.names.relation_rows[fact.relation], tail
