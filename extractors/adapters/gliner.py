"""Models of the package gliner (Zaratiana et al. 2023): names and, from RelEx models, relations."""

from __future__ import annotations

from typing import Any, ClassVar

from extractors.adapters.found import Found, FoundLink, FoundName
from extractors.adapters.labelled import LabelledExtractor

__all__ = ["GlinerExtractor"]


class GlinerExtractor(LabelledExtractor):
    """Reads documents with a GLiNER model: an id or folder, or a model that is loaded.

    Relations are found if there is a schema and the model has `predict_relations`. Parameters
    and errors are those of `LabelledExtractor`.
    """

    name: ClassVar[str] = "gliner"
    package: ClassVar[tuple[str, str]] = ("gliner", "gliner")

    def _loader(self, package: Any) -> Any:
        return package.GLiNER.from_pretrained

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
