"""Entity resolution scored on pairs of names that a person judged.

The resolved entities of rk500 are the work of a program: of its pairs of names that could be
judged, one in four is wrong (film director and general, mother and daughter-in-law), and it lacks
most of what is right. So each pair of names that can be forms of one name, or is
one entity there, was judged by reading the passages. `rk500_judged.json` holds hashes of the
pairs only, in two halves by a hash of the entity. Left out as unclear are pairs of dates, of
common nouns, of a place and what belongs to it, and of a name that several bear in these passages.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from extractors.align.demonyms import place_of
from extractors.align.names import form_of
from extractors.align.profiles import Profile, joined
from extractors.align.proposals import Encode, clusters, propose

__all__ = ["judged_figures", "pair_key"]

_JUDGED = Path(__file__).with_name("rk500_judged.json")
_Pair = tuple[str, str]


def pair_key(one: str, other: str) -> str:
    """Return the hash (12 hex digits) that stands for a pair of names, in whatever order."""
    return sha256("\n".join(sorted((one, other))).encode()).hexdigest()[:12]


def judged_figures(found: Sequence[Profile], encode: Encode, *, part: str) -> dict[str, float]:
    """Return pairwise precision and recall over judged pairs of names, in percent.

    `found` are the uses of names in passages, `part` is "dev", "held" or "all". A pair that nobody
    judged counts as wrong. `judged_new_` figures leave out pairs that differ in case, accents,
    blanks, hyphens, quotes, titles and articles alone.
    """
    halves = json.loads(_JUDGED.read_text(encoding="utf-8"))
    kept = [halves[half] for half in ("dev", "held") if part in (half, "all")]
    others = [halves[half] for half in ("dev", "held") if part not in (half, "all")]
    same = {key for half in kept for key in half["same"]}
    passed = {key for half in kept for key in half["unclear"]}
    passed |= {key for half in others for keys in half.values() for key in keys}
    by_name: dict[str, list[Profile]] = {}
    for one in found:
        by_name.setdefault(one.id, []).append(one)
    profiles = {name: joined(group) for name, group in sorted(by_name.items())}
    groups = clusters(profiles, propose(profiles.values(), encode=encode))
    ours = {pair for pair in _pairs(groups) if pair_key(*pair) not in passed}
    ours = {pair for pair in ours if _counts(profiles, pair) and _is_of(part, pair, halves)}
    right = {pair for pair in ours if pair_key(*pair) in same}
    alike = {pair for pair in ours if _alike(*pair)}
    easy = len(right & alike)
    spelled = sum(pair_key(*pair) in same for pair in _alike_pairs(profiles))
    return {
        "judged_precision": _percent(len(right), len(ours)),
        "judged_recall": _percent(len(right), len(same)),
        "judged_pairs": float(len(same)),
        "judged_new_precision": _percent(len(right) - easy, len(ours - alike)),
        "judged_new_recall": _percent(len(right) - easy, len(same) - spelled),
        "judged_new_pairs": float(len(same) - spelled),
    }


def _counts(profiles: dict[str, Profile], pair: _Pair) -> bool:
    place = place_of(pair[0])
    values = all(profiles[name].family == "value" or name[:1].islower() for name in pair)
    return not values and not (place and place == place_of(pair[1]))


def _is_of(part: str, pair: _Pair, halves: dict[str, dict[str, list[str]]]) -> bool:
    """Whether a pair is of this part: where it was judged, else by a hash of its first name."""
    key = pair_key(*pair)
    if part == "all" or any(key in keys for keys in halves[part].values()):
        return True
    return part == ("held" if int(sha256(min(pair).encode()).hexdigest()[:8], 16) % 2 else "dev")


def _alike(one: str, other: str) -> bool:
    return form_of(one).squashed == form_of(other).squashed


def _alike_pairs(profiles: Iterable[str]) -> Iterable[_Pair]:
    groups: dict[str, list[str]] = {}
    for name in profiles:
        groups.setdefault(form_of(name).squashed, []).append(name)
    return _pairs(groups.values())


def _pairs(groups: Iterable[Sequence[str]]) -> list[_Pair]:
    rows = [sorted(group) for group in groups]
    return [(a, b) for row in rows for n, a in enumerate(row) for b in row[n + 1 :]]


def _percent(part: float, whole: float) -> float:
    return round(100.0 * part / max(1.0, whole), 1)
