"""Canonical relations in the graph: one edge type for what several predicates say."""

from __future__ import annotations

from pathlib import Path

import kgkit
from kgkit.canonical import name_relations
from kgkit.evidence import PersonEvidence
from kgkit.facts import Entity, Fact
from stores.ledger import Ledger

ALIEN, GATTACA = Entity.named("Alien", "Film"), Entity.named("Gattaca", "Film")
SCOTT, NICCOL = Entity.named("Ridley Scott", "Person"), Entity.named("Andrew Niccol", "Person")


def said(head: Entity, relation: str, tail: Entity) -> Fact:
    evidence = (PersonEvidence(relation, score=0.5),)
    return Fact(head, relation, tail, predicate=relation.lower(), evidence=evidence)


FACTS = [
    said(SCOTT, "DIRECT", ALIEN),
    said(NICCOL, "DIRECT", GATTACA),
    said(ALIEN, "DIRECTED_BY", SCOTT),
    said(NICCOL, "PEN", GATTACA),
    said(SCOTT, "BORN_IN", Entity.named("South Shields", "Location")),
]


def test_what_says_the_same_is_one_edge_type_until_it_is_taken_back(tmp_path: Path) -> None:
    edges = "MATCH (a:Entity)-[r]->(b:Entity) RETURN a.name AS a, type(r) AS t, b.name AS b"
    with kgkit.open(tmp_path / "films.kg") as kg:
        kg.add(FACTS)
        before = sorted(map(str, kg.query(edges)))
        assert name_relations(kg.ledger) == 1
        rows = kg.query(f"{edges}, r.predicate AS p, r.support AS s ORDER BY a, t")
        assert [(row["a"], row["t"], row["b"]) for row in rows] == [
            ("Andrew Niccol", "DIRECT", "Gattaca"),
            ("Andrew Niccol", "PEN", "Gattaca"),
            ("Ridley Scott", "BORN_IN", "South Shields"),
            ("Ridley Scott", "DIRECT", "Alien"),
        ]
        assert (rows[3]["p"], rows[3]["s"]) == ("directed_by", 2)
        found = kg.sparql("SELECT ?f WHERE { ?f rel:DIRECTED_BY ?p }")
        assert len(found) == 0
        (decision,) = kg.ledger.decisions("rename")
        assert kg.ledger.withdraw(decision.id)
        assert sorted(map(str, kg.query(edges))) == before
        assert len(kg.sparql("SELECT ?f WHERE { ?f rel:DIRECTED_BY ?p }")) == 1


def test_names_depend_on_the_live_facts_alone() -> None:
    with Ledger.open(":memory:") as one, Ledger.open(":memory:") as other:
        for ledger in (one, other):
            ledger.add_facts(FACTS)
        for relation in ("WRITE", "AUTHOR_OF", "AUTHORED"):
            one.add_facts([said(NICCOL, relation, GATTACA)])
        name_relations(one)
        one.remove_facts({f.id for f in one.facts() if f.relation == "WRITE"} - {FACTS[3].id})
        other.remove_facts([FACTS[3].id])
        for ledger in (one, other):
            name_relations(ledger)
            assert name_relations(ledger) == 0
        assert list(one.export()) == list(other.export())
