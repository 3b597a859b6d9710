"""Models of the package gliner2 (Zaratiana et al. 2025): names and relations by description."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

__all__ = ["Gliner2Extractor"]


class Gliner2Extractor:
    """Reads documents with a GLiNER2 model: an id or folder, or a model that is loaded.

    Without a schema it finds names of the types `labels`; with one, names of its types and its
    relations, shown to the model with their descriptions. `threshold` in [0, 1] is the least
    score. Raises `InputError` for a model of non-commercial licence that was not accepted,
    `MissingExtra` without the package, and `ModelError` for a model that is not there.
    """

    name = "gliner2"

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
            raise InputError("the extractor 'gliner2' needs a model; give its id, folder or object")
        if not 0.0 <= threshold <= 1.0:
            raise InputError(f"threshold={threshold} is no score; give a number from 0 to 1")
        self.schema = Schema.parse(schema) if isinstance(schema, str) else schema
        self._labels = labels_of(self.schema, labels)
        self._threshold = threshold
        self._called = model if isinstance(model, str) else type(model).__name__
        if isinstance(model, str):
            check_licence(model, accepted=accept_licence)
            package = load_package("gliner2", "'gliner2[local]'")
            model = load_model(package.AutoExtractor.from_pretrained, model)
        self._model = model
        self._lock = Lock()

    @property
    def version(self) -> str:
        """The model and a hash of what it is asked for."""
        labels = self._labels
        asked = [labels.types, labels.relations, labels.meanings, self._threshold]
        return f"1-{self._called}-{content_id('gliner2', *asked)[:8]}"

    def extract(self, document: Document, chunks: Sequence[Chunk]) -> Extraction:
        """Return the document's mentions and facts, sorted; every span lies in one chunk."""
        extractor = f"gliner2/1/{self._called}"
        return read_chunks(document, chunks, self._find, schema=self.schema, extractor=extractor)

    def _find(self, text: str) -> Found:
        labels = self._labels
        how = {"threshold": self._threshold, "include_confidence": True, "include_spans": True}
        relations: Mapping[str, Any] = {}
        with self._lock:
            entities = self._model.extract_entities(text, self._described(labels.types), **how)
            if labels.relations:
                asked = self._described(labels.relations)
                relations = self._model.extract_relations(text, asked, **how)
        names = tuple(
            FoundName((e["start"], e["end"]), labels.types[label], float(e["confidence"]))
            for label, found in entities.get("entities", {}).items()
            for e in found
            if label in labels.types
        )
        links = tuple(
            _link(relation, pair)
            for label, found in relations.get("relation_extraction", {}).items()
            # A label with a description comes back as "label: description".
            if (relation := labels.relations.get(label.partition(": ")[0]))
            for pair in found
        )
        return Found(names, links)

    def _described(self, labels: Mapping[str, str]) -> dict[str, dict[str, str]]:
        """Return labels with their descriptions, where they have one."""
        meanings = self._labels.meanings
        return {n: {"description": meanings[n]} if n in meanings else {} for n in labels}


def _link(relation: str, pair: Mapping[str, Mapping[str, Any]]) -> FoundLink:
    head, tail = pair["head"], pair["tail"]
    return FoundLink(
        (head["start"], head["end"]),
        relation,
        (tail["start"], tail["end"]),
        min(float(head["confidence"]), float(tail["confidence"])),
    )
