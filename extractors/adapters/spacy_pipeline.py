"""Pipelines of spaCy: their entities, and relations from their parse or from the user."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from threading import Lock
from typing import Any

from extractors.adapters.dependencies import verb_relations
from extractors.adapters.found import Found, FoundLink, FoundName, read_chunks
from extractors.adapters.loading import load_model, load_package
from extractors.base import Extraction
from kgkit.errors import InputError
from kgkit.facts import Chunk, Document
from kgkit.schema import Schema

__all__ = ["SpacyExtractor"]

#: What spaCy's labels are called here; others are taken as they are.
_TYPES = {
    "PERSON": "Person",
    "PER": "Person",
    "ORG": "Organization",
    "NORP": "Organization",
    "GPE": "Location",
    "LOC": "Location",
    "FAC": "Location",
    "WORK_OF_ART": "Work",
    "MISC": "Thing",
}
#: Labels of values, which are no entities.
_VALUES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"})
_NAMED = 0.85


class SpacyExtractor:
    """Reads documents with a pipeline of spaCy: the name of an installed one, or an object.

    Names come from `doc.ents`. Relations come from `relations`, a function from the `Doc` to
    (head span, relation, tail span) triples, or by default from the dependency parse, if the
    pipeline has a parser. With a schema, only what fits it is kept. `types` renames labels.
    Raises `InputError` without a pipeline, `MissingExtra` without spaCy, and `ModelError` for
    a pipeline that is not installed.
    """

    name = "spacy"

    def __init__(
        self,
        model: Any = "",
        *,
        schema: Schema | str | None = None,
        relations: Callable[[Any], Iterable[tuple[Any, str, Any]]] | None = None,
        types: dict[str, str] | None = None,
    ) -> None:
        if not model:
            raise InputError(
                "the extractor 'spacy' needs a pipeline; give its name, such as "
                "'en_core_web_sm', or an object"
            )
        if isinstance(model, str):
            model = load_model(load_package("spacy", "spacy").load, model)
        self.schema = Schema.parse(schema) if isinstance(schema, str) else schema
        self._model = model
        self._relations = relations
        self._types = {**_TYPES, **(types or {})}
        about = getattr(model, "meta", {})
        self._called = f"{about.get('lang', '')}_{about.get('name', '')}-{about.get('version', '')}"
        self._lock = Lock()

    @property
    def version(self) -> str:
        """The pipeline and its version."""
        parsed = "parse" if self._relations is None else "user"
        return f"1-{self._called}-{parsed}"

    def extract(self, document: Document, chunks: Sequence[Chunk]) -> Extraction:
        """Return the document's mentions and facts, sorted; every span lies in one chunk."""
        extractor = f"spacy/1/{self._called}"
        return read_chunks(document, chunks, self._find, schema=self.schema, extractor=extractor)

    def _find(self, text: str) -> Found:
        with self._lock:
            doc = self._model(text)
        names = tuple(
            FoundName((entity.start_char, entity.end_char), self._type(entity.label_), _NAMED)
            for entity in doc.ents
            if entity.label_ not in _VALUES
        )
        return Found(names, self._links(doc))

    def _links(self, doc: Any) -> tuple[FoundLink, ...]:
        if self._relations is not None:
            return tuple(
                FoundLink(
                    (head.start_char, head.end_char),
                    relation,
                    (tail.start_char, tail.end_char),
                    types=(self._type(head.label_), self._type(tail.label_)),
                )
                for head, relation, tail in self._relations(doc)
            )
        if not doc.has_annotation("DEP"):
            return ()
        return tuple(
            replace(link, types=(self._type(link.types[0]), self._type(link.types[1])))
            for link in verb_relations(doc)
        )

    def _type(self, label: str) -> str:
        return "" if label in _VALUES else self._types.get(label, label)
