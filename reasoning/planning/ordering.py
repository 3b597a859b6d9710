"""Comparisons as steps of a program: who is older, who lived longer, who has more."""

from __future__ import annotations

from reasoning.logic.expressions import Call, Use
from reasoning.logic.forms import Aggregate, Arg, Let, Link, Path, Retrieve, Term
from reasoning.planning.sketch import Order
from reasoning.planning.wordings import attribute_of, lifespan_asks
from reasoning.planning.written import Written, links_of

__all__ = ["write_order"]


def write_order(written: Written, order: Order) -> None:
    """Write what is compared and the choice of the one with most or least of it."""
    thing = written.sketch.things[order.thing]
    function = "argmax" if order.most else "argmin"
    variable = written.variable(thing)
    if order.kind == "span":
        born, died, span = (written.fresh(w) for w in ("born", "died", "years"))
        for words, value, ask in zip(
            (("born on", "date of birth"), ("died on", "date of death")),
            (born, died),
            lifespan_asks(variable),
            strict=True,
        ):
            path = Path(tuple(Link(w) for w in words))
            written.steps.append(Retrieve(written.term(thing), path, Term(value)))
            written.asks.append(ask)
        written.steps.append(Let(span, Call("years", (Use(born), Use(died)))))
        written.steps.append(Arg(function, span))
        return
    if order.kind.startswith("count "):
        counted = written.sketch.things[int(order.kind.split()[1])]
        number = written.fresh("n")
        by = tuple(
            dict.fromkeys((variable, written.variable(written.sketch.things[written.target])))
        )
        by = tuple(v for v in by if v in {written.names.get(id) for id in written.bound})
        written.steps.append(
            Aggregate(number, "count", written.variable(counted), by or (variable,))
        )
        written.steps.append(Arg(function, number))
        return
    value = written.fresh("date" if order.kind == "date" else "value")
    path = Path(links_of(order.words))
    written.steps.append(Retrieve(written.term(thing), path, Term(value)))
    written.asks.append(attribute_of(order.words[0], variable))
    written.steps.append(Arg(function, value))
