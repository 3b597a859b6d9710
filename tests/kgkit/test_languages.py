"""One graph in Cypher and in SPARQL, from the front door."""

from __future__ import annotations

from pathlib import Path

import pytest

import kgkit
from kgkit.errors import ReadOnlyError
from kgkit.facts import Entity, Fact, Literal

IMPORTED = (kgkit.ImportEvidence("films.csv", "1"),)
SCOTT = Entity.named("Ridley Scott", "Person")
ALIEN = Entity.named("Alien", "Film")
FACTS = (
    Fact(SCOTT, "DIRECTED", ALIEN, evidence=IMPORTED),
    Fact(SCOTT, "BORN_ON", Literal("1937-11-30"), evidence=IMPORTED),
)
DIRECTED = "SELECT ?film WHERE { ?p rdfs:label $name ; rel:DIRECTED ?f . ?f rdfs:label ?film }"


def test_the_same_question_in_both(tmp_path: Path) -> None:
    with kgkit.open(tmp_path / "g.kg", heap_mb=128) as kg:
        kg.add(FACTS)
        cypher = kg.query(
            "MATCH (p {name: $name})-[:DIRECTED]->(f) RETURN f.name AS film", name="Ridley Scott"
        )
        assert list(kg.sparql(DIRECTED, name="Ridley Scott")) == list(cypher) == [{"film": "Alien"}]
        kg.add([Fact(SCOTT, "DIRECTED", Entity.named("Legend", "Film"), evidence=IMPORTED)])
        assert {row["film"] for row in kg.sparql(DIRECTED, name="Ridley Scott")} == {
            "Alien",
            "Legend",
        }
        with pytest.raises(ReadOnlyError):
            kg.sparql("DELETE WHERE { ?s ?p ?o }")


def test_a_graph_opened_for_reading_is_asked_in_sparql_too(tmp_path: Path) -> None:
    with kgkit.open(tmp_path / "g.kg", heap_mb=128) as kg:
        kg.add(FACTS)
    with kgkit.open(tmp_path / "g.kg", read_only=True, heap_mb=128) as kg:
        assert kg.sparql(DIRECTED, name="Ridley Scott")[0]["film"] == "Alien"
    assert not (tmp_path / "g.kg" / "rdf").exists()


def test_rdf_is_rebuilt_and_erased_with_the_rest(tmp_path: Path) -> None:
    document = kgkit.Document("a.txt", "Marie Curie discovered polonium.")
    with kgkit.open(tmp_path / "g.kg", heap_mb=128) as kg:
        kg.build(document)
        assert kg.sparql("ASK { ?s rdfs:label 'Marie Curie' }")[0]["answer"]
        kg.rebuild()
        assert kg.sparql("ASK { ?s rdfs:label 'Marie Curie' }")[0]["answer"]
        kg.remove_document("a.txt")
        assert kg.projections.rdf.watermark() == kg.ledger.sequence()
        assert not kg.sparql("ASK { ?s rdfs:label 'Marie Curie' }")[0]["answer"]


def test_what_follows_and_what_a_shape_asks(tmp_path: Path) -> None:
    ontology = "rel:DIRECTED rdfs:subPropertyOf rel:MADE ."
    prefixes = (
        "PREFIX rel: <urn:kgkit:relation:>\nPREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
    )
    with kgkit.open(tmp_path / "g.kg", heap_mb=128) as kg:
        kg.add(FACTS)
        found = kg.infer("rdfs", ontology=prefixes + ontology)
        assert any(str(fact) == "(Ridley Scott)-[MADE]->(Alien)" for fact in found.facts)
        assert kg.validate(kgkit.Schema.parse("(Person)-[DIRECTED]->(Film)")).conforms


def test_the_store_is_remembered_without_its_password(tmp_path: Path) -> None:
    with kgkit.open(tmp_path / "g.kg", store="networkx:x://user:secret@host") as kg:
        assert kg.ledger.get_meta("store") == "networkx:x://host"
    with kgkit.open(tmp_path / "g.kg") as kg:
        assert type(kg.projections.graph).__name__ == "MemoryGraph"
