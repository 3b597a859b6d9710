"""What texts name beside a thing: a step may lead there where no relation is found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgkit.evidence import TextEvidence
from kgkit.facts import Entity, Fact
from reasoning.answers.links import End
from reasoning.answers.match import suits
from reasoning.answers.view import FactView
from reasoning.executing.found import Found, Level, Thing
from reasoning.executing.pages import Page, Shelf
from reasoning.executing.same import bare_name, is_itself

__all__ = ["READ_BESIDE", "beside"]

#: The name that evidence bears which only says that two things are named together.
READ_BESIDE = "mini:beside"

#: How sure it is that the best page which shares a sentence with a thing is what is sought.
_BASE, _FALL, _PAGES = 0.22, 0.02, 6


def beside(thing: Thing, kind: str, *, view: FactView, shelf: Shelf) -> list[Found]:
    """Return what the best retrieved pages are about that share a sentence with the thing.

    The retrieval has weighed them against the whole question already, so that its order is all
    that is known of them; their scores are low.
    """
    pages = sorted(shelf.pages.values(), key=lambda page: page.rank)[:_PAGES]
    pages = [p for p in pages if p.title and not is_itself(thing.name, p.title)]
    named = view.named(sorted({_bare(page) for page in pages}))
    found = []
    for page in pages:
        name = _bare(page)
        entity = next(iter(named.get(name, ())), Entity.named(name))
        fit = suits(kind, "", End(entity, "tail")) if kind in _KINDS else 0.0
        sentence = next(_sentences(thing, page, shelf), None) if fit else None
        if sentence is None:
            continue
        score = round(max(0.05, _BASE - _FALL * page.rank) * fit, 4)
        evidence = TextEvidence(*sentence, READ_BESIDE, score)
        fact = Fact(thing.entity, _RELATION, entity, predicate=_SAID, evidence=(evidence,))
        found.append(Found(entity, fact, score, Level.BESIDE))
    return found


_RELATION, _SAID = "NAMED_WITH", "named with"
_NOT = re.compile(r"\b(?:not|never)\b|n[’']t\b")
_KINDS = ("person", "place", "organization", "thing", "any")


def _sentences(thing: Thing, page: Page, shelf: Shelf) -> Iterator[tuple[str, str, int, int]]:
    """Yield the sentences (document, chunk, start, end) of either page that name the other's."""
    for one, name in ((page, thing.name), *((own, page.title) for own in shelf.about(thing.name))):
        wanted = bare_name(name)
        for start, end in one.chunk.sentences:
            sentence = one.document.text[start:end]
            if wanted and wanted in bare_name(sentence) and not _NOT.search(sentence):
                yield one.document.id, one.chunk.id, start, end


def _bare(page: Page) -> str:
    return page.title.split(" (", 1)[0].strip()
