"""Walking from the names of a question along the links that its words ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kgkit.facts import Entity, Polarity
from reasoning.answers.chain import in_two_steps
from reasoning.answers.kinship import is_kin
from reasoning.answers.links import End, Link
from reasoning.answers.match import cover, kind_asked, suits
from reasoning.answers.near import is_adjective
from reasoning.answers.pool import Pool
from reasoning.answers.question import Question
from reasoning.answers.similar import Similar
from reasoning.answers.words import Word, fold

__all__ = ["Move", "Path", "walk"]

_BEAM = 12
_DEEPEST = 3
_MERGED = 0.8
_SPLIT = 0.85


@dataclass(frozen=True, slots=True)
class Move:
    """One step along a link, and how much of its words the link says."""

    link: Link
    source: End
    target: End
    words: tuple[Word, ...]
    cover: float


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from a name of the question to a possible answer; `score` in [0, 1]."""

    start: Entity
    moves: tuple[Move, ...]
    score: float

    @property
    def target(self) -> End:
        """The end that answers."""
        return self.moves[-1].target


def walk(question: Question, pool: Pool, similar: Similar) -> list[Path]:
    """Return the paths that answer the question, the best first, one for each end.

    Every way of cutting the question's words into steps is followed with a beam of 12; denied
    facts are not walked along.
    """
    best: dict[str, Path] = {}
    named = {fold(e.name) for name in question.names for e in name.entities}
    named |= {fold(name.text) for name in question.names}
    for slots, penalty in _readings(question):
        for name in question.names:
            for path in _follow(question, name.entities, slots, pool, similar):
                target = path.target
                if fold(target.name) in named:
                    continue
                others = _names_met(question, name.start, path)
                if question.kind == "place" and question.hint not in ("nationality", "country"):
                    others *= 0.5 if is_adjective(path.moves[-1].link, target) else 1.0
                mean = path.score ** (1 / len(path.moves))
                score = round(
                    mean * penalty * suits(question.kind, question.hint, target) * others, 4
                )
                if score > 0 and score > best.get(target.key, _NONE).score:
                    best[target.key] = Path(path.start, path.moves, score)
    return sorted(best.values(), key=lambda p: (-p.score, len(p.moves), p.target.name))


_NONE = Path(Entity("", ""), (), -1.0)


def _readings(question: Question) -> Iterator[tuple[tuple[tuple[Word, ...], ...], float]]:
    """Yield the ways to cut the words into steps, with how plausible each is."""
    yield question.slots, 1.0
    expanded = in_two_steps(question.slots)
    if expanded != question.slots:
        yield expanded, 1.0
    if question.successor:
        yield (question.successor,), _SPLIT
    if len(question.slots) == 1 and 2 <= len(question.slots[0]) <= 5 and question.names:
        at = question.names[0].start
        near = sorted(question.slots[0], key=lambda w: abs(w.start - at))
        for cut in range(1, len(near)):
            yield (tuple(near[:cut]), tuple(near[cut:])), _SPLIT


def _follow(
    question: Question,
    starts: Sequence[Entity],
    slots: Sequence[tuple[Word, ...]],
    pool: Pool,
    similar: Similar,
) -> list[Path]:
    """Return whole paths that spend all slots, each step at least one, in their order."""
    done: list[Path] = []
    states = [(Path(entity, (), 1.0), End(entity, "head"), 0) for entity in starts]
    for _ in range(_DEEPEST):
        pool.expand([end.value for _, end, _ in states if isinstance(end.value, Entity)])
        grown: list[tuple[Path, End, int]] = []
        for path, at, spent in states:
            for link, source, target in pool.steps(at.key):
                if target.key == path.start.id or any(
                    target.key == m.source.key for m in path.moves
                ):
                    continue
                if _part_of(target, source):
                    continue
                if link.fact is None and any(m.link is link for m in path.moves):
                    continue
                if link.fact is not None and link.fact.polarity is Polarity.NEGATIVE:
                    continue
                for upto in range(spent + 1, len(slots) + 1):
                    words = tuple(w for slot in slots[spent:upto] for w in slot)
                    if upto > spent + 1 and sum(is_kin(w) for w in words) > 1:
                        break
                    covered = cover(question, words, link, source, target, similar)
                    if covered < 0.15:
                        continue
                    merged = _MERGED ** (upto - spent - 1)
                    trust = 0.85 + 0.15 * link.fit
                    if upto < len(slots):
                        trust *= max(0.1, suits(*kind_asked(slots[upto - 1]), target))
                    if not path.moves:
                        trust *= _namesake(question, link)
                    score = path.score * covered * merged * trust
                    move = Move(link, source, target, words, covered)
                    grown.append((Path(path.start, (*path.moves, move), score), target, upto))
        done += [path for path, _, spent in grown if spent == len(slots)]
        states = _fittest(
            [s for s in grown if s[2] < len(slots) and isinstance(s[1].value, Entity)]
        )
        if not states:
            break
    return done


def _part_of(target: End, source: End) -> bool:
    """Return whether the target is only a shorter name of the person that the source is."""
    if not isinstance(source.value, Entity) or source.value.type not in ("Person", "Misc"):
        return False
    return isinstance(target.value, Entity) and (
        f" {fold(target.name)} " in f" {re.sub(r'[,.]', ' ', fold(source.name).split(' (')[0])} "
    )


def _namesake(question: Question, link: Link) -> float:
    """Return 0.4 for a text on another bearer of a name that the question tells apart by a
    bracket, "Alien (1979 film)"; 1 otherwise."""
    if link.text is None:
        return 1.0
    title = fold(link.text.document.title)
    for name in question.names:
        plain = fold(name.text)
        if "(" in plain and title != plain and title.split(" (")[0] == plain.split(" (")[0]:
            return 0.4
    return 1.0


def _fittest(states: list[tuple[Path, End, int]]) -> list[tuple[Path, End, int]]:
    """Return the best states, one for each end and number of slots spent."""
    best: dict[tuple[str, int], tuple[Path, End, int]] = {}
    for state in states:
        key = (state[1].key, state[2])
        if key not in best or state[0].score > best[key][0].score:
            best[key] = state
    ranked = sorted(best.values(), key=lambda s: (-s[0].score, s[1].name, s[2]))
    return ranked[:_BEAM]


def _names_met(question: Question, start: int, path: Path) -> float:
    """Return 1 where the path meets all other names of the question, less for each it misses."""
    keys = {end.key for move in path.moves for end in move.link.ends}
    seen = {fold(end.name) for move in path.moves for end in move.link.ends}
    said = [fold(move.link.text.quote) for move in path.moves if move.link.text]
    titles = [fold(move.link.text.document.title) for move in path.moves if move.link.text]
    factor = 1.0
    for name in question.names:
        plain = fold(name.text)
        if name.start == start or any(n.start == name.start for n in question.choice):
            continue
        if any(entity.id in keys for entity in name.entities) or plain in seen:
            continue
        if any(plain in text for text in said):
            factor *= 0.9
        else:
            factor *= 0.75 if any(plain in title for title in titles) else 0.5
    return factor
