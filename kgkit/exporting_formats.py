"""The formats that a graph is exported to, RDF apart: JSON lines, CSV, GraphML, node-link JSON."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.imports.facts import COLUMNS
from kgkit.facts import Entity, Fact, Literal

if TYPE_CHECKING:
    import networkx

    from stores.ledger import Ledger

__all__ = ["write_csv", "write_graphml", "write_jsonl", "write_node_link"]


def write_jsonl(ledger: Ledger, path: Path) -> None:
    """Write every live record as a line of canonical JSON."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in ledger.export())


def write_csv(ledger: Ledger, path: Path) -> None:
    """Write one row a fact; its qualifiers are a JSON list, or empty where there are none."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        rows.writerows(map(_row, ledger.facts()))


def write_graphml(ledger: Ledger, path: Path) -> None:
    """Write entities and the asserted facts between them as GraphML."""
    from stores import networks

    networks.write_graphml(_network(ledger), path)


def write_node_link(ledger: Ledger, path: Path) -> None:
    """Write entities and the asserted facts between them as node-link JSON."""
    from stores import networks

    networks.write_node_link(_network(ledger), path)


def _row(fact: Fact) -> list[object]:
    head = fact.head
    roles = [{"role": q.role, **_role(q.value)} for q in fact.qualifiers]
    shown = json.dumps(roles, ensure_ascii=False) if roles else ""
    manner = [fact.polarity.value, fact.modality.value]
    rest = [fact.confidence, len(fact.evidence), fact.predicate]
    ends = [head.id, head.name, head.type, fact.relation, *_end(fact.tail)]
    return [fact.id, *ends, shown, *manner, *rest]


def _end(value: Entity | Literal) -> list[str]:
    """Return id, name, type and unit of an end of a fact; a literal has no id."""
    if isinstance(value, Entity):
        return [value.id, value.name, value.type, ""]
    _, datatype, shown, unit = value.canonical()
    return ["", shown, datatype, unit]


def _role(value: Entity | Literal) -> dict[str, Any]:
    id, shown, type, unit = _end(value)
    if isinstance(value, Entity):
        return {"id": id, "name": shown, "type": type}
    return {"value": shown, "datatype": type} | ({"unit": unit} if unit else {})


def _network(ledger: Ledger) -> networkx.MultiDiGraph[str]:
    from stores.networks import to_networkx

    return to_networkx(ledger.entities(), ledger.facts())
