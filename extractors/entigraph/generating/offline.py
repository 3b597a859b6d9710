"""Texts from grammar templates, with no model: fast, seeded, and true by construction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random

from extractors.entigraph.generating.asking import Asker
from extractors.entigraph.generating.forms import FORMS
from extractors.entigraph.generating.recipe import OFFLINE, Recipe
from extractors.entigraph.generating.speaking import Speaker
from extractors.entigraph.subsets import Subset
from extractors.entigraph.text import Text
from extractors.entigraph.view import FactIndex

__all__ = ["OfflineGenerator"]

#: So many subsets in a row without a text end a form.
_PATIENCE = 1000


class OfflineGenerator:
    """Writes the forms of a recipe over an index of facts.

    The n-th text of a form depends on the facts, the seed, the form and n alone.

    >>> from kgkit.facts import Entity, Fact
    >>> from extractors.entigraph.view import GraphView
    >>> ada, city = Entity.named("Ada", "Person"), Entity.named("London", "Location")
    >>> index = FactIndex.over(GraphView.of([Fact(ada, "BORN_IN", city)]))
    >>> next(OfflineGenerator(index, seed=3).texts("question")).text.splitlines()[-1]
    'Answer: London.'
    """

    name = "offline"

    def __init__(
        self,
        index: FactIndex,
        *,
        seed: int = 0,
        recipe: Recipe = OFFLINE,
        documents: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.index = index
        self.seed = seed
        self.recipe = recipe
        self.speaker = Speaker(index)
        self._asker = Asker(self.speaker)
        self._documents = documents or {}

    def texts(self, form: str) -> Iterator[Text]:
        """Yield texts of a form without end, or none where the graph gives no subset for it."""
        write = FORMS[form]
        failed = 0
        for n, subset in enumerate(self._subsets(form)):
            rng = Random(f"{self.seed}/{form}/{n}")
            draft = write(self.speaker, self._asker, subset, rng)
            failed = failed + 1 if draft is None else 0
            if failed > _PATIENCE:
                return
            if draft is not None:
                yield Text.of(
                    draft.text,
                    form,
                    entities=draft.entities,
                    facts=draft.facts,
                    documents=self._sources(draft.facts),
                    generator=self.name,
                )

    def _subsets(self, form: str) -> Iterator[Subset]:
        """Yield the subsets of a form again and again, each time in another order."""
        source = self.recipe.source(form)
        found = True
        epoch = 0
        while found:
            found = False
            for subset in source(self.index, self._documents, f"{self.seed}/{form}/{epoch}"):
                found = True
                yield subset
            epoch += 1

    def _sources(self, facts: tuple[str, ...]) -> tuple[str, ...]:
        known = self.index.documents
        return tuple(sorted({document for id in facts for document in known[id]}))
