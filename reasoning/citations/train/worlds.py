"""What the documents of a synthetic world state, as claims with their sentences."""

from __future__ import annotations

from extractors.worlds import World
from extractors.worlds.relations import RELATIONS
from kgkit.evidence import TextEvidence
from kgkit.facts import Document, Fact, Mention

__all__ = ["BESIDE", "SYMMETRIC", "mentions_of", "stated_in"]

#: Relations that a claim of the same ends may be given instead: by the split of the templates.
BESIDE = {
    "train": {
        "BORN_ON": ("DIED_ON", "MARRIED_ON"),
        "BORN_IN": ("DIED_IN", "LIVES_IN", "MAYOR_OF"),
        "STUDIED_AT": ("TEACHES_AT", "FOUNDED", "VISITED"),
        "MAJORED_IN": ("TEACHES", "FAILED_IN"),
        "WORKS_FOR": ("OWNS", "SUED", "INVESTED_IN"),
        "MARRIED_TO": ("PARENT_OF", "EMPLOYED"),
        "PARENT_OF": ("MARRIED_TO", "SIBLING_OF"),
        "KNOWS": ("MARRIED_TO", "DEFEATED"),
        "RECEIVED": ("FOUNDED", "REFUSED"),
        "WROTE": ("TRANSLATED", "READ"),
        "FOUNDED": ("BOUGHT", "LEFT"),
        "HEADQUARTERED_IN": ("BANNED_IN",),
        "FOUNDED_IN": ("DISSOLVED_IN", "BOUGHT_IN"),
        "EMPLOYEES": ("REVENUE",),
        "CAMPUS_IN": ("NAMED_AFTER",),
        "LOCATED_IN": ("CAPITAL_OF", "AT_WAR_WITH"),
        "POPULATION": ("AREA",),
        "PUBLISHED_IN": ("BANNED_IN", "SET_IN"),
    },
    "held_out": {
        "BORN_ON": ("DATE_OF_DEATH", "BAPTISED_ON", "ELECTED_ON"),
        "BORN_IN": ("PLACE_OF_DEATH", "BURIED_IN", "GOVERNOR_OF"),
        "STUDIED_AT": ("PROFESSOR_AT", "RECTOR_OF", "DONATED_TO"),
        "MAJORED_IN": ("WRITES_ABOUT", "DISLIKES"),
        "WORKS_FOR": ("FOUNDED", "BOUGHT", "CRITICISED"),
        "MARRIED_TO": ("SIBLING_OF", "TEACHER_OF"),
        "PARENT_OF": ("SPOUSE_OF", "TEACHER_OF"),
        "KNOWS": ("PARENT_OF", "EMPLOYS"),
        "RECEIVED": ("ESTABLISHED", "NOMINATED_FOR"),
        "WROTE": ("ILLUSTRATED", "REVIEWED"),
        "FOUNDED": ("WORKS_FOR", "SUED"),
        "HEADQUARTERED_IN": ("SUED_IN", "SELLS_TO"),
        "FOUNDED_IN": ("CLOSED_IN", "RENAMED_IN"),
        "EMPLOYEES": ("SHOPS", "PROFIT"),
        "CAMPUS_IN": ("CLOSED_IN", "TWINNED_WITH"),
        "LOCATED_IN": ("CAPITAL_OF", "INVADED_BY"),
        "POPULATION": ("ELEVATION", "SCHOOLS"),
        "PUBLISHED_IN": ("TRANSLATED_IN", "FILMED_IN"),
    },
}
#: Relations of a world that hold the other way round as well.
SYMMETRIC = frozenset(r.name for r in RELATIONS.values() if r.symmetric)


def stated_in(world: World) -> list[tuple[Fact, Document, int, int]]:
    """Return each asserted fact with each sentence [start, end) that states it, in order."""
    return [
        (fact, document, piece.start, piece.end)
        for document in world.documents
        for fact in world.told_in(document).facts
        if fact.is_asserted
        for piece in fact.evidence
        if isinstance(piece, TextEvidence)
    ]


def mentions_of(world: World) -> dict[str, tuple[Mention, ...]]:
    """Return the mentions of each document by its id."""
    found: dict[str, list[Mention]] = {document.id: [] for document in world.documents}
    for mention in world.mentions:
        found[mention.document_id].append(mention)
    return {id: tuple(own) for id, own in found.items()}
