"""The links at hand for one question: those of the retrieved sentences and of what a walk meets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kgkit.facts import Document, Entity, Fact, Mention
from reasoning.answers.links import End, Link, Text, fact_link, sentence_links, texts_of
from reasoning.answers.view import FactView

__all__ = ["Pool"]

_FACTS_AN_ENTITY = 200


class Pool:
    """Links by the things they touch; grows while a walk goes on.

    `fits` holds, for each retrieved chunk in order, the fit in [0, 1] of its sentences by their
    [start, end).
    """

    def __init__(self, view: FactView, fits: Mapping[str, Mapping[tuple[int, int], float]]) -> None:
        self._view = view
        self._at: dict[str, list[tuple[Link, End]]] = defaultdict(list)
        self._facts: set[str] = set()
        self._expanded: set[str] = set()
        self.links: list[Link] = []
        self.texts: dict[str, list[Text]] = {}
        self._spots: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        self.add(fits)

    def expand(self, entity_ids: Sequence[str]) -> None:
        """Add the facts of these entities that are not at hand yet."""
        new = sorted({key for key in entity_ids if key not in self._expanded})
        if new:
            self._expanded.update(new)
            for fact in self._view.facts_of(new, _FACTS_AN_ENTITY):
                self._add_fact(fact)

    def steps(self, key: str) -> Iterator[tuple[Link, End, End]]:
        """Yield each link at the thing, the end it is entered by and an end it may be left by."""
        for link, source in self._at.get(key, ()):
            for target in link.ends:
                if target.key != key:
                    yield link, source, target

    def add(self, fits: Mapping[str, Mapping[tuple[int, int], float]]) -> None:
        """Add the sentences and facts of further chunks."""
        chunk_ids = [chunk_id for chunk_id in fits if chunk_id not in self.texts]
        chunks = self._view.chunks(chunk_ids)
        documents = self._view.documents(sorted({c.document_id for c in chunks.values()}))
        held: dict[str, list[Mention]] = defaultdict(list)
        for mention in self._view.mentions_in(chunk_ids):
            held[mention.chunk_id].append(mention)
            self._spots[mention.chunk_id, mention.entity.id].append((mention.start, mention.end))
        subjects = self._subjects(documents)
        for chunk_id in chunk_ids:
            chunk = chunks.get(chunk_id)
            if chunk is not None and chunk.document_id in documents:
                self.texts[chunk_id] = texts_of(chunk, documents[chunk.document_id], fits[chunk_id])
        for fact in self._view.facts_in(chunk_ids):
            self._add_fact(fact)
        for chunk_id in chunk_ids:
            for text in self.texts.get(chunk_id, ()):
                link = sentence_links(text, held[chunk_id], subjects.get(text.document.id))
                if link is not None:
                    self._add(link)

    def _subjects(self, documents: Mapping[str, Document]) -> dict[str, Entity]:
        """Return what each document is about: the entity that its title names."""
        forms = {key: _titles(d.title) for key, d in documents.items() if d.title}
        named = self._view.named(sorted({form for titles in forms.values() for form in titles}))
        found = {}
        for key, titles in forms.items():
            bearers = [named[form][0] for form in titles if named.get(form)]
            if bearers:
                found[key] = bearers[0]
        return found

    def _add_fact(self, fact: Fact) -> None:
        if fact.id not in self._facts:
            self._facts.add(fact.id)
            self._add(fact_link(fact, self.texts, self._spots))

    def _add(self, link: Link) -> None:
        self.links.append(link)
        for end in link.ends:
            if isinstance(end.value, Entity):
                self._at[end.key].append((link, end))

    def sentences(self) -> Iterator[Text]:
        """Yield the sentences of the retrieved chunks, in the order of the chunks."""
        for texts in self.texts.values():
            yield from texts


def _titles(title: str) -> tuple[str, ...]:
    """Return the title, and without its article: "The neutron" is about neutron."""
    bare = re.sub(r"^(the|an?)\s+", "", title, flags=re.IGNORECASE)
    return (title,) if bare == title else (title, bare)
