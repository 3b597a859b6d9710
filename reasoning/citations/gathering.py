"""All that a passage says of the two ends of a claim, and what the words alone decide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kgkit.facts import Fact
from reasoning.citations.kinds import kind_of_end
from reasoning.citations.meaning import Agreement, agreement, runs_across
from reasoning.citations.naming import Spot
from reasoning.citations.pathing import Way, ways_between
from reasoning.citations.stating import Said, said_of

__all__ = ["Told", "all_said"]

#: What follows the second of two places in a list of several.
_GOES_ON = re.compile(r"\s*(?:,|and\b|or\b|&)")


@dataclass(frozen=True, slots=True)
class Told:
    """The statements that join the two, how each stands to the claim, and the ways between them.

    A sentence without a statement on the two that words decide counts by those of its way.
    """

    said: tuple[Said, ...]
    agreed: tuple[Agreement, ...]
    ways: tuple[Way, ...]
    across: tuple[bool, ...]

    @property
    def verdict(self) -> Agreement:
        """What the words decide: the right relation once is enough; else the wrong direction;
        something else only where nothing is open."""
        for found in (Agreement.SAME, Agreement.TURNED, Agreement.OPEN):
            if found in self.agreed:
                return found
        return Agreement.OTHER if self.agreed else Agreement.OPEN

    @property
    def phrases(self) -> list[tuple[str, bool]]:
        """The words of statements and ways, each with whether they lead from tail to head."""
        found = [
            (each.words.lower() or each.relation.lower().replace("_", " "), each.turned)
            for each in self.said
        ]
        return found + [(way.words, way.backward) for way in self.ways]

    @property
    def crossed(self) -> bool:
        """Whether all that is said leads from the claim's tail to its head."""
        return bool(self.across) and all(self.across)


def all_said(claim: Fact, passage: str, heads: Sequence[Spot], tails: Sequence[Spot]) -> Told:
    """Return what a passage says of the ends of a claim; spots count characters of the passage.

    Raises `ModelError` where the parser's weights are missing or damaged.
    """
    said = said_of(claim, passage, heads, tails)
    ways = ways_between(passage, heads, tails)
    said += _nested(claim, passage, heads, tails, said)
    stands = [agreement(claim, each) for each in said]
    decided = {s.sentence for s, a in zip(said, stands, strict=True) if a is not Agreement.OPEN}
    loose = [_as_said(way) for way in ways if way.sentence not in decided]
    foreign = {way.sentence for way in ways if way.foreign}
    leads = [
        Agreement.OTHER if each.sentence in foreign else agreement(claim, each) for each in loose
    ]
    if any(found is not Agreement.OPEN for found in leads):
        # What a way decides, the open statements of its sentence do not leave open.
        closed = {w.sentence for w, a in zip(loose, leads, strict=True) if a is not Agreement.OPEN}
        stands = [
            Agreement.OTHER if a is Agreement.OPEN and s.sentence in closed else a
            for s, a in zip(said, stands, strict=True)
        ]
    having = {each.sentence for each in said}
    across = [
        runs_across(claim, s) for s in (*said, *(w for w in loose if w.sentence not in having))
    ]
    return Told(tuple(said), (*stands, *leads), tuple(ways), tuple(across))


def _nested(
    claim: Fact, passage: str, heads: Sequence[Spot], tails: Sequence[Spot], said: Sequence[Said]
) -> list[Said]:
    """Return that one place lies in the other where only a comma stands between their names, and
    the second ends there: "Arras, France"."""
    if said or {kind_of_end(claim.head), kind_of_end(claim.tail)} != {"Location"}:
        return []
    for head in heads:
        for tail in tails:
            first, last = sorted((head, tail), key=lambda spot: spot.start)
            between, after = passage[first.end : last.start], passage[last.end : last.end + 5]
            if between.strip() == "," and not _GOES_ON.match(after):
                turned = first is tail
                return [Said("LOCATED_IN", "located in", turned, False, False, 0, -1)]
    return []


def _as_said(way: Way) -> Said:
    relation = way.words.upper().replace(" ", "_")
    return Said(relation, way.words, way.backward, way.negated, way.hedged, way.sentence, -1)
