"""Models of the package gliner (Zaratiana et al. 2023): names and, from RelEx models, relations."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Any

from extractors.adapters.found import Found, FoundLink, FoundName, read_chunks
from extractors.adapters.labels import labels_of
from extractors.adapters.licences import check_licence
from extractors.adapters.loading import load_model, load_package
from extractors.base import Extraction
from kgkit.errors import InputError
from kgkit.facts import Chunk, Document
from kgkit.ids import content_id
from kgkit.schema import Schema

__all__ = ["GlinerExtractor"]


class GlinerExtractor:
    """Reads documents with a GLiNER model: an id or folder, or a model that is loaded.

    Without a schema it finds names of the types `labels`; with one, names of its types and, if
    the model has `predict_relations`, its relations. `threshold` in [0, 1] is the least score.
    Raises `InputError` for a model of non-commercial licence that was not accepted,
    `MissingExtra` without the package, and `ModelError` for a model that is not there.
    """

    name = "gliner"

    def __init__(
        self,
        model: Any = "",
        *,
        schema: Schema | str | None = None,
        labels: Sequence[str] = (),
        threshold: float = 0.5,
        accept_licence: bool = False,
    ) -> None:
        if not model:
            raise InputError("the extractor 'gliner' needs a model; give its id, folder or object")
        if not 0.0 <= threshold <= 1.0:
            raise InputError(f"threshold={threshold} is no score; give a number from 0 to 1")
        self.schema = Schema.parse(schema) if isinstance(schema, str) else schema
        self._labels = labels_of(self.schema, labels)
        self._threshold = threshold
        self._called = model if isinstance(model, str) else type(model).__name__
        if isinstance(model, str):
            check_licence(model, accepted=accept_licence)
            package = load_package("gliner", "gliner")
            model = load_model(package.GLiNER.from_pretrained, model)
        self._model = model
        self._lock = Lock()

    @property
    def version(self) -> str:
        """The model and a hash of what it is asked for."""
        asked = [self._labels.types, self._labels.relations, self._threshold]
        return f"1-{self._called}-{content_id('gliner', *asked)[:8]}"

    def extract(self, document: Document, chunks: Sequence[Chunk]) -> Extraction:
        """Return the document's mentions and facts, sorted; every span lies in one chunk."""
        extractor = f"gliner/1/{self._called}"
        return read_chunks(document, chunks, self._find, schema=self.schema, extractor=extractor)

    def _find(self, text: str) -> Found:
        labels = [*self._labels.types, *self._labels.values]
        relations = list(self._labels.relations)
        related = relations and hasattr(self._model, "predict_relations")
        with self._lock:
            if related:
                entities, links = self._model.predict_relations(
                    text, labels, relations, threshold=self._threshold
                )
            else:
                entities = self._model.predict_entities(text, labels, threshold=self._threshold)
                links = []
        names = tuple(
            FoundName((e["start"], e["end"]), self._labels.types[e["label"]], float(e["score"]))
            for e in entities
            if e["label"] in self._labels.types
        )
        return Found(names, tuple(self._link(link) for link in links))

    def _link(self, link: dict[str, Any]) -> FoundLink:
        head, tail = link["head"], link["tail"]
        types = self._labels.types
        return FoundLink(
            (head["start"], head["end"]),
            self._labels.relations.get(link["relation"], link["relation"]),
            (tail["start"], tail["end"]),
            float(link["score"]),
            (types.get(head.get("type", ""), ""), types.get(tail.get("type", ""), "")),
        )
