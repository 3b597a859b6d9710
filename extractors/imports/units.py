"""Pieces of text and what was read in them, joined into documents.

GraphRAG and LightRAG write statements, pieces of text and documents to separate files that refer
to one another by id. All of it goes to a shelf first and is taken out document by document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Self

from extractors.imports.base import Imported
from extractors.imports.names import entity_of, relation_name, role_name, type_name
from extractors.imports.shelf import Shelf
from extractors.imports.texts import Ground
from extractors.imports.values import make_literal
from kgkit.evidence import ImportEvidence
from kgkit.facts import Document, Fact, Literal, Qualifier

__all__ = ["Statement", "TextUnits"]


@dataclass(frozen=True, slots=True)
class Statement:
    """What others say of one entity: its relation to another, or a text about it.

    `predicate` is their wording; `weight` becomes a qualifier; `row` says where it stands.
    """

    head: str
    head_type: str
    relation: str
    tail: str
    tail_type: str | None
    row: str
    predicate: str = ""
    weight: float | None = None

    def to_fact(self) -> Fact:
        """Return the fact, without evidence; raises `InputError` for what is no name."""
        tail = (
            Literal(self.tail)
            if self.tail_type is None
            else entity_of(self.tail, type_name(self.tail_type))
        )
        weighed = [] if self.weight is None else [("weight", self.weight)]
        return Fact(
            entity_of(self.head, type_name(self.head_type)),
            relation_name(self.relation),
            tail,
            tuple(Qualifier(role_name(role), make_literal(value)) for role, value in weighed),
            predicate=self.predicate or self.relation,
        )


class TextUnits:
    """What was read in the pieces of text (units) of one source, by an extractor of this name.

    First every unit is put in, then every statement, and then the documents are taken out.
    """

    def __init__(self, source: str, extractor: str, score: float) -> None:
        self._source = source
        self._extractor = extractor
        self._score = score
        self._shelf = Shelf()

    def put_unit(self, unit: str, document: str, text: str) -> None:
        """Put in a piece of the text of a document; `document` may be empty."""
        self._shelf.put("unit", unit, document)
        self._shelf.put("text", unit, text)
        self._shelf.put("units", document, unit)

    def put_type(self, entity: str, type: str) -> None:
        """Put in the type of an entity."""
        self._shelf.put("type", entity, type)

    def type_of(self, entity: str) -> str:
        """Return the type of an entity, "Thing" where none was put in."""
        return str(self._shelf.first("type", entity) or "Thing")

    def put(self, statement: Statement, units: Iterable[str]) -> Iterator[Imported]:
        """Put in a statement that was read in these units; yield its fact when none is there.

        Raises `InputError` for what is no name.
        """
        fact = statement.to_fact()
        known = [unit for unit in dict.fromkeys(units) if self._shelf.get("unit", unit)]
        for unit in known:
            self._shelf.put("statement", unit, asdict(statement))
        if not known:
            yield fact.with_evidence(ImportEvidence(self._source, statement.row, self._score))

    def take(self, document: Document, key: str) -> Imported:
        """Return the document with this key, with all that was read in its units."""
        ground = Ground(document, self._extractor, self._score)
        self._shelf.put("taken", key, True)
        for unit in self._shelf.get("units", key):
            piece = ground.locate(str(self._shelf.first("text", unit) or "").strip())
            self._add(ground, unit, piece)
        return ground.finish()

    def take_rest(self) -> Iterator[Imported]:
        """Yield every unit whose document never came as a document of its own."""
        for key in list(self._shelf.keys("units")):
            if self._shelf.get("taken", key):
                continue
            for unit in self._shelf.get("units", key):
                text = str(self._shelf.first("text", unit) or "")
                document = Document(f"{self._source}#{unit}", text)
                if not text.strip():
                    yield from self._bare(unit)
                    continue
                ground = Ground(document, self._extractor, self._score)
                self._add(ground, unit, ground.locate(""))
                yield ground.finish()

    def _add(self, ground: Ground, unit: str, piece: tuple[int, int]) -> None:
        for statement in self._statements(unit):
            row = ImportEvidence(self._source, statement.row, self._score)
            ground.add(statement.to_fact(), row, piece)

    def _bare(self, unit: str) -> Iterator[Imported]:
        for statement in self._statements(unit):
            row = ImportEvidence(self._source, statement.row, self._score)
            yield statement.to_fact().with_evidence(row)

    def _statements(self, unit: str) -> list[Statement]:
        return [Statement(**fields) for fields in self._shelf.get("statement", unit)]

    def close(self) -> None:
        """Forget all of it."""
        self._shelf.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
