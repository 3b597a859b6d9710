"""The triples that embeddings are trained on: numbered, split, with what texts say of their ends.

Entities are numbered 0 to E-1 and relations 0 to R-1, both in order of their keys. Relation r + R
is the reciprocal of r: it leads from the tail to the head, so every question about a missing end
is one about a tail (Lacroix, Usunier and Obozinski, 2018).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import torch
from torch import Tensor

from kgkit.errors import InputError
from kgkit.facts import Entity, Fact
from kgkit.ids import content_id
from reasoning.embeddings.known import KnownFacts

__all__ = ["KnownFacts", "Triples", "number", "reciprocal"]

_NOTHING: Mapping[str, str] = MappingProxyType({})


def _nothing() -> Mapping[str, str]:
    return _NOTHING


def _no_types() -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class Triples:
    """A numbered graph in three parts; each part is [n, 3] int64: head, relation, tail.

    `entities` and `relations` are keys (ids); by these keys `names` gives the name of an entity,
    `texts` what is said of it beside its name, `types` its types and `relation_texts` the words
    of a relation. An entity of `valid` or `test` that `train` lacks is kept and can be counted
    (`unseen`).
    """

    entities: tuple[str, ...]
    relations: tuple[str, ...]
    train: Tensor
    valid: Tensor
    test: Tensor
    names: Mapping[str, str] = field(default_factory=_nothing)
    texts: Mapping[str, str] = field(default_factory=_nothing)
    types: Mapping[str, tuple[str, ...]] = field(default_factory=_no_types)
    relation_texts: Mapping[str, str] = field(default_factory=_nothing)

    @classmethod
    def read(cls, folder: str | Path) -> Triples:
        """Return the triples of a folder that holds train, valid and test as tab-separated text.

        Raises `ReadError` for a folder without them or a line that is no triple. Which files are
        known is listed in `reasoning.embeddings.triples_reading`.
        """
        from reasoning.embeddings.triples_reading import read_triples

        return read_triples(Path(folder))

    @classmethod
    def of(
        cls,
        facts: Iterable[Fact],
        *,
        valid: float = 0.05,
        test: float = 0.0,
        seed: int = 0,
        texts: Mapping[str, str] = _NOTHING,
    ) -> Triples:
        """Return the asserted edges among `facts`, split by chance into three parts.

        `valid` and `test` are shares. A fact is only held out while both of its ends and its
        relation remain in train, so no entity becomes unseen by the split. Raises `InputError`
        where no fact is an edge, or the shares leave nothing to train on.

        >>> ada, ben = Entity.named("Ada", "Person"), Entity.named("Ben", "Person")
        >>> Triples.of([Fact(ada, "KNOWS", ben)]).train.tolist()
        [[0, 0, 1]]
        """
        if not (valid >= 0 and test >= 0 and valid + test < 1):
            raise InputError(f"shares {valid} and {test} leave nothing to train on; try 0.05 and 0")
        edges: dict[tuple[str, str, str], None] = {}
        ends: dict[str, Entity] = {}
        for fact in facts:
            if fact.is_edge and isinstance(fact.tail, Entity):
                edges[fact.head.id, fact.relation, fact.tail.id] = None
                ends[fact.head.id], ends[fact.tail.id] = fact.head, fact.tail
        if not edges:
            raise InputError("no fact joins two entities; add such facts before training")
        numbered = number(sorted(edges))
        parts = _split(numbered.train, (valid, test), seed)
        return cls(
            numbered.entities,
            numbered.relations,
            *parts,
            names={key: entity.name for key, entity in ends.items()},
            texts=texts,
            types={key: (entity.type,) for key, entity in ends.items()},
            relation_texts={name: name.replace("_", " ").lower() for name in numbered.relations},
        )

    @property
    def seen(self) -> Tensor:
        """Which entities occur in `train`, [E] of bool."""
        seen = torch.zeros(len(self.entities), dtype=torch.bool)
        seen[self.train[:, [0, 2]].flatten()] = True
        return seen

    def unseen(self, part: Tensor) -> int:
        """Return how many triples of `part` [n, 3] have an end that `train` lacks."""
        seen = self.seen
        return int((~(seen[part[:, 0]] & seen[part[:, 2]])).sum())

    def known(self, *parts: Tensor) -> KnownFacts:
        """Return the facts of these parts, each [n, 3] (default: train), both ways round."""
        facts = torch.cat(parts or (self.train,))
        return KnownFacts.of(facts, len(self.entities), len(self.relations))

    def describe(self, entity: str) -> str:
        """Return name, types and text of an entity as one line: "Alien, film: ..."."""
        head = ", ".join([self.names.get(entity, entity), *self.types.get(entity, ())])
        text = self.texts.get(entity, "")
        return f"{head}: {text}" if text else head

    @property
    def fingerprint(self) -> str:
        """A hash of entities, relations and the three parts: tells one graph from another."""
        parts = [str(part.flatten().tolist()) for part in (self.train, self.valid, self.test)]
        return content_id("triples", list(self.entities), list(self.relations), *parts)


def reciprocal(triples: Tensor, relations: int) -> Tensor:
    """Return the triples [n, 3] the other way round, [n, 3]: (t, r + R, h).

    >>> reciprocal(torch.tensor([[0, 1, 2]]), 3).tolist()
    [[2, 4, 0]]
    """
    turned = triples.flip(1).clone()
    turned[:, 1] = (turned[:, 1] + relations) % (2 * relations)
    return turned


def number(*parts: Sequence[tuple[str, str, str]]) -> Triples:
    """Return keyed triples as numbered ones; up to three parts, repeated triples once a part.

    >>> number([("a", "r", "b"), ("a", "r", "b")]).train.tolist()
    [[0, 0, 1]]
    """
    unique = [dict.fromkeys(part) for part in parts]
    entities = sorted({key for part in unique for h, _, t in part for key in (h, t)})
    relations = sorted({r for part in unique for _, r, _ in part})
    entity = {key: n for n, key in enumerate(entities)}
    relation = {key: n for n, key in enumerate(relations)}
    tensors = [
        torch.tensor([(entity[h], relation[r], entity[t]) for h, r, t in part], dtype=torch.int64)
        for part in unique
    ]
    tensors += [torch.empty(0, dtype=torch.int64)] * (3 - len(tensors))
    train, valid, test = (part.reshape(-1, 3) for part in tensors)
    return Triples(tuple(entities), tuple(relations), train, valid, test)


def _split(
    triples: Tensor, shares: tuple[float, float], seed: int
) -> tuple[Tensor, Tensor, Tensor]:
    """Hold out triples in a drawn order while their ends and relation stay behind."""
    order = torch.randperm(len(triples), generator=torch.Generator().manual_seed(seed)).tolist()
    wanted = [round(share * len(triples)) for share in shares]
    rows = triples.tolist()
    left: dict[tuple[str, int], int] = {}
    for head, relation, tail in rows:
        for key in (("e", head), ("r", relation), ("e", tail)):
            left[key] = left.get(key, 0) + 1
    held: list[int] = []
    for index in order:
        if len(held) == sum(wanted):
            break
        head, relation, tail = rows[index]
        keys = [("e", head), ("r", relation), ("e", tail)]
        if all(left[key] > keys.count(key) for key in keys):
            held.append(index)
            for key in keys:
                left[key] -= 1
    chosen = set(held)
    kept = [index for index in range(len(rows)) if index not in chosen]
    first = sorted(held[: wanted[0]])
    return triples[kept], triples[first], triples[sorted(held[wanted[0] :])]
