"""Models of the package gliner2 (Zaratiana et al. 2025): names and relations by description."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from extractors.adapters.found import Found, FoundLink, FoundName
from extractors.adapters.labelled import LabelledExtractor

__all__ = ["Gliner2Extractor"]


class Gliner2Extractor(LabelledExtractor):
    """Reads documents with a GLiNER2 model: an id or folder, or a model that is loaded.

    Types and relations of a schema are shown to the model with their descriptions. Parameters
    and errors are those of `LabelledExtractor`.
    """

    name: ClassVar[str] = "gliner2"
    package: ClassVar[tuple[str, str]] = ("gliner2", "'gliner2[local]'")

    def _loader(self, package: Any) -> Any:
        return package.AutoExtractor.from_pretrained

    def _asked(self) -> list[Any]:
        labels = self._labels
        return [labels.types, labels.relations, labels.meanings, self._threshold]

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
