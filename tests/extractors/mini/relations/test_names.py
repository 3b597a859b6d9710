"""One name for one relation, whether a clause states it or the relation head finds it."""

from __future__ import annotations

import pytest

from extractors.mini.relations.joining import joined
from extractors.mini.relations.names import Property, relation_names, triple_of
from extractors.mini.relations.store import load_relations
from kgkit.evidence import TextEvidence
from kgkit.facts import Entity, Fact, Literal, Modality, Polarity, Qualifier

NAMES = relation_names()
ADA, BOB = Entity.named("Ada", "Person"), Entity.named("Bob", "Person")
ALIEN, PARIS = Entity.named("Alien", "Misc"), Entity.named("Paris", "Location")
SCHOOL = Entity.named("Old School", "Organization")
YEAR = Literal(1867, "gYear")


def clause(head: Entity, relation: str, tail: Entity | Literal, *roles: Qualifier) -> Fact:
    evidence = (TextEvidence("d", "c", 0, 9, "mini/1", 0.9),)
    return Fact(head, relation, tail, roles, predicate=relation.lower(), evidence=evidence)


def found(head: Entity, number: str, tail: Entity | Literal) -> Fact:
    fact = NAMES.related(head, number, tail, "label")
    return fact.with_evidence(TextEvidence("d", "c", 0, 40, "mini-relations/1", 0.7))


def test_every_property_of_the_head_has_a_name() -> None:
    _, labels = load_relations()
    for number in labels.properties:
        assert NAMES.of(number).name in NAMES.names
    with pytest.raises(KeyError):
        NAMES.of("P0")


def test_labels_of_properties_are_known() -> None:
    _, labels = load_relations()
    for number, label in zip(labels.properties, labels.names, strict=True):
        assert NAMES.by_label(label) == NAMES.of(number)
    assert NAMES.by_label("LIKES") is None


def test_inverse_properties_are_one_relation() -> None:
    assert NAMES.of("P1376") == Property("CAPITAL_OF")
    assert NAMES.of("P36") == Property("CAPITAL_OF", turned=True)
    france = Entity.named("France", "Location")
    assert found(france, "P36", PARIS).id == found(PARIS, "P1376", france).id


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        (clause(BOB, "DIRECTED", ALIEN), clause(BOB, "DIRECT", ALIEN)),
        (clause(ALIEN, "DIRECTED_BY", BOB), clause(BOB, "DIRECT", ALIEN)),
        (clause(ADA, "DAUGHTER_OF", BOB), clause(ADA, "CHILD_OF", BOB)),
        (clause(ADA, "WIFE_OF", BOB), clause(ADA, "MARRY", BOB)),
        (clause(ADA, "BORN_IN", YEAR), clause(ADA, "BORN_ON", YEAR)),
        (clause(ADA, "BORN_IN", PARIS), clause(ADA, "BORN_IN", PARIS)),
        (clause(ADA, "EDUCATED_AT", SCHOOL), clause(ADA, "STUDY_AT", SCHOOL)),
        (clause(BOB, "DIRECTOR_OF", SCHOOL), clause(BOB, "DIRECTOR_OF", SCHOOL)),
        (clause(ADA, "SEE", ALIEN), clause(ADA, "SEE", ALIEN)),
        (clause(ADA, "WIN", ALIEN), clause(ADA, "WIN", ALIEN)),
    ],
)
def test_a_clause_that_says_the_same_gets_the_name(stated: Fact, shown: Fact) -> None:
    named = NAMES.restated(stated)
    assert named.id == shown.id
    assert (named.predicate, named.evidence) == (stated.predicate, stated.evidence)
    assert NAMES.restated(named) == named


def test_what_may_mean_several_things_means_what_is_found_there() -> None:
    prize = Entity.named("Copley Medal", "Misc")
    known = frozenset([triple_of(found(ADA, "P166", prize))])
    assert NAMES.restated(clause(ADA, "WIN", prize), known).relation == "RECEIVE"
    assert NAMES.restated(clause(BOB, "WIN", prize), known).relation == "WIN"


def test_one_fact_rests_on_the_evidence_of_both() -> None:
    stated = [clause(ADA, "BORN_IN", YEAR), clause(BOB, "SEE", PARIS)]
    related = [found(ADA, "P569", YEAR), found(ADA, "P19", PARIS)]
    facts = {str(fact): fact for fact in joined(NAMES, stated, related)}
    assert facts.keys() == {
        "(Ada)-[BORN_ON]->(1867)",
        "(Ada)-[BORN_IN]->(Paris)",
        "(Bob)-[SEE]->(Paris)",
    }
    both = facts["(Ada)-[BORN_ON]->(1867)"]
    assert {e.extractor for e in both.evidence if isinstance(e, TextEvidence)} == {
        "mini/1",
        "mini-relations/1",
    }


def test_a_clause_that_says_more_takes_the_evidence() -> None:
    when = Qualifier("time", YEAR)
    (fact,) = joined(NAMES, [clause(ADA, "MARRY", BOB, when)], [found(ADA, "P26", BOB)])
    assert fact.qualifiers == (when,)
    assert len(fact.evidence) == 2


def test_a_clause_that_denies_or_doubts_is_a_fact_of_its_own() -> None:
    stated = clause(ADA, "MARRY", BOB)
    for said in (
        Fact(ADA, "WED", BOB, polarity=Polarity.NEGATIVE, evidence=stated.evidence),
        Fact(ADA, "WED", BOB, modality=Modality.HEDGED, evidence=stated.evidence),
    ):
        facts = joined(NAMES, [said], [found(ADA, "P26", BOB)])
        assert sorted(map(str, facts))[0] == "(Ada)-[MARRY]->(Bob)"
        assert {fact.relation for fact in facts} == {"MARRY"}
        assert len(facts) == 2
