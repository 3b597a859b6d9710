from __future__ import annotations

import pytest

from stores.embedded.columns import columns_of


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("RETURN 1", ("1",)),
        ("MATCH (n) return distinct n.a as A, n.b", ("A", "n.b")),
        ("MATCH (n) RETURN f(n.a, 'x, y') AS `a, b`, [1, 2][0]", ("a, b", "[1, 2][0]")),
        ("MATCH (n) CALL (n) { RETURN 1 AS inner } RETURN n, inner", ("n", "inner")),
        ("RETURN 'RETURN x, y' AS text // RETURN z", ("text",)),
        ("RETURN 1 AS a UNION RETURN 2 AS a", ("a",)),
        ("MATCH (n) RETURN n ORDER BY n.x, n.y SKIP 1 LIMIT 2", ("n",)),
        ("MATCH (n) RETURN *", ()),
        ("CREATE (n)", ()),
        ("RETURN (", ()),
        ("", ()),
    ],
)
def test_columns_are_read_from_the_text(text: str, columns: tuple[str, ...]) -> None:
    assert columns_of(text) == columns
