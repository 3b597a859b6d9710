from __future__ import annotations

import pytest

from extractors.registry import load_extractor
from kgkit.errors import InputError
from kgkit.schema import Schema


def test_parts_and_schema_are_part_of_the_version() -> None:
    schema = Schema.parse("(Person)-[KNEW]->(Person)")
    opened = [load_extractor("mini"), load_extractor("mini:relations")]
    opened += [load_extractor(name, schema=schema) for name in ("mini", "mini:relations")]
    assert {one.name for one in opened} == {"mini"}
    assert len({one.version for one in opened}) == 4


def test_other_parts_are_refused() -> None:
    with pytest.raises(InputError, match="'mini:verbs'"):
        load_extractor("mini:verbs")
