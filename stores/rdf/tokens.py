"""The words of a SPARQL text: putting in the values of parameters, and refusing the network.

The engine fetches what SERVICE and LOAD name and has no switch against it, so both are refused
here. The engine reads a keyword wherever a name could end, so a word or prefix that only ends
in one is refused too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from kgkit.errors import QueryError
from kgkit.facts import Entity, Literal
from stores.rdf.literals import term_of
from stores.rdf.names import entity_iri, is_iri

__all__ = ["prepare", "term_text"]

_TOKEN = re.compile(
    r"""
    (?P<skip>
        \#[^\n\r]*                                            # a comment
      | <[^<>"{}|^`\\\x00-\x20]*>                             # an IRI
      | '''(?:[^'\\]|\\.|'(?!''))*''' | \"""(?:[^"\\]|\\.|"(?!""))*\"""
      | '(?:[^'\\\n\r]|\\.)*' | "(?:[^"\\\n\r]|\\.)*"
      | @[A-Za-z]+(?:-[A-Za-z0-9]+)*
      | \?\w+
    )
    | \$(?P<parameter>\w+)
    | (?P<prefix>[\w.-]*):(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\\S)*
    | (?P<word>\w+)
    """,
    re.VERBOSE | re.DOTALL,
)
_COMMENT = re.compile(r"#[^\n\r]*")
_REMOTE = re.compile(r"(service|load)$", re.IGNORECASE)
_BRACKETED = re.compile(r"<[^<>]+>")


def prepare(text: str, parameters: Mapping[str, Any]) -> str:
    """Return the query with the value of each parameter in the place of `$name`.

    Raises `QueryError` for an empty text, for SERVICE or LOAD, for a parameter that the query
    does not name, and for a value that RDF cannot hold.

    >>> prepare("SELECT ?s { ?s rdfs:label $name } # $name", {"name": 'Al"ien'})
    'SELECT ?s { ?s rdfs:label "Al\\\\"ien" } # $name'
    """
    terms = {name: term_text(value) for name, value in parameters.items()}
    used: set[str] = set()

    def replaced(found: re.Match[str]) -> str:
        name = found["parameter"]
        if name in terms:
            used.add(name)
            return terms[name]
        remote = _REMOTE.search(found["word"] or found["prefix"] or "")
        if remote:
            raise QueryError(
                f"the query says {remote[0].upper()}, which reaches over the network, and queries "
                "stay inside the graph: remove it, or rename the prefix that ends so."
            )
        return found[0]

    prepared = _TOKEN.sub(replaced, text)
    if not _COMMENT.sub("", prepared).strip():
        raise QueryError("the query is empty: write one, as in SELECT ?s { ?s a kg:Entity }.")
    unused = sorted(terms.keys() - used)
    if unused:
        raise QueryError(
            f"the query does not use the parameter {unused[0]!r}: write ${unused[0]} where its "
            "value belongs, or leave it out."
        )
    return prepared


def term_text(value: Any) -> str:
    """Return a value as SPARQL writes it: an entity by its IRI, "<iri>" as an IRI.

    Raises `QueryError` for a value of another kind.

    >>> term_text("<http://example.org/a>"), term_text(Entity("7", "x")), term_text("<3")
    ('<http://example.org/a>', '<urn:kgkit:entity:7>', '"<3"')
    """
    if isinstance(value, Entity):
        return f"<{entity_iri(value.id)}>"
    if isinstance(value, Literal):
        return str(term_of(value))
    if isinstance(value, str) and _BRACKETED.fullmatch(value) and is_iri(value[1:-1]):
        return value
    if isinstance(value, str | int | float | date):
        return str(term_of(Literal(value)))
    raise QueryError(
        f"{value!r} is no value that RDF holds: give text, a number, a date or an entity."
    )
