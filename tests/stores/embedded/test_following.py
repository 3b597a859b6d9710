"""The graph and a real ledger: whatever happened, following gives what a rebuild gives."""

from __future__ import annotations

from kgkit.evidence import TextEvidence
from kgkit.facts import Chunk, Document, Entity, Fact, Literal, Mention, Qualifier
from stores.embedded import EmbeddedGraph
from stores.ledger import Ledger
from stores.sync import follow, rebuild
from tests.stores.embedded.records import content

CURIE = Entity.named("Marie Curie", "Person")
MARIA = Entity.named("Maria Skłodowska", "Person")
WARSAW = Entity.named("Warsaw", "Location")


def add(ledger: Ledger, run: str, uri: str, text: str, person: Entity) -> str:
    """Add a document of one sentence that says that a person was born in Warsaw."""
    document = Document(uri, text)
    chunk = Chunk(document.id, 0, 0, len(text), text, ((0, len(text)),))
    place = text.index("Warsaw")
    mentions = [
        Mention(document.id, chunk.id, 0, len(person.name), person.name, person),
        Mention(document.id, chunk.id, place, place + 6, "Warsaw", WARSAW),
    ]
    evidence = (TextEvidence(document.id, chunk.id, 0, len(text), "test", 0.9),)
    year = Literal(1867, "gYear")
    facts = [
        Fact(person, "BORN_IN", WARSAW, evidence=evidence),
        Fact(person, "BIRTH_YEAR", year, evidence=evidence),
        Fact(person, "LIVED_IN", WARSAW, (Qualifier("with", CURIE),), evidence=evidence),
    ]
    ledger.add_document(document, [chunk], mentions, facts, run)
    return document.id


def test_following_is_rebuilding(graph: EmbeddedGraph) -> None:
    with Ledger.open(":memory:") as ledger:
        run = ledger.add_run("test", "1", {}, 0)

        def step() -> tuple[list[object], list[object]]:
            follow(ledger, graph, size=3)
            followed = content(graph)
            assert graph.watermark() == ledger.sequence()
            rebuild(ledger, graph)
            assert content(graph) == followed
            return followed

        first = add(ledger, run, "a", "Marie Curie was born in Warsaw.", CURIE)
        alone = step()
        second = add(ledger, run, "b", "Maria Skłodowska was born in Warsaw.", MARIA)
        both = step()
        assert both != alone
        merge = ledger.merge(CURIE.id, MARIA.id)
        assert len(step()[0]) == len(both[0]) - 2, "one person less, and one statement"
        ledger.unmerge(merge)
        assert step() == both
        ledger.remove_document(second)
        assert step() == alone
        ledger.remove_document(first)
        assert step() == ([], [])
