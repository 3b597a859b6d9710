"""In which order rules can run: what a rule denies has to be known before it runs."""

from __future__ import annotations

from collections.abc import Sequence

import networkx

from kgkit.errors import SchemaError
from reasoning.rules.rule import Rule
from stores.property_graph.naming import relationship_type

__all__ = ["strata"]


def strata(rules: Sequence[Rule]) -> list[tuple[Rule, ...]]:
    """Return the rules in groups, each of which needs only itself and groups before it, and denies
    only groups before it (Apt, Blair & Walker 1988).

    Raises `SchemaError` naming the circle of relations in which one is denied, or in which a
    value is computed, as that may never end.

    >>> from reasoning.rules.rule import parse_rules
    >>> rules = parse_rules('''
    ... (x)-[ALONE]->(y) :- (x)-[LIVES_IN]->(y), not (x)-[SPOUSE]->(_)
    ... SPOUSE is symmetric''')
    >>> [[rule.relation for rule in group] for group in strata(rules)]
    [['SPOUSE'], ['ALONE']]
    """
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    by_relation: dict[str, list[Rule]] = {}
    for rule in rules:
        made = relationship_type(rule.relation)
        by_relation.setdefault(made, []).append(rule)
        graph.add_node(made)
        for names, denied in ((rule.needs, False), (rule.denies, True)):
            for name in sorted(relationship_type(each) for each in names):
                known = graph.has_edge(name, made) and graph[name][made]["denied"]
                graph.add_edge(name, made, denied=denied or known)
    _refuse_circles(graph, rules)
    condensed = networkx.condensation(graph)
    groups: list[tuple[Rule, ...]] = []
    for node in networkx.lexicographical_topological_sort(
        condensed, key=lambda node: min(condensed.nodes[node]["members"])
    ):
        members = sorted(condensed.nodes[node]["members"])
        group = tuple(rule for name in members for rule in by_relation.get(name, ()))
        if group:
            groups.append(group)
    return groups


def _refuse_circles(graph: networkx.DiGraph[str], rules: Sequence[Rule]) -> None:
    for members in networkx.strongly_connected_components(graph):
        inner = graph.subgraph(members)
        for begin, end in sorted(inner.edges()):
            if inner[begin][end]["denied"]:
                raise SchemaError(
                    f"the rules go in a circle that denies itself: {_circle(inner, begin, end)}; "
                    f"{end} cannot rest on what it denies."
                )
        if inner.number_of_edges():
            for rule in rules:
                if relationship_type(rule.relation) in members and rule.computes:
                    raise SchemaError(
                        f"{rule} computes a value that it may need again, which may never end; "
                        "compute it in a relation that no rule of the circle uses."
                    )


def _circle(graph: networkx.DiGraph[str], begin: str, end: str) -> str:
    path = networkx.shortest_path(graph, end, begin)
    return " -> ".join([*path, f"not {end}"])
