from __future__ import annotations

from kgkit.evidence import ImportEvidence
from kgkit.facts import Entity, Fact, Literal
from stores.ledger import Ledger
from stores.ledger.relation_names import RelationName
from tests.stores.ledger.worlds import read


def test_patterns_are_counted_as_they_are_shown(ledger: Ledger) -> None:
    run = ledger.add_run("test", "1", {}, 0)
    ledger.add_document(*read("a.txt", ("Ada", "met", "Bob"), ("Ada", "born", "1903")), run)
    ledger.add_document(*read("b.txt", ("Cid", "met", "Bob"), ("Ada", "met", "Dee")), run)
    assert ledger.patterns() == {
        ("Person", "BORN", "gYear", False): 1,
        ("Person", "MET", "Thing", True): 3,
    }
    ada, cid = (Entity.named(name, "Person").id for name in ("Ada", "Cid"))
    ledger.merge(ada, cid)
    assert ledger.patterns()["Person", "MET", "Thing", True] == 2
    ledger.rename_relations({"MET": RelationName("met by", True)})
    assert ledger.patterns()["Thing", "met by", "Person", True] == 2
    assert ledger.relations() == {"BORN": ("BORN",), "MET": ("met by", "MET")}
    ledger.reject_fact(next(ledger.facts()).id)
    assert sum(ledger.patterns().values()) == 2


def test_a_type_is_the_likeliest_and_a_unit_makes_a_quantity(ledger: Ledger) -> None:
    for number, kind in enumerate(("Thing", "Thing", "King", "Queen")):
        entity = Entity("e", "Ada", kind)
        value = Literal(number, "decimal", unit="kg" if number else None)
        ledger.add_facts([Fact(entity, "HAS", value, evidence=(ImportEvidence("t", kind),))])
    assert ledger.patterns() == {
        ("Queen", "HAS", "decimal", False): 1,
        ("Queen", "HAS", "quantity", False): 3,
    }


def test_facts_are_found_by_relation_and_end(ledger: Ledger) -> None:
    run = ledger.add_run("test", "1", {}, 0)
    ledger.add_document(*read("a.txt", ("Ada", "met", "Bob"), ("Ada", "saw", "Bob")), run)
    met, saw = sorted(ledger.facts(), key=lambda fact: fact.relation)
    assert ledger.fact_ids(["MET"]) == [met.id]
    assert ledger.fact_ids() == sorted([met.id, saw.id])
    assert ledger.fact_ids([]) == []
    ada = Entity.named("Ada", "Person").id
    assert sorted(ledger.fact_ends([ada, "nobody"])) == sorted(
        [(ada, met.id, "MET"), (ada, saw.id, "SAW")]
    )
    known: dict[str, Entity] = {}
    assert list(ledger.facts(ids=[met.id], known=known)) == [met]
    assert known.keys() == {ada, Entity.named("Bob").id}
