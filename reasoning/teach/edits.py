"""Did a correction reach the model? Probes of any change of a graph, as KnowEdit asks them.

For a fact that took the place of another (facts of EasyEdit, arXiv 2401.01286): the fact itself
and its rephrasings ("edit"), the head under its other names ("alias"), the relation asked
backwards ("inverse"), what follows over one more fact ("one_hop"), and what must stay as it was
("locality").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from extractors.worlds.bios.telling import said
from kgkit.facts import Entity, Fact
from reasoning.teach.probing.making import chain_probes, fact_probes, observed, put, tails
from reasoning.teach.probing.probe import Probe
from reasoning.teach.probing.wording import head_question, tail_questions, to_prompt

__all__ = ["Edit", "edit_probes", "edits_between"]

#: Locality probes of the same head, and of other heads with the same relation.
_SAME_HEAD, _NEIGHBOURS = 3, 2


@dataclass(frozen=True, slots=True)
class Edit:
    """A fact that is new in a graph, and the one of its head and relation that it replaced, if
    any."""

    new: Fact
    old: Fact | None = None


def edits_between(before: Iterable[Fact], after: Iterable[Fact]) -> list[Edit]:
    """Return what changed between two states of a graph, by the ids of the new facts.

    A new fact replaces the one that its head had of the relation and has no more.
    """
    old = {fact.id: fact for fact in before if fact.is_asserted}
    new = {fact.id: fact for fact in after if fact.is_asserted}
    gone: dict[tuple[str, str], list[Fact]] = {}
    for id in sorted(old.keys() - new.keys()):
        gone.setdefault((old[id].head.id, old[id].relation), []).append(old[id])
    edits = []
    for id in sorted(new.keys() - old.keys()):
        replaced = gone.get((new[id].head.id, new[id].relation), [])
        edits.append(Edit(new[id], replaced.pop(0) if replaced else None))
    return edits


def edit_probes(
    edit: Edit,
    facts: Iterable[Fact],
    *,
    candidates: Mapping[str, Sequence[str]] | None = None,
    seed: int = 0,
) -> list[Probe]:
    """Return probes of an edit in a graph whose facts are now these; `kind` says which.

    A kind that the graph gives no probe for is left out: a head without another name, a tail
    without facts.
    """
    stated = [fact for fact in facts if fact.is_asserted]
    values = {**observed([*stated, edit.new, *([edit.old] if edit.old else [])])}
    values |= {relation: tuple(own) for relation, own in (candidates or {}).items()}
    rng = Random(f"edit {seed} {edit.new.id}")
    new = edit.new
    probes = [_ask(put(form, new.head), new, values, "edit") for form in _forms(new)]
    for name in new.head.aliases:
        renamed = replace(new.head, name=name)
        probes.append(_ask(put(_forms(new)[0], renamed), new, values, "alias"))
    probes += _inverse(new, stated)
    around = [new, *(f for f in stated if f.head.id == getattr(new.tail, "id", None))]
    probes += [replace(p, kind="one_hop") for p in chain_probes(around, candidates=values)]
    own = [f for f in stated if f.head.id == new.head.id and f.relation != new.relation]
    same = [f for f in stated if f.relation == new.relation and f.head.id != new.head.id]
    kept = [*_some(own, _SAME_HEAD, rng), *_some(same, _NEIGHBOURS, rng)]
    whole = tails(stated)
    left = [f for one in kept for f in whole[one.head.id, one.relation]]
    return [*probes, *fact_probes(left, candidates=values, seed=seed, kind="locality")]


def _forms(fact: Fact) -> tuple[str, ...]:
    return tail_questions(fact.relation, fact.predicate)


def _ask(question: str, fact: Fact, values: Mapping[str, Sequence[str]], kind: str) -> Probe:
    return Probe(
        to_prompt(question),
        (said(fact.tail),),
        tuple(values[fact.relation]),
        fact.relation,
        (fact.id,),
        kind,
        question=question,
    )


def _inverse(new: Fact, facts: Sequence[Fact]) -> list[Probe]:
    """Ask who has this tail; all that have it are right, and others of their type are offered."""
    if not isinstance(new.tail, Entity):
        return []
    question = head_question(new.relation, new.predicate).replace("{t}", new.tail.name)
    heads = [f for f in facts if f.relation == new.relation and f.tail == new.tail]
    right = tuple(dict.fromkeys([new.head.name, *(f.head.name for f in heads)]))
    kind = {f.head.name for f in facts if f.head.type == new.head.type}
    ids = tuple(dict.fromkeys([new.id, *(f.id for f in heads)]))
    offered = tuple(sorted({*right, *kind}))
    prompt = to_prompt(question)
    return [Probe(prompt, right, offered, new.relation, ids, "inverse", question=question)]


def _some(facts: Sequence[Fact], most: int, rng: Random) -> list[Fact]:
    return list(facts) if len(facts) <= most else rng.sample(list(facts), most)
