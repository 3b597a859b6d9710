"""Entity resolution on synthetic worlds: names varied, namesakes and relatives added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from random import Random

from extractors.align.names import form_of
from extractors.align.namesakes import tell_apart
from extractors.align.profiles import Profile, joined
from extractors.align.proposals import Encode, clusters, propose
from extractors.align.sightings import sightings
from extractors.chunks import split
from extractors.worlds import World
from kgkit.facts import Entity

__all__ = ["WORLDS", "resolved", "varied_world", "world_figures"]

#: The seeds that are measured.
WORLDS = (501, 502, 503)
_TYPES = {
    "City": "Location", "Country": "Location", "Company": "Organization", "Book": "Work",
    "University": "Organization", "Award": "Misc", "Field": "Concept",
}  # fmt: skip
_MIDDLE = ("Amias", "Borja", "Corin", "Dario", "Esme", "Fiona", "Gotthard", "Hanne", "Ivor", "Juno")
_TITLES = ("Dr.", "Professor", "President", "Senator")
_RANKS = ("1st", "2nd", "3rd", "4th", "5th")
_Use = tuple[str, str]


def world_figures(encode: Encode, *, worlds: Sequence[int] = WORLDS) -> dict[str, float]:
    """Return pairwise precision and recall over uses of names in documents, in percent.

    Namesakes are told apart and names joined as `kgkit.aligning.align` does it. `world_new_`
    figures count pairs under different names only, and `world_namesakes_` the uses of names that
    several bear.
    """
    ours: dict[str, set[object]] = defaultdict(set)
    theirs: dict[str, set[object]] = defaultdict(set)
    for seed in worlds:
        uses, owner = varied_world(seed)
        by_entity: dict[str, list[_Use]] = defaultdict(list)
        bearers: dict[str, set[str]] = defaultdict(set)
        for use, entity in owner.items():
            by_entity[entity].append(use)
            bearers[use[0]].add(entity)
        shared = {name for name, several in bearers.items() if len(several) > 1}
        for into, groups in ((ours, resolved(uses, encode)), (theirs, by_entity.values())):
            for one, other in _pairs(groups):
                names = {one[0], other[0]}
                told = ["world", *["world_new"] * (len(names) > 1)]
                for kind in (*told, *["world_namesakes"] * bool(names & shared)):
                    into[kind].add((seed, one, other))
    figures: dict[str, float] = {}
    for kind in ("world", "world_new", "world_namesakes"):
        right = len(ours[kind] & theirs[kind])
        figures[f"{kind}_precision"] = round(100.0 * right / max(1, len(ours[kind])), 1)
        figures[f"{kind}_recall"] = round(100.0 * right / max(1, len(theirs[kind])), 1)
        figures[f"{kind}_pairs"] = float(len(theirs[kind]))
    return figures


def resolved(uses: Sequence[Profile], encode: Encode) -> list[list[_Use]]:
    """Return the groups of uses (id, document) that alignment takes for one entity each: uses of
    one id are one unless they contradict each other, and ids whose names fit are joined."""
    splits = {one.key: one.groups for one in tell_apart(uses, encode=encode, by_context=False)}
    by_id: dict[str, list[Profile]] = defaultdict(list)
    for use in uses:
        groups = splits.get(use.id, ())
        place = next((n for n, group in enumerate(groups) if use.documents & {*group}), 0)
        by_id[f"{use.id}#{place}"].append(use)
    profiles = [replace(joined(group), id=id) for id, group in sorted(by_id.items())]
    joins = clusters(by_id, propose(profiles, encode=encode))
    alone = set(by_id) - {id for group in joins for id in group}
    groups_of_ids = [*joins, *([id] for id in sorted(alone))]
    return [
        sorted((use.id, min(use.documents)) for id in group for use in by_id[id])
        for group in groups_of_ids
    ]


def varied_world(seed: int, people: int = 60) -> tuple[list[Profile], dict[_Use, str]]:
    """Return what each document of a world says of each name, and whom each use means.

    A tenth of the people share their name with another; others are renamed to be relatives of
    somebody or juniors; each document uses one form of a name.
    """
    world = World.make(seed, people=people, templates="held_out", namesakes=0.1)
    chance = Random(f"resolution/{seed}")
    names = _renamed(world, chance)
    entities = {entity.id: entity for entity in world.entities}
    uses: list[Profile] = []
    owner: dict[_Use, str] = {}
    for document in world.documents:
        told = world.told_in(document)
        for one in sightings(told.mentions, told.facts, split(document)):
            entity = entities[one.id]
            form = _form(entity, names, chance)
            use = (form_of(form).text, document.id)
            if use in owner:
                continue  # two bearers of one name in one document
            owner[use] = entity.id
            uses.append(_under(one, form, entity))
    return uses, owner


def _renamed(world: World, chance: Random) -> dict[str, tuple[str, str]]:
    """Return the name of each entity, and its middle name or country."""
    people = [entity for entity in world.entities if entity.type == "Person"]
    countries = [entity.name for entity in world.entities if entity.type == "Country"]
    names = {entity.id: (entity.name, "") for entity in world.entities}
    for person in people:
        names[person.id] = (person.name, chance.choice(_MIDDLE))
    shared = {id for pair in world.namesakes for id in pair}
    free = [person for person in people if person.id not in shared]
    for one, other in zip(free[0:12:2], free[1:12:2], strict=False):  # relatives
        first, last = other.name.split()[0], one.name.split()[-1]
        names[other.id] = (f"{first} {last}", names[other.id][1])
    for one, other in zip(free[12:18:2], free[13:18:2], strict=False):  # named after a parent
        names[other.id] = (f"{one.name} Jr.", names[one.id][1])
    cities = [entity for entity in world.entities if entity.type == "City"]
    for city in cities:
        names[city.id] = (city.name, chance.choice(countries))
    books = [entity for entity in world.entities if entity.type == "Book"]
    for one, other in zip(books[0:4:2], books[1:4:2], strict=False):
        names[other.id] = (f"{one.name} II", "")
    return names


def _form(entity: Entity, names: Mapping[str, tuple[str, str]], chance: Random) -> str:
    name, more = names[entity.id]
    if chance.random() < 0.5:
        return name
    first, *rest = name.split()
    forms = [name]
    if entity.type == "Person" and rest:
        last = " ".join(rest)
        forms = [
            f"{first} {more} {last}",
            f"{first} {more[:1]}. {last}",
            f"{chance.choice(_TITLES)} {name}",
            f"{name}, {Random(entity.id).choice(_RANKS)} Baron {more}",
            f"{first} {_misspelt(rest[0], chance)}" if len(rest) == 1 else name,
            f"{rest[0]}, {first}" if len(rest) == 1 else name,
        ]
    elif entity.type == "City":
        forms = [f"{name}, {more}"]
    elif entity.type == "Company":
        forms = [f"{name} Ltd.", f"The {name}", name.upper()]
    elif entity.type == "Book":
        forms = [name.removeprefix("The "), f"{name} (novel)", f'"{name}"']
    return chance.choice(forms)


def _misspelt(word: str, chance: Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    return word[:at] + word[at] + word[at:]


def _under(one: Profile, form: str, entity: Entity) -> Profile:
    type = _TYPES.get(entity.type, entity.type)
    context = one.context.replace(entity.name, form)
    return replace(one, id=form, name=form, type=type, aliases=(), context=context)


def _pairs(groups: Iterable[Sequence[_Use]]) -> Iterator[tuple[_Use, _Use]]:
    for group in groups:
        yield from combinations(sorted(group), 2)
