"""The links at hand for one question: those of the retrieved sentences and of what a walk meets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kgkit.facts import Document, Entity, Fact, Mention
from reasoning.answers.links import End, Link, Text, fact_link, sentence_links, texts_of
from reasoning.answers.titles import Titles, bare, renamed, spotted
from reasoning.answers.view import FactView

__all__ = ["Fits", "Pool"]

_FACTS_AN_ENTITY = 200

#: The fit in [0, 1] of the sentences of each chunk by their [start, end).
Fits = Mapping[str, Mapping[tuple[int, int], float]]


class Pool:
    """Links by the things they touch; grows while a walk goes on.

    A sentence that says the title of another document at hand names what that one is about;
    `known` are further things to look for in the sentences.
    """

    def __init__(self, view: FactView, fits: Fits, known: Sequence[Entity] = ()) -> None:
        self._view = view
        self._at: dict[str, list[tuple[Link, End]]] = defaultdict(list)
        self._facts: dict[str, Fact] = {}
        self._expanded: set[str] = set()
        self._same: dict[str, tuple[str, ...]] = {}
        self._titles: Titles = {entity.name: entity for entity in known}
        self._about: dict[str, Entity] = {}
        self._held: dict[str, list[Mention]] = defaultdict(list)
        self._spots: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        self.links: list[Link] = []
        self.texts: dict[str, list[Text]] = {}
        self.add(fits)

    def expand(self, things: Sequence[Entity]) -> None:
        """Add the facts of these things, and of what bears the same name, not at hand yet."""
        new = {thing.id: thing for thing in things if thing.id not in self._same}
        if not new:
            return
        named = self._view.named(sorted({bare(thing.name) for thing in new.values()}))
        for key, thing in new.items():
            bearers = named.get(bare(thing.name), ())
            self._same[key] = tuple(e.id for e in bearers if e.id != key and _may_be(e, thing))
        wanted = sorted({id for key in new for id in (key, *self._same[key])} - self._expanded)
        self._expanded.update(wanted)
        for fact in self._view.facts_of(wanted, _FACTS_AN_ENTITY):
            self._add_fact(fact)

    def steps(self, key: str) -> Iterator[tuple[Link, End, End]]:
        """Yield each link at the thing, the end it is entered by and an end it may be left by."""
        keys = (key, *self._same.get(key, ()))
        for held in keys:
            for link, source in self._at.get(held, ()):
                for target in link.ends:
                    if target.key not in keys:
                        yield link, source, target

    def sentences(self) -> Iterator[Text]:
        """Yield the sentences of the retrieved chunks, in the order of the chunks."""
        for texts in self.texts.values():
            yield from texts

    def add(self, fits: Fits) -> None:
        """Add the sentences and facts of further chunks."""
        chunk_ids = [chunk_id for chunk_id in fits if chunk_id not in self.texts]
        chunks = self._view.chunks(chunk_ids)
        documents = self._view.documents(sorted({c.document_id for c in chunks.values()}))
        for mention in self._view.mentions_in(chunk_ids):
            self._held[mention.chunk_id].append(mention)
            self._spots[mention.chunk_id, mention.entity.id].append((mention.start, mention.end))
        earlier = list(self.sentences())
        found = self._subjects(documents)
        new = {title: entity for title, entity in found.items() if title not in self._titles}
        self._titles.update(new)
        for chunk_id in chunk_ids:
            chunk = chunks.get(chunk_id)
            if chunk is not None and chunk.document_id in documents:
                self.texts[chunk_id] = texts_of(chunk, documents[chunk.document_id], fits[chunk_id])
        for fact in self._view.facts_in(chunk_ids):
            self._add_fact(fact)
        for text in earlier:
            if spotted(text, new):
                self._read(text)
        for chunk_id in chunk_ids:
            for text in self.texts.get(chunk_id, ()):
                self._read(text)

    def _read(self, text: Text) -> None:
        """Add the links of a sentence, and of its facts where a title tells more of an end."""
        titles = spotted(text, self._titles)
        mentions = [
            m
            for m in self._held[text.chunk_id]
            if not any(t.start <= m.start and m.end <= t.end for t in titles)
        ]
        both = sorted((*mentions, *titles), key=lambda m: (m.start, m.end))
        link = sentence_links(text, both, self._about.get(text.document.id))
        if link is not None:
            self._add(link)
        if titles:
            for fact_ in [at for at in self.links if at.fact is not None and at.text is text]:
                better = renamed(fact_, titles)
                if better is not None:
                    self._add(better)

    def _subjects(self, documents: Mapping[str, Document]) -> Titles:
        """Note what each document is about, the entity its title names; return those by title."""
        titles = {key: d.title for key, d in documents.items() if d.title.strip()}
        forms = {form for title in titles.values() for form in (title, bare(title))}
        named = self._view.named(sorted(forms))
        found: Titles = {}
        for key, title in titles.items():
            bearers = [*named.get(title, ()), *named.get(bare(title), ())]
            entity = bearers[0] if bearers else Entity.named(bare(title))
            self._about[key] = entity
            found.setdefault(bare(title), entity)
        return found

    def _add_fact(self, fact: Fact) -> None:
        if fact.id not in self._facts:
            self._facts[fact.id] = fact
            self._add(fact_link(fact, self.texts, self._spots))

    def _add(self, link: Link) -> None:
        self.links.append(link)
        for end in link.ends:
            if isinstance(end.value, Entity):
                self._at[end.key].append((link, end))


def _may_be(one: Entity, other: Entity) -> bool:
    """Return whether two bearers of one name may be the same: no two types say otherwise."""
    vague = ("Misc", "Thing")
    return one.type == other.type or one.type in vague or other.type in vague
