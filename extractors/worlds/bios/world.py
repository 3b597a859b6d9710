"""A world of biographies: who there is, what is true, and texts that tell it so many times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from random import Random

from extractors.worlds.bios.asking import ask_chains, ask_nothing, ask_one
from extractors.worlds.bios.people import Biography, draw_mentors, draw_people, place_facts
from extractors.worlds.bios.sets import SMALL, Attribute, NameSpace, gold_bits, values_of
from extractors.worlds.bios.telling import Manner, tell
from extractors.worlds.names import Split
from extractors.worlds.questions import Question
from extractors.worlds.writing import Page
from kgkit.errors import InputError
from kgkit.evidence import RuleEvidence, TextEvidence
from kgkit.facts import Document, Fact, Mention
from kgkit.schema import Schema

__all__ = ["Biography", "BiosWorld", "Telling"]

_RULES = {
    "WORKS_IN": "(x)-[WORKS_IN]->(z) :- (x)-[WORKS_FOR]->(y), (y)-[HEADQUARTERED_IN]->(z)",
    "MENTOR_OF": "MENTOR_OF is the inverse of MENTORED_BY",
}


@dataclass(frozen=True, slots=True)
class Telling:
    """How a world is told.

    The people take the numbers of `exposures` in turn, so (1, 10, 100) makes three groups of
    people whom so many texts are about. A later sentence has an alias for the name with the
    probability `aliases`, one beside the point follows with `asides`, and of the share
    `contradictions` of the people another text tells a false value (all from 0 to 1). Raises
    `InputError` for other numbers.
    """

    exposures: tuple[int, ...] = (1,)
    aliases: float = 0.0
    asides: float = 0.0
    contradictions: float = 0.0

    def __post_init__(self) -> None:
        """Refuse numbers that tell nothing."""
        if not self.exposures or min(self.exposures) < 1:
            raise InputError(f"exposures={self.exposures!r} tell nothing; give numbers from 1 up.")
        for share in (self.aliases, self.asides, self.contradictions):
            _check_share(share)


@dataclass(frozen=True, slots=True, repr=False)
class BiosWorld:
    """People with attributes from declared value sets, and the documents that tell of them.

    `facts` rest on the sentences of `documents`; where a second text contradicts the first both
    are there, and paired as (true, false) by id in `conflicts`. `unseen` people have facts and
    are in no document. `derived` follows from the facts by `schema.rules`.
    """

    seed: int
    attributes: tuple[Attribute, ...]
    names: NameSpace
    people: tuple[Biography, ...]
    unseen: tuple[Biography, ...]
    facts: tuple[Fact, ...]
    documents: tuple[Document, ...]
    mentions: tuple[Mention, ...]
    conflicts: tuple[tuple[str, str], ...]

    @classmethod
    def make(
        cls,
        seed: int = 0,
        *,
        people: int = 200,
        attributes: Sequence[Attribute] = SMALL,
        names: NameSpace | None = None,
        mentors: float = 0.0,
        unseen: int = 0,
        telling: Telling | None = None,
    ) -> BiosWorld:
        """Return the world of this seed, the same on every machine.

        Each text on a person has wordings and an order of its own; places are told once.
        `mentors` is the share of the people who are taught by another. Raises `InputError` for
        no people, fewer than none unseen, or a share outside of 0 to 1.

        >>> world = BiosWorld.make(7, people=5)
        >>> world == BiosWorld.make(7, people=5), len(world.people[0].facts)
        (True, 6)
        """
        telling, names = telling or Telling(), names or NameSpace()
        _check_share(mentors)
        if people < 1 or unseen < 0:
            raise InputError(
                f"people={people}, unseen={unseen} make no world; give 1 and 0 or more."
            )
        rng = Random(f"bios {seed}")
        drawn = list(draw_people(rng, people + unseen, attributes, names))
        told = draw_mentors(rng, drawn[:people], mentors)
        turns = cycle(telling.exposures)
        told = [replace(one, exposures=n) for one, n in zip(told, turns, strict=False)]
        manner = Manner(shuffled=True, aliases=telling.aliases, asides=telling.asides)
        pages = [
            tell(f"people/{n:04d}-{v:03d}.txt", one.facts, Random(f"{seed} {n} {v}"), manner)
            for n, one in enumerate(told)
            for v in range(one.exposures)
        ]
        places = place_facts(attributes)
        pages += [
            tell(f"places/{n:04d}.txt", [fact], Random(f"{seed} place {n}"), manner)
            for n, fact in enumerate(places)
        ]
        conflicts = _contradict(rng, told, attributes, telling.contradictions)
        pages += [
            tell(f"registers/{n:04d}.txt", [wrong], Random(f"{seed} register {n}"), manner)
            for n, (_, wrong) in enumerate(conflicts)
        ]
        return cls(
            seed,
            tuple(attributes),
            names,
            tuple(told),
            tuple(drawn[people:]),
            _resting(pages),
            tuple(page.document for page in pages),
            tuple(mention for page in pages for mention in page.mentions),
            tuple((true.id, wrong.id) for true, wrong in conflicts),
        )

    @property
    def gold_bits(self) -> float:
        """The bits that the people who are told of hold, names among them."""
        return gold_bits(len(self.people), self.attributes, self.names)

    @property
    def schema(self) -> Schema:
        """The patterns of the facts, and the rules by which others follow from them."""
        patterns = {}
        for fact in self.facts:
            tail = getattr(fact.tail, "type", None) or getattr(fact.tail, "datatype", "")
            patterns[f"({fact.head.type})-[{fact.relation}]->({tail})"] = fact.relation
        premises = {"WORKS_FOR", "MENTORED_BY"} & set(patterns.values())
        rules = [
            rule
            for rule in _RULES.values()
            if any(f"[{name}]" in rule or rule.endswith(name) for name in premises)
        ]
        return Schema.parse("\n".join([*sorted(patterns), *rules]))

    @property
    def derived(self) -> tuple[Fact, ...]:
        """What follows from the facts: the city that someone works in, and who taught whom."""
        seats = {f.head.id: f for f in self.facts if f.relation == "HEADQUARTERED_IN"}
        found = []
        for fact in self.facts:
            seat = seats.get(getattr(fact.tail, "id", ""))
            if fact.relation == "WORKS_FOR" and seat is not None:
                rule = RuleEvidence(_RULES["WORKS_IN"], (fact.id, seat.id))
                found.append(Fact(fact.head, "WORKS_IN", seat.tail, evidence=(rule,)))
            if fact.relation == "MENTORED_BY" and not hasattr(fact.tail, "datatype"):
                rule = RuleEvidence(_RULES["MENTOR_OF"], (fact.id,))
                found.append(Fact(fact.tail, "MENTOR_OF", fact.head, evidence=(rule,)))
        return tuple(sorted(found, key=lambda fact: fact.id))

    def candidates(self) -> Mapping[str, tuple[str, ...]]:
        """Return the values that each attribute can have, as texts say them, by relation."""
        from extractors.worlds.bios.telling import said

        return {a.relation: tuple(map(said, values_of(a))) for a in self.attributes}

    def retell(self, version: int, *, shuffled: bool = False) -> tuple[Document, ...]:
        """Return a further text on each person, in other words; the order of the facts is kept
        unless it is `shuffled`. The same version is the same text."""
        manner = Manner(shuffled=shuffled)
        order = {f.id: n for n, f in enumerate(self._as_told())}
        return tuple(
            tell(
                f"people/{n:04d}-v{version}.txt",
                sorted(one.facts, key=lambda fact: order.get(fact.id, 0)),
                Random(f"{self.seed} {n} again {version}"),
                manner,
            ).document
            for n, one in enumerate(self.people)
        )

    def questions(self, split: Split = "held_out", each: int = 100) -> dict[int, list[Question]]:
        """Return up to `each` questions by number of steps, 1 to 4; those under 0 have no answer
        in the world. The wordings of "held_out" are in no text."""
        rng = Random(f"{self.seed} questions {split}")
        wrong = {false for _, false in self.conflicts}
        facts = [fact for fact in self.facts if fact.id not in wrong]
        heads = [one.person for one in self.people]
        own = [fact for one in self.people for fact in one.facts]
        rng.shuffle(own)
        asked = {1: [ask_one(fact, rng, split) for fact in own[:each]]}
        for steps in (2, 3, 4):
            asked[steps] = ask_chains(heads, facts, rng, split, (steps,))[:each]
        never = [fact for one in self.unseen for fact in one.facts]
        nothing = ask_nothing([f for f in facts if f.head.type == "Person"], never, rng, split)
        rng.shuffle(nothing)
        return {**asked, 0: nothing[:each]}

    def _as_told(self) -> list[Fact]:
        """Return the facts in the order in which the documents tell them."""
        place = {document.id: n for n, document in enumerate(self.documents)}
        return sorted(
            self.facts,
            key=lambda fact: min(
                (place[e.document_id], e.start)
                for e in fact.evidence
                if isinstance(e, TextEvidence)
            ),
        )

    def __repr__(self) -> str:
        return (
            f"<BiosWorld {self.seed}: {len(self.people)} people, {len(self.facts)} facts, "
            f"{len(self.documents)} documents>"
        )


def _resting(pages: Sequence[Page]) -> tuple[Fact, ...]:
    """Return the facts of the pages, each with all its evidence, by id."""
    told: dict[str, tuple[Fact, list[TextEvidence]]] = {}
    for page in pages:
        for fact, evidence in page.evidence:
            told.setdefault(fact.id, (fact, []))[1].append(evidence)
    return tuple(told[id][0].with_evidence(*told[id][1]) for id in sorted(told))


def _contradict(
    rng: Random, people: Sequence[Biography], attributes: Sequence[Attribute], share: float
) -> list[tuple[Fact, Fact]]:
    """Return pairs of a fact and a false one, of a share of the people."""
    found = []
    for one in rng.sample(people, round(share * len(people))):
        attribute = rng.choice([a for a in attributes if a.size > 1])
        true = next(f for f in one.facts if f.relation == attribute.relation)
        others = [value for value in values_of(attribute) if value != true.tail]
        found.append((true, replace(true, tail=rng.choice(others))))
    return found


def _check_share(share: float) -> None:
    if not 0.0 <= share <= 1.0:
        raise InputError(f"{share} is no share; give one from 0 to 1.")
