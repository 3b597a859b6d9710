from __future__ import annotations

import pytest

from kgkit.errors import QueryError
from kgkit.evidence import PersonEvidence
from kgkit.facts import Entity, Fact, Literal, Qualifier
from reasoning.logic import MemoryFacts, parse, run
from reasoning.logic.as_of import HeldAt, as_of, read_time
from reasoning.logic.times import Time


def _part(a: str, b: str, until: int | None = None) -> Fact:
    roles = () if until is None else (Qualifier("valid_to", Literal(until, "gYear")),)
    ends = Entity.named(a), Entity.named(b)
    return Fact(ends[0], "PART_OF", ends[1], roles, evidence=(PersonEvidence("Ada"),))


#: A was in B until 1990, and by way of X and Y is in C.
FACTS = [_part("A", "B", 1990), _part("B", "C"), *map(_part, "AXY", "XYC")]
SOURCE = MemoryFacts(FACTS)


def test_every_step_that_has_no_time_gets_one() -> None:
    program = parse(
        "union { retrieve(?a, PART_OF, ?b) } { denied(?a, PART_OF, ?b, at 1980) }\n"
        "except { retrieve(?b, PART_OF, _, place = ?a) }"
    )
    assert str(as_of(program, Time(1990, 5))) == (
        "union { retrieve(?a, PART_OF, ?b, at 1990-05) } { denied(?a, PART_OF, ?b, at 1980) }\n"
        "except { retrieve(?b, PART_OF, _, place = ?a, at 1990-05) }"
    )
    assert parse(str(as_of(program, Time(-43)))) == as_of(program, Time(-43))


@pytest.mark.parametrize(("year", "facts"), [(1980, 2), (2000, 3)])
def test_chains_go_by_what_held(year: int, facts: int) -> None:
    program = as_of(parse('retrieve("A", PART_OF+, "C")'), Time(year))
    (row,) = run(program, SOURCE).table.rows
    assert len(row.facts) == facts


def test_a_source_as_of_a_time() -> None:
    held = HeldAt(SOURCE, Time(2000))
    assert list(held.related(["PART_OF_"])) == [f for f in SOURCE.related(None) if not f.qualifiers]
    assert len(list(held.about([FACTS[0].head.id]))) == 1
    assert held.named(["A"]) == SOURCE.named(["A"])


@pytest.mark.parametrize("when", ["soon", "1990-13", "", True, "9" * 5000])
def test_what_is_no_time_is_refused(when: str) -> None:
    with pytest.raises(QueryError, match="is no time"):
        read_time(when)
