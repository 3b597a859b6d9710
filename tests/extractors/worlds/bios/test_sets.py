"""Value sets: their sizes and the bits that they hold."""

from __future__ import annotations

import math

import pytest

from extractors.worlds.bios import BIOS, SMALL, Attribute, NameSpace, gold_bits
from extractors.worlds.bios.sets import values_of
from extractors.worlds.bios.telling import said
from kgkit.errors import InputError


def test_a_person_of_bios_holds_the_bits_that_the_paper_says() -> None:
    assert round(gold_bits(1), 2) == 47.59
    assert round(gold_bits(1, SMALL), 2) == round(
        math.log2(12 * 28 * 50) + 2 * math.log2(20) + math.log2(10) + 4 + 1, 2
    )


def test_names_hold_the_bits_of_who_is_there_at_all() -> None:
    names = NameSpace(40, 40, 100)
    assert names.size == 160_000
    bits = gold_bits(200, (), names)
    assert bits == pytest.approx(200 * math.log2(160_000 / 200))
    assert gold_bits(0, BIOS, names) == 0


@pytest.mark.parametrize("attribute", [*BIOS, *SMALL], ids=lambda a: f"{a.relation}-{a.size}")
def test_a_value_set_has_as_many_values_as_it_declares(attribute: Attribute) -> None:
    assert len({said(value) for value in values_of(attribute)}) == attribute.size


@pytest.mark.parametrize(
    "attribute",
    [
        Attribute("BORN_ON", "date", 100),
        Attribute("GENDER", "string", 3),
        Attribute("MAJORED_IN", "Field", 101),
        Attribute("FLIES", "Dragon", 5),
    ],
)
def test_a_value_set_that_cannot_be_is_refused(attribute: Attribute) -> None:
    with pytest.raises(InputError):
        values_of(attribute)


def test_names_are_all_different() -> None:
    space = NameSpace(12, 3, 20)
    assert len({space.name(n) for n in range(space.size)}) == space.size
