"""What extractors share whose model is asked by labels: what they are given, and how they read."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from threading import Lock
from typing import Any, ClassVar

from extractors.adapters.found import Found, read_chunks
from extractors.adapters.labels import labels_of
from extractors.adapters.licences import check_licence
from extractors.adapters.loading import load_model, load_package
from extractors.base import Extraction
from kgkit.errors import InputError
from kgkit.facts import Chunk, Document
from kgkit.ids import content_id
from kgkit.schema import Schema

__all__ = ["LabelledExtractor"]


class LabelledExtractor(ABC):
    """Reads documents with a model that finds what labels name: an id or folder, or the model.

    Without a schema it finds names of the types `labels`; with one, names of its types and its
    relations. `threshold` in [0, 1] is the least score. Raises `InputError` for a model of
    non-commercial licence that was not accepted, `MissingExtra` without the package, and
    `ModelError` for a model that is not there.
    """

    name: ClassVar[str]
    #: The package that has the model, and what pip installs for it.
    package: ClassVar[tuple[str, str]]

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
            raise InputError(
                f"the extractor {self.name!r} needs a model; give its id, folder or object"
            )
        if not 0.0 <= threshold <= 1.0:
            raise InputError(f"threshold={threshold} is no score; give a number from 0 to 1")
        self.schema = Schema.parse(schema) if isinstance(schema, str) else schema
        self._labels = labels_of(self.schema, labels)
        self._threshold = threshold
        self._called = model if isinstance(model, str) else type(model).__name__
        if isinstance(model, str):
            check_licence(model, accepted=accept_licence)
            model = load_model(self._loader(load_package(*self.package)), model)
        self._model = model
        self._lock = Lock()

    @property
    def version(self) -> str:
        """The model and a hash of what it is asked for."""
        return f"1-{self._called}-{content_id(self.name, *self._asked())[:8]}"

    def extract(self, document: Document, chunks: Sequence[Chunk]) -> Extraction:
        """Return the document's mentions and facts, sorted; every span lies in one chunk."""
        extractor = f"{self.name}/1/{self._called}"
        return read_chunks(document, chunks, self._find, schema=self.schema, extractor=extractor)

    @abstractmethod
    def _loader(self, package: Any) -> Any:
        """Return the function of the package that loads a model by id or folder."""

    @abstractmethod
    def _find(self, text: str) -> Found:
        """Return what the model finds in a text."""

    def _asked(self) -> list[Any]:
        """Return all that shapes what is found."""
        return [self._labels.types, self._labels.relations, self._threshold]
