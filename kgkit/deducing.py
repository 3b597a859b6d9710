"""What rules conclude from a ledger, given back as facts or kept in it.

Rules that are kept are a setting of the graph; what they conclude is a function of its other facts,
made anew by `follow_rules` and never piled up.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from kgkit.errors import InputError, KgkitError
from kgkit.facts import Entity, Fact
from kgkit.ledger_facts import LedgerFacts
from kgkit.schema import Schema

if TYPE_CHECKING:
    from reasoning.rules import Rule
    from stores.ledger import Ledger

__all__ = ["Rules", "deduce", "follow_rules", "kept_rules", "read_rules"]

#: How rules are given: as text, one a line, as lines, or as a schema that has some.
Rules = str | Iterable[str] | Schema

#: The settings that hold the rules of a graph, and how far they were followed.
_KEPT, _FOLLOWED = "rules", "rules_followed"


def read_rules(rules: Rules) -> tuple[Rule, ...]:
    """Return the rules of a text, lines or a schema.

    Raises `SchemaError` naming the line that is no rule, `InputError` for a schema without any.
    """
    from reasoning.rules import parse_rules

    if isinstance(rules, Schema):
        if not rules.rules:
            raise InputError("the schema has no rules: add a line such as 'SPOUSE is symmetric'")
        return parse_rules(rules.rules)
    return parse_rules(rules)


def kept_rules(ledger: Ledger) -> tuple[Rule, ...]:
    """Return the rules that are kept in a ledger."""
    return read_rules(json.loads(ledger.get_meta(_KEPT) or "[]"))


def deduce(ledger: Ledger, rules: Rules | None = None, *, keep: bool = False) -> tuple[Fact, ...]:
    """Return what rules, or those that are kept, conclude from the facts that rest on more than
    these rules, with the rule and premises as evidence.

    With `keep` the rules and conclusions are recorded in the place of those kept before. Raises
    `InputError` where there are no rules at all, `SchemaError` and `QueryError` for rules that
    cannot run, and `ReadOnlyError` for keeping in a ledger that is opened for reading.
    """
    from reasoning.rules import Grounds, conclude, strata

    own = kept_rules(ledger) if rules is None else read_rules(rules)
    if rules is None and not own:
        raise InputError("the graph has no rules: give some, as deduce('SPOUSE is symmetric')")
    strata(own)
    if not keep:
        return _bare(conclude(own, Grounds(LedgerFacts(ledger), _texts(own))))
    try:
        found = _replace(ledger, own, strict=True)
    except KgkitError:
        follow_rules(ledger)
        raise
    ledger.set_meta(_KEPT, json.dumps(_texts(own), ensure_ascii=False))
    ledger.set_meta(_FOLLOWED, str(ledger.sequence()))
    return found


def follow_rules(ledger: Ledger) -> bool:
    """Make the conclusions of the rules that are kept those of the facts that are there now.

    Returns False where no rules are kept, or nothing has changed since.
    """
    kept = ledger.get_meta(_KEPT)
    if kept in (None, "[]") or ledger.get_meta(_FOLLOWED) == str(ledger.sequence()):
        return False
    _replace(ledger, kept_rules(ledger), strict=False)
    ledger.set_meta(_FOLLOWED, str(ledger.sequence()))
    return True


def _replace(ledger: Ledger, rules: tuple[Rule, ...], *, strict: bool) -> tuple[Fact, ...]:
    """Record what rules conclude in the place of what they and those kept concluded before.

    That is removed first: what it says of names must not shape what is concluded now.
    """
    from reasoning.rules import conclude

    ledger.remove_conclusions(_texts((*kept_rules(ledger), *rules)))
    found = _bare(conclude(rules, LedgerFacts(ledger), strict=strict))
    ledger.add_facts(found)
    return found


def _bare(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return conclusions about entities without aliases, which are for the sources to give."""
    found = []
    for fact in facts:
        tail = replace(fact.tail, aliases=()) if isinstance(fact.tail, Entity) else fact.tail
        found.append(replace(fact, head=replace(fact.head, aliases=()), tail=tail))
    return tuple(found)


def _texts(rules: Iterable[Rule]) -> list[str]:
    return list(dict.fromkeys(rule.text for rule in rules))
