"""The graphs that scenarios begin with: each is the statements that make it."""

from __future__ import annotations

__all__ = ["GRAPHS"]

GRAPHS: dict[str, tuple[str, ...]] = {
    "": (),
    # Four people who know each other, and where they live; Dee has no year and no home.
    "people": (
        "CREATE (ada:Person {name: 'Ada', born: 1815}), (bob:Person {name: 'Bob', born: 1820}), "
        "(cy:Person:Robot {name: 'Cy', born: 1900}), (dee:Person {name: 'Dee'}), "
        "(paris:City {name: 'Paris', size: 2.1}), (rome:City {name: 'Rome', size: 2.8}), "
        "(ada)-[:KNOWS {since: 1830}]->(bob), (bob)-[:KNOWS {since: 1840}]->(cy), "
        "(ada)-[:KNOWS {since: 1850}]->(cy), (cy)-[:KNOWS {since: 1901}]->(dee), "
        "(ada)-[:LIVES_IN]->(paris), (bob)-[:LIVES_IN]->(rome), (cy)-[:LIVES_IN]->(rome)",
    ),
    # A line of five stops, a shortcut from the first to the fourth, and a stop off the line.
    "stops": (
        "CREATE (a:Stop {n: 1}), (b:Stop {n: 2}), (c:Stop {n: 3}), (d:Stop {n: 4}), "
        "(e:Stop {n: 5}), (:Stop {n: 9}), (a)-[:NEXT {m: 10}]->(b), (b)-[:NEXT {m: 20}]->(c), "
        "(c)-[:NEXT {m: 30}]->(d), (d)-[:NEXT {m: 40}]->(e), (a)-[:JUMP {m: 25}]->(d)",
    ),
    # Three that point at each other in a ring.
    "ring": (
        "CREATE (a:Bead {n: 1})-[:NEXT]->(b:Bead {n: 2})-[:NEXT]->(c:Bead {n: 3})-[:NEXT]->(a)",
    ),
    # A node that points at itself, twice, and another that is pointed at twice.
    "loops": (
        "CREATE (a:Bead {n: 1}), (b:Bead {n: 2}), (a)-[:SELF {k: 1}]->(a), "
        "(a)-[:SELF {k: 2}]->(a), (a)-[:TWICE {k: 1}]->(b), (a)-[:TWICE {k: 2}]->(b)",
    ),
    # Values of many kinds, some missing.
    "values": (
        "UNWIND [{k: 'a', v: 1}, {k: 'a', v: 2}, {k: 'b', v: 3.5}, {k: 'b', v: null}, "
        "{k: 'c', v: -4}] AS row CREATE (n:Value) SET n = row",
    ),
}
