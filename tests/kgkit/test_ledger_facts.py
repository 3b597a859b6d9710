"""What programs read of a ledger is what the graph shows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kgkit.errors import InputError
from kgkit.evidence import ImportEvidence
from kgkit.facts import Entity, Fact, Literal, Polarity
from kgkit.ledger_facts import LedgerFacts
from reasoning.logic import MemoryFacts, Vocabulary, parse, run
from reasoning.logic.tables import keys
from stores.ledger import Ledger
from stores.ledger.relation_names import RelationName
from tests.conformance.test_programs import FACTS, IN_MEMORY, PROGRAMS
from tests.stores.ledger.worlds import read

NAMES = ("Ada", "Bob", "Cid")
KEYS = sorted({Entity.named(n, t).id for n, t in product(NAMES, ("Person", "Thing"))})
RELATIONS = ("MET", "SAW", "BORN", "WEIGHS")
SHOWN = (RelationName("MET"), RelationName("seen by", True), RelationName("SAW", True))
IMPORTED = (ImportEvidence("t", "1"),)
GIVEN = (
    Fact(Entity.named("Ada", "Person"), "met", Entity.named("Bob", "King"), evidence=IMPORTED),
    Fact(Entity.named("Bob", "King"), "WEIGHS", Literal(80, "decimal", unit="kg"),
         evidence=IMPORTED),
    Fact(Entity.named("Cid"), "SAW", Entity.named("Ada", "Person"), polarity=Polarity.NEGATIVE,
         evidence=IMPORTED),
)  # fmt: skip

_decisions = st.lists(
    st.one_of(
        st.tuples(st.just("merge"), st.sampled_from(KEYS), st.sampled_from(KEYS)),
        st.tuples(st.just("rename"), st.sampled_from(RELATIONS), st.sampled_from(SHOWN)),
        st.tuples(st.just("reject"), st.integers(0, 6), st.none()),
    ),
    max_size=5,
)


def _ledger() -> Ledger:
    ledger = Ledger.open(":memory:")
    run = ledger.add_run("test", "1", {}, 0)
    ledger.add_document(*read("a.txt", ("Ada", "met", "Bob"), ("Ada", "born", "1903")), run)
    ledger.add_document(*read("b.txt", ("Bob", "saw", "Cid"), ("Cid", "met", "Ada")), run)
    ledger.add_facts(GIVEN)
    return ledger


def _decide(ledger: Ledger, kind: str, one: object, two: object) -> None:
    if kind == "merge":
        try:
            ledger.merge(str(one), str(two))
        except InputError:
            return
    elif kind == "rename":
        assert isinstance(two, RelationName)
        ledger.rename_relations({str(one): two})
    else:
        facts = list(ledger.facts())
        assert isinstance(one, int)
        if one < len(facts):
            ledger.reject_fact(facts[one].id)


@settings(max_examples=15, deadline=None)
@given(_decisions)
def test_merges_names_and_rejections_are_honoured(
    decided: list[tuple[str, object, object]],
) -> None:
    with _ledger() as ledger:
        source = LedgerFacts(ledger)
        assert source.related(None)
        for decision in decided:
            _decide(ledger, *decision)
        shown = MemoryFacts(ledger.facts(), ledger.entities())
        vocabulary = Vocabulary.of_facts(ledger.facts())
        assert source.vocabulary == vocabulary
        assert source.related(None) == list(shown.related(None))
        assert source.related(None, values=True) == list(shown.related(None, values=True))
        for relation in vocabulary.relations:
            assert source.related([relation]) == list(shown.related([relation]))
            values = list(shown.related([relation], values=True))
            assert source.related([relation], values=True) == values
            assert source.about(KEYS, [relation]) == list(shown.about(KEYS, [relation]))
        for key in KEYS:
            assert source.about([key]) == list(shown.about([key]))
        found = source.named(NAMES)
        assert found.keys() == shown.named(NAMES).keys()
        assert all(set(found[n]) == set(shown.named(NAMES)[n]) for n in found)


def test_programs_have_the_answers_that_they_have_in_memory() -> None:
    with Ledger.open(":memory:") as ledger:
        ledger.add_facts(FACTS)
        there, here = LedgerFacts(ledger), MemoryFacts(FACTS)
        assert there.vocabulary == Vocabulary.of_facts(FACTS)
        for text in (*PROGRAMS, *IN_MEMORY):
            found, wanted = (run(parse(text), source).table for source in (there, here))
            assert found.columns == wanted.columns
            rows = [
                {keys(row.cells): {fact.id for fact in row.facts} for row in table.rows}
                for table in (found, wanted)
            ]
            assert rows[0] == rows[1], text


def test_what_is_not_there_is_not_found() -> None:
    with _ledger() as ledger:
        source = LedgerFacts(ledger)
        assert source.related(["NOTHING"]) == source.about(["nobody"]) == []
        assert source.named(["Nobody"]) == {}


def test_a_change_of_the_ledger_is_seen() -> None:
    with _ledger() as ledger:
        source = LedgerFacts(ledger)
        before = source.related(["MET"])
        assert before
        assert source.vocabulary.relations == ("BORN", "MET", "SAW", "WEIGHS")
        ledger.remove_document(ledger.document_ids("a.txt")[0])
        assert len(source.related(["MET"])) == len(before) - 1
        assert "BORN" not in source.vocabulary.relations


def test_several_threads_may_ask(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.add_facts(FACTS)
        source = LedgerFacts(ledger)
        wanted = [str(fact) for fact in source.related(None)]
        fresh = LedgerFacts(ledger)
        with ThreadPoolExecutor(4) as pool:
            asked = [pool.submit(fresh.related, None) for _ in range(8)]
        assert all([str(fact) for fact in each.result()] == wanted for each in asked)
