"""Claims and one-document texts for checking citations."""

from __future__ import annotations

from datetime import date

from extractors.sentences import sentences
from kgkit.facts import Document, Entity, Fact, Literal, Mention, Polarity, Qualifier
from reasoning.answers.answer import Citation

__all__ = ["citation_of", "claim", "day", "mention", "person", "place", "story", "thing", "year"]


def person(name: str) -> Entity:
    """Return a person of this name."""
    return Entity.named(name, "Person")


def place(name: str) -> Entity:
    """Return a place of this name."""
    return Entity.named(name, "Location")


def thing(name: str) -> Entity:
    """Return something else of this name."""
    return Entity.named(name, "Misc")


def day(year: int, month: int, of_month: int) -> Literal:
    """Return a day."""
    return Literal(date(year, month, of_month), "date")


def year(number: int) -> Literal:
    """Return a year."""
    return Literal(number, "gYear")


def claim(
    head: Entity,
    relation: str,
    tail: Entity | Literal,
    *,
    polarity: Polarity = Polarity.POSITIVE,
    qualifiers: tuple[Qualifier, ...] = (),
) -> Fact:
    """Return a claim without evidence."""
    return Fact(head, relation, tail, qualifiers, polarity)


def story(text: str, title: str = "") -> Document:
    """Return a document of this text."""
    return Document("story.txt", text, title)


def citation_of(document: Document, number: int = 0) -> Citation:
    """Return the citation of a sentence, by its number."""
    start, end = sentences(document.text)[number]
    return Citation(1, document.uri, document.title, start, end, document.text[start:end])


def mention(document: Document, words: str, entity: Entity) -> Mention:
    """Return the first mention of an entity by these words."""
    start = document.text.index(words)
    return Mention(document.id, "", start, start + len(words), words, entity)
