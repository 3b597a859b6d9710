"""One question has one answer, whatever language it is asked in."""

from __future__ import annotations

from typing import Any

import pytest

from kgkit.errors import InputError, QueryError, QueryTimeout, ReadOnlyError, StoreError
from stores.base import Ability, GraphStore
from stores.ledger import Ledger
from stores.rows import Rows
from stores.sync import follow
from tests.conformance.conftest import Subject
from tests.conformance.history import CHARLES, ENGINE, STEPS

#: A question in Cypher and in SPARQL, its parameters, and the rows, in order.
QUESTIONS: dict[str, tuple[str, str, dict[str, Any], list[tuple[Any, ...]]]] = {
    "who met whom": (
        "MATCH (a)-[:MET]->(b) RETURN DISTINCT a.name AS a, b.name AS b ORDER BY a, b",
        "SELECT ?a ?b { ?x rel:MET ?y . ?x rdfs:label ?a . ?y rdfs:label ?b } ORDER BY ?a ?b",
        {},
        [("Ada", "Bob"), ("Ada", "Charles"), ("Charles", "Ada")],
    ),
    "how many of each type": (
        "MATCH (e:Entity) RETURN e.type AS a, count(*) AS b ORDER BY b DESC, a",
        "SELECT ?a (COUNT(*) AS ?b) { ?e a kg:Entity ; a ?t "
        "FILTER(?t != kg:Entity) "
        "BIND(REPLACE(STRAFTER(STR(?t), 'type:'), '-', ' ') AS ?a) } "
        "GROUP BY ?a ORDER BY DESC(?b) ?a",
        {},
        [("Thing", 4), ("Person", 3), ("work of art", 1)],
    ),
    "what a name is built by": (
        "MATCH (a)-[:BUILT]->(b {name: $name}) RETURN a.id AS a",
        "SELECT (STR(?x) AS ?a) { ?x rel:BUILT ?y . ?y rdfs:label $name }",
        {"name": ENGINE.name},
        [(CHARLES.id,)],
    ),
    "two steps away": (
        "MATCH (:Entity {id: $id})-[:MET]->()-[:MET|WROTE]->(b) "
        "RETURN DISTINCT b.name AS a ORDER BY a",
        "SELECT DISTINCT ?a { ?x rel:MET/(rel:MET|rel:WROTE)/rdfs:label ?a "
        "FILTER(STR(?x) = $id) } ORDER BY ?a",
        {"id": CHARLES.id},
        [("Bob",), ("Charles",), ("Notes",)],
    ),
    "who may not have built": (
        "MATCH (a:Person) WHERE NOT (a)-[:BUILT]->() RETURN a.name AS a ORDER BY a",
        "SELECT ?a { ?x a type:Person ; rdfs:label ?a FILTER NOT EXISTS { ?x rel:BUILT ?y } } "
        "ORDER BY ?a",
        {},
        [("Ada",), ("Bob",)],
    ),
    "values at least": (
        "MATCH (a {rich: false}) RETURN a.mass[0] AS a, a.born AS b",
        "SELECT (MIN(?m) AS ?a) (SAMPLE(?d) AS ?b) "
        "{ ?x rel:RICH false ; rel:MASS ?m ; rel:BORN ?d }",
        {},
        [(70.5, "1791-12-26")],
    ),
    "where it says so": (
        "MATCH (a:Entity {name: 'Ada'})-[:MENTIONED_IN]->(c)-[:PART_OF]->(d) "
        "RETURN DISTINCT d.uri AS a ORDER BY a",
        "SELECT DISTINCT ?a { ?x rdfs:label 'Ada' ; kg:mentionedIn/prov:wasQuotedFrom/kg:uri ?a } "
        "ORDER BY ?a",
        {},
        [("a.txt",), ("b.txt",), ("c.txt",)],
    ),
}

#: What writes, in Cypher and in SPARQL.
WRITES = {
    "delete": ("MATCH (n) DETACH DELETE n", "DELETE WHERE { ?s ?p ?o }"),
    "create": ("CREATE (n:Note)", "INSERT DATA { kg:a kg:b kg:c }"),
    "clear": ("MATCH ()-[r]->() DELETE r", "CLEAR ALL"),
}


@pytest.fixture
def filled(subject: Subject, store: GraphStore, ledger: Ledger) -> GraphStore:
    """A store that holds the middle of the history."""
    for step in STEPS[:5]:
        step(ledger)
    follow(ledger, store)
    return store


