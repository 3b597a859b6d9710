"""What sort of name or value an end of a claim is, as the parser tells them apart."""

from __future__ import annotations

from kgkit.facts import Entity, Literal

__all__ = ["kind_of_end"]

#: Types of names that the parser marks; another type is marked as the last of them.
_KINDS = frozenset({"Person", "Organization", "Location"})
#: Types of a world or a schema, by the kind of name that the parser holds them for.
_KIND_OF = {
    "City": "Location", "Country": "Location", "Place": "Location", "Region": "Location",
    "Company": "Organization", "University": "Organization", "School": "Organization",
}  # fmt: skip


def kind_of_end(end: Entity | Literal) -> str:
    """Return what the parser would mark an end as.

    >>> kind_of_end(Entity.named("Arras", "City")), kind_of_end(Literal(3, "integer"))
    ('Location', 'Number')
    """
    if isinstance(end, Literal):
        times = ("date", "dateTime", "gYear", "gYearMonth", "time")
        return "Time" if end.datatype in times else "Number"
    kind = _KIND_OF.get(end.type, end.type)
    return kind if kind in _KINDS else "Misc"
