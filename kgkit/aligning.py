"""Aligning a graph: namesakes split, names of one entity merged, as decisions by "align".

What is decided is a function of the live records and of what people decided: the decisions of an
earlier run are withdrawn, the records read, and the decisions made anew. A person's word stands:
what a person merged stays merged, and what a person keeps apart is never joined.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from extractors.align.namesakes import Namesakes, tell_apart
from extractors.align.profiles import Profile, joined
from extractors.align.proposals import Encode, Proposal, State, propose
from extractors.align.sightings import sightings
from kgkit.canonical import name_relations
from kgkit.errors import InputError

if TYPE_CHECKING:
    from stores.ledger import Ledger

__all__ = [
    "BY",
    "AlignReport",
    "accept",
    "align",
    "chosen",
    "namesakes",
    "proposals",
    "reject",
]

#: Who such decisions are by.
BY = "align"
_KEPT = "alignment"
#: Characters of the shortest beginning of an id that stands for it.
_SHORTEST = 6


@dataclass(frozen=True, slots=True)
class AlignReport:
    """What an alignment decided: `merges` and `splits` in force, `pending` left to a person.

    `changed` is False when nothing was written since the last alignment.
    """

    merges: int
    splits: int
    pending: int
    changed: bool = True


def align(ledger: Ledger, *, encode: Encode | None = None) -> AlignReport:
    """Split namesakes and merge the names of one entity; return what was decided.

    `encode` compares the contexts of names; without it only names and facts do. Namesakes are
    split where facts contradict each other; where contexts alone differ a person is to decide
    (`namesakes`). Raises `ReadOnlyError` for a ledger that is opened for reading.
    """
    if ledger.get_meta(f"{_KEPT}.at") == _now(ledger):
        kept = [one.state for one in proposals(ledger)]
        own = [d.kind for d in ledger.decisions() if d.who == BY]
        pending = kept.count(State.PENDING)
        return AlignReport(own.count("merge"), own.count("split"), pending, changed=False)
    for decision in reversed(ledger.decisions()):
        if decision.who == BY:
            ledger.withdraw(decision.id, who=BY)
    # Before all else: contexts and contradictions are read under these names.
    name_relations(ledger, encode=encode)
    splits = _split(ledger, tell_apart(_read(ledger), encode=encode, by_context=False))
    found = propose(_profiles(ledger), encode=encode, apart=_apart(ledger))
    accepted = [one for one in found if one.state is State.ACCEPTED]
    for one in accepted:
        ledger.merge(one.left, one.right, who=BY)
    _keep(ledger, found)
    pending = sum(one.state is State.PENDING for one in found)
    return AlignReport(len(accepted), splits, pending)


def namesakes(ledger: Ledger, *, encode: Encode) -> list[Namesakes]:
    """Return the names whose documents may mean several entities by their contexts alone.

    `Ledger.split` with one of the groups makes it another entity.
    """
    return [one for one in tell_apart(_read(ledger), encode=encode) if not one.is_sure]


def proposals(ledger: Ledger) -> list[Proposal]:
    """Return what the last alignment proposed and became of it since, surest first.

    What a person decided about a pair is its state, with who it was among the reasons; a merge
    that was taken back waits again. Proposals about entities that are gone are left out.
    """
    rows = json.loads(ledger.get_meta(f"{_KEPT}.log") or "[]")
    known = {id for row in rows for id in (row["left"], row["right"])}
    live = {id for id in sorted(known) if ledger.entity(id) is not None}
    merged = {frozenset(d.about): d.who for d in ledger.decisions("merge")}
    apart = {frozenset(d.about): d.who for d in ledger.decisions("forbid")}
    found = []
    for row in rows:
        names = tuple(row.get("names", ("", "")))
        one = Proposal(
            row["left"],
            row["right"],
            row["score"],
            tuple(row["reasons"]),
            State(row["state"]),
            (names[0], names[1]),
        )
        if one.left in live and one.right in live:
            found.append(_decided(one, merged, apart))
    return found


def _decided(
    one: Proposal, merged: Mapping[frozenset[str], str], apart: Mapping[frozenset[str], str]
) -> Proposal:
    pair = frozenset((one.left, one.right))
    if pair in apart:
        reasons = (f"!kept apart by {apart[pair] or 'a person'}", *one.reasons)
        return replace(one, state=State.REJECTED, reasons=tuple(dict.fromkeys(reasons)))
    if merged.get(pair, BY) != BY:
        reasons = (f"+merged by {merged[pair] or 'a person'}", *one.reasons)
        return replace(one, state=State.ACCEPTED, reasons=reasons)
    if one.state is State.ACCEPTED and pair not in merged:
        return replace(one, state=State.PENDING, reasons=("?taken back", *one.reasons))
    return one


def chosen(ledger: Ledger, one: str, other: str = "") -> Proposal:
    """Return the proposal that a person means: by its number in `proposals`, from 1 on, or by two
    ids, beginnings of ids or names.

    Raises `InputError` where there is none, or more than one.
    """
    found = proposals(ledger)
    if not other:
        if not one.isdecimal() or not 1 <= int(one) <= len(found):
            raise InputError(
                f"{one!r} is no proposal; give a number from 1 to {len(found)}, or two ids or names"
                if found
                else "nothing is proposed; align the graph first"
            )
        return found[int(one) - 1]
    fits = [p for p in found if _means(p, one, other) or _means(p, other, one)]
    if len(fits) != 1:
        what = f"{len(fits)} proposals fit" if fits else "no proposal is about"
        raise InputError(f"{what} {one!r} and {other!r}; give the number of one, or two whole ids")
    return fits[0]


def _means(proposal: Proposal, one: str, other: str) -> bool:
    return _is(one, proposal.left, proposal.names[0]) and _is(
        other, proposal.right, proposal.names[1]
    )


def _is(given: str, id: str, name: str) -> bool:
    return name.casefold() == given.casefold() or (len(given) >= _SHORTEST and id.startswith(given))


def accept(ledger: Ledger, left: str, right: str, *, who: str, when: str = "") -> str:
    """Merge two entities on a person's word; return the id of the decision.

    Raises `InputError` when one is not there, or a decision keeps them apart.
    """
    _own(who)
    ledger.unmerge((left, right), who=who, when=when)  # so that it is the person's from now on
    return ledger.merge(left, right, who=who, when=when)


def reject(ledger: Ledger, left: str, right: str, *, who: str, when: str = "") -> str:
    """Keep two entities apart on a person's word; return the id of the decision.

    A merge that alignment made of the two is withdrawn first. Raises `InputError` when one is not
    there, or they are one by other merges.
    """
    _own(who)
    ledger.unmerge((left, right), who=who, when=when)
    return ledger.forbid_merge(left, right, who=who, when=when)


def _own(who: str) -> None:
    if who == BY:
        raise InputError(f'"{BY}" is who alignment decides as: give the name of a person')


def _read(ledger: Ledger) -> list[Profile]:
    return sightings(ledger.mentions(), ledger.facts(), ledger.chunks())


def _profiles(ledger: Ledger) -> list[Profile]:
    by_id: dict[str, list[Profile]] = defaultdict(list)
    for one in _read(ledger):
        by_id[one.id].append(one)
    for entity in ledger.entities():
        if entity.id not in by_id:
            by_id[entity.id].append(Profile(entity.id, entity.name, entity.type, entity.aliases))
    return [joined(group) for _, group in sorted(by_id.items())]


def _split(ledger: Ledger, found: Iterable[Namesakes]) -> int:
    merged = {id for d in ledger.decisions("merge") for id in d.about}
    count = 0
    for one in found:
        if one.key in merged:
            continue  # a person said that these are one
        for group in one.groups[1:]:
            ledger.split(one.key, group, who=BY)
            count += 1
    return count


def _apart(ledger: Ledger) -> list[tuple[str, str]]:
    pairs = []
    for decision in ledger.decisions("forbid"):
        shown = [ledger.entity(id) for id in decision.about]
        ids = [entity.id for entity in shown if entity is not None]
        if len(ids) == 2 and ids[0] != ids[1]:
            pairs.append((ids[0], ids[1]))
    return pairs


def _keep(ledger: Ledger, found: Sequence[Proposal]) -> None:
    rows = [{**asdict(one), "state": one.state.value} for one in found]
    ledger.set_meta(f"{_KEPT}.log", json.dumps(rows, ensure_ascii=False))
    ledger.set_meta(f"{_KEPT}.at", _now(ledger))


def _now(ledger: Ledger) -> str:
    """Return what changes whenever a record or a decision does."""
    log = ledger.decision_log()
    return f"{ledger.sequence()}.{log[-1].seq if log else 0}"