def language(subject: Subject) -> int | None:
    """Return 0 for Cypher, 1 for SPARQL, None for a store without a language."""
    abilities = subject.tested.abilities
    return 0 if Ability.CYPHER in abilities else 1 if Ability.SPARQL in abilities else None


def shown(rows: Rows) -> list[tuple[Any, ...]]:
    """Return the rows as tuples, dates as text."""
    return [
        tuple(v.isoformat() if hasattr(v, "isoformat") else v for v in row.values()) for row in rows
    ]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_has_one_answer(subject: Subject, filled: GraphStore, question: str) -> None:
    *texts, parameters, answer = QUESTIONS[question]
    spoken = language(subject)
    if spoken is None:
        with pytest.raises(StoreError, match=r"Ability\.CYPHER.*Ability\.SPARQL"):
            filled.query(texts[0], parameters)
        return
    rows = filled.query(texts[spoken], parameters)
    assert rows.columns == tuple("ab"[: len(answer[0])])
    assert shown(rows) == answer


@pytest.mark.parametrize("name", WRITES)
def test_a_query_only_reads_unless_asked(subject: Subject, filled: GraphStore, name: str) -> None:
    spoken = language(subject)
    before = subject.content(filled)
    refused = StoreError if spoken is None else ReadOnlyError
    with pytest.raises(refused):
        filled.query(WRITES[name][spoken or 0])
    assert not subject.content(filled).difference(before)


def test_a_query_writes_when_asked(subject: Subject, store: GraphStore) -> None:
    spoken = language(subject)
    write, read = (
        ("CREATE (:Note {text: 'x'})", "MATCH (n:Note) RETURN n.text AS a"),
        ("INSERT DATA { kg:note kg:text 'x' }", "SELECT ?a { kg:note kg:text ?a }"),
    )[spoken or 0]
    if spoken is None:
        with pytest.raises(StoreError):
            store.query(write, write=True)
        return
    store.query(write, write=True)
    assert shown(store.query(read)) == [("x",)]
    store.clear()
    assert shown(store.query(read)) == []


def test_what_cannot_run_is_a_query_error(subject: Subject, store: GraphStore) -> None:
    texts = ("MATCH (n RETURN n", "RETURN nothing_bound"), ("SELECT ?a { ?a", "SELEC *")
    spoken = language(subject)
    for text in texts[spoken or 0]:
        with pytest.raises(StoreError if spoken is None else QueryError):
            store.query(text)


def test_an_empty_query_is_a_query_error(subject: Subject, store: GraphStore) -> None:
    with pytest.raises(StoreError if language(subject) is None else QueryError):
        store.query("")


def test_a_parameter_that_is_missing_is_named(subject: Subject, store: GraphStore) -> None:
    spoken = language(subject)
    text = ("RETURN $absent AS a", "SELECT ($absent AS ?a) {}")[spoken or 0]
    if spoken == 1:
        # In SPARQL a dollar sign begins a variable, and one without a value is unbound.
        assert shown(store.query(text)) == [(None,)]
        return
    with pytest.raises(StoreError if spoken is None else QueryError):
        store.query(text)


@pytest.mark.parametrize("bounds", [{"timeout": 0.0}, {"timeout": -1.0}, {"limit": -1}])
def test_unusable_bounds_are_refused(
    subject: Subject, store: GraphStore, bounds: dict[str, Any]
) -> None:
    spoken = language(subject)
    with pytest.raises(StoreError if spoken is None else InputError):
        store.query(("RETURN 1 AS a", "ASK {}")[spoken or 0], **bounds)


def test_a_limit_says_when_it_cut(subject: Subject, filled: GraphStore) -> None:
    spoken = language(subject)
    text = ("MATCH (e:Entity) RETURN e.name AS a", "SELECT ?a { ?a a kg:Entity }")[spoken or 0]
    if spoken is None:
        with pytest.raises(StoreError):
            filled.query(text, limit=2)
        return
    rows = filled.query(text, limit=2)
    assert len(rows) == 2
    assert any("2" in note for note in rows.notes)
    assert filled.query(text, limit=1000).notes == ()
    assert len(filled.query(text)) > 2


def test_a_timeout_stops_a_query(subject: Subject, store: GraphStore) -> None:
    endless = (
        "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b "
        "WITH a, b WHERE a * b < 0 RETURN count(*) AS a"
    )
    if Ability.TIMEOUT not in subject.tested.abilities:
        assert language(subject) != 0, "every Cypher engine can stop a query"
        return
    with pytest.raises(QueryTimeout):
        store.query(endless, timeout=0.3)
    assert shown(store.query("RETURN 1 AS a", timeout=60)) == [(1,)]
