"""Questions of one to four steps about small worlds, with the facts that answer them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from extractors.worlds.inquiry_forms import FORMS, Forms
from extractors.worlds.inquiry_relations import SCHEMAS, Schema, Spoken
from extractors.worlds.names import Names, Split
from kgkit.errors import InputError
from kgkit.facts import Entity, Fact, Literal
from kgkit.ids import content_id

__all__ = ["Inquiries", "Inquiry"]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question, its right answers (names, values, "yes" or "no"; none where the world does not
    say) and what kind of question it is."""

    text: str
    answers: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Inquiries:
    """All facts of a small world, and questions on them."""

    facts: tuple[Fact, ...]
    asked: tuple[Inquiry, ...]

    @classmethod
    def make(cls, seed: int, split: Split, each: int = 4) -> Inquiries:
        """Return the world of this seed with about `each` questions of every kind.

        "train" and "held_out" share neither relations nor forms nor names. Raises `InputError`
        for another split.

        >>> made = Inquiries.make(1, "train")
        >>> made == Inquiries.make(1, "train"), sorted({i.kind for i in made.asked})[:3]
        (True, ['after', 'back', 'before'])
        """
        if split not in SCHEMAS:
            raise InputError(f"split={split!r} is none; give 'train' or 'held_out'.")
        rng = Random(f"inquiries {seed} {split}")
        world = _Small(SCHEMAS[split], rng, split)
        asking = _Asking(world, FORMS[split], rng)
        asked: list[Inquiry] = []
        for kind, ask in asking.kinds().items():
            found: dict[str, Inquiry] = {}
            for _ in range(12 * each):
                made = ask()
                if made is not None and len(found) < each:
                    found.setdefault(made[0], Inquiry(made[0], tuple(sorted(set(made[1]))), kind))
            asked += found.values()
        return cls(tuple(world.facts), tuple(asked))


class _Small:
    """A world of a schema: a head has one tail of each relation, or, now and then, none."""

    def __init__(self, schema: Schema, rng: Random, split: Split) -> None:
        self.schema, self.rng = schema, rng
        names = Names(rng, split)
        self.things: dict[str, list[Entity]] = {}
        for kind, count in schema.counts.items():
            made = [_name(kind, names, rng) for _ in range(count)]
            self.things[kind] = [
                Entity(content_id("inquiry", split, name), name, kind) for name in made
            ]
        self.tail: dict[tuple[str, str], Entity | Literal] = {}
        self.heads: dict[tuple[str, str], list[Entity]] = defaultdict(list)
        self.facts: list[Fact] = []
        for relation in schema.relations:
            own: list[Entity | Literal] = list(self.things.get(relation.tail, []))
            for n, head in enumerate(self.things[relation.head]):
                if n and rng.random() < 0.07:
                    continue
                tail = _value(relation.tail, rng) if not own else rng.choice(own)
                self.tail[head.id, relation.name] = tail
                self.heads[_said(tail), relation.name].append(head)
                self.facts.append(Fact(head, relation.name, tail))

    def any(self, kind: str) -> Entity:
        return self.rng.choice(self.things[kind])


class _Asking:
    def __init__(self, world: _Small, forms: Forms, rng: Random) -> None:
        self.world, self.forms, self.rng = world, forms, rng
        self.relations = world.schema.relations

    def kinds(self) -> dict[str, Callable[[], tuple[str, list[str]] | None]]:
        """Return what makes a question of each kind."""
        return {
            "one": lambda: self.chain(1),
            "two": lambda: self.chain(2),
            "three": lambda: self.chain(3),
            "four": lambda: self.chain(4),
            "compare": self.compare,
            "count": self.count,
            "list": self.listed,
            "best": self.best,
            "after": lambda: self.dated(after=True),
            "before": lambda: self.dated(after=False),
            "either": self.either,
            "not": self.not_before,
            "yesno": self.whether,
            "same": self.same,
            "back": self.back,
        }

    def chain(self, steps: int) -> tuple[str, list[str]] | None:
        """Ask for what so many steps lead to from a name."""
        kind = self.rng.choice(list(self.world.things))
        start = self.world.any(kind)
        here: Entity | Literal | None = start
        said = self.called(start)
        for n in range(steps):
            last = n == steps - 1
            kind = here.type if isinstance(here, Entity) else kind
            fit = [r for r in self.relations if r.head == kind and (r.ask if last else r.of)]
            if not last:
                fit = [r for r in fit if r.tail in self.world.things]
            if not fit:
                return None
            relation = self.rng.choice(fit)
            here = (
                self.world.tail.get((here.id, relation.name)) if isinstance(here, Entity) else None
            )
            kind = relation.tail
            if last:
                if here is None and steps > 1:
                    return None
                if relation.of and self.rng.random() < 0.3 and relation.tail != "date":
                    outer = self.forms.outer[0 if relation.tail == "Person" else -1]
                    if "{x}'s" in outer and " of " in said:
                        outer = self.forms.outer[-1]
                    if relation.tail == "Person" or not outer.startswith("Who"):
                        return outer.format(of=relation.of, x=said), _all(here)
                return self.rng.choice(relation.ask).format(h=said), _all(here)
            if here is None:
                return None
            # "The director of X's wife" would be two people.
            forms = [f for f in self.forms.chain if f.startswith("the") or " of " not in said]
            said = self.rng.choice(forms).format(of=relation.of, x=said)
        return None

    def _next(self, here: Entity | Literal | None, relation: Spoken) -> Entity | Literal | None:
        if not isinstance(here, Entity):
            return None
        return self.world.tail.get((here.id, relation.name))

    def called(self, entity: Entity) -> str:
        """Return a name, at times with what it is before it."""
        noun = self.world.schema.nouns[entity.type][0]
        typed = entity.type not in ("Person", "Country", "Province") and self.rng.random() < 0.3
        return f"the {noun} {entity.name}" if typed else entity.name

    def compare(self) -> tuple[str, list[str]] | None:
        relation = self.rng.choice([r for r in self.relations if r.order])
        a, b = self.rng.sample(self.world.things[relation.head], 2)
        values = [self.world.tail.get((x.id, relation.name)) for x in (a, b)]
        if any(v is None for v in values) or _said(values[0]) == _said(values[1]):
            return None
        comparative, smaller = self.rng.choice(relation.order)
        first = _size(values[0]) < _size(values[1])
        form = self.rng.choice(self.forms.compare)
        noun = self.world.schema.nouns[relation.head][0]
        text = form.format(type=noun, cmp=comparative, a=a.name, b=b.name)
        if form.startswith("Who") and relation.head != "Person":
            return None
        return text, [(a if first == smaller else b).name]

    def _made(self) -> tuple[Spoken, str, list[Entity]] | None:
        relation = self.rng.choice([r for r in self.relations if r.made])
        tail = self.world.any(relation.tail)
        heads = self.world.heads.get((tail.name, relation.name), [])
        return relation, self.rng.choice(relation.made).format(t=tail.name), heads

    def _typed(self, form: str, relation: Spoken, **parts: str) -> str:
        noun, plural = self.world.schema.nouns[relation.head]
        return form.format(type=noun, types=plural, **parts)

    def count(self) -> tuple[str, list[str]] | None:
        found = self._made()
        if found is None or not found[2]:
            return None
        relation, made, heads = found
        text = self._typed(self.rng.choice(self.forms.count), relation, made=made)
        return text, [str(len(heads))]

    def listed(self) -> tuple[str, list[str]] | None:
        found = self._made()
        if found is None:
            return None
        relation, made, heads = found
        text = self._typed(self.rng.choice(self.forms.listed), relation, made=made)
        return text, [h.name for h in heads]

    def best(self) -> tuple[str, list[str]] | None:
        relation = self.rng.choice([r for r in self.relations if r.best])
        saying, smaller = self.rng.choice(relation.best)
        sizes = {
            h.name: _size(self.world.tail[h.id, relation.name])
            for h in self.world.things[relation.head]
            if (h.id, relation.name) in self.world.tail
        }
        top = (min if smaller else max)(sizes.values())
        text = self._typed(self.rng.choice(self.forms.best), relation, best=saying)
        return text, [name for name, size in sizes.items() if size == top]

    def dated(self, *, after: bool) -> tuple[str, list[str]] | None:
        relation = self.rng.choice([r for r in self.relations if r.dated])
        year = self.rng.randint(1950, 2000)
        forms = self.forms.after if after else self.forms.before
        form = self.rng.choice(forms)
        since = "since" in form
        text = self._typed(form, relation, dated=relation.dated, year=str(year))
        return text, [h.name for h, y in self._years(relation) if _fits(y, year, after, since)]

    def _years(self, relation: Spoken) -> Iterator[tuple[Entity, int]]:
        for head in self.world.things[relation.head]:
            tail = self.world.tail.get((head.id, relation.name))
            if isinstance(tail, Literal) and isinstance(tail.value, date):
                yield head, tail.value.year

    def either(self) -> tuple[str, list[str]] | None:
        found = self._made()
        if found is None or " by " not in found[1]:
            return None
        relation, made, heads = found
        other = self.world.any(relation.tail)
        more = self.world.heads.get((other.name, relation.name), [])
        if other.name in made:
            return None
        form = self.rng.choice(self.forms.either)
        text = self._typed(form, relation, made=made, other=other.name)
        return text, [h.name for h in (*heads, *more)]

    def not_before(self) -> tuple[str, list[str]] | None:
        dated = self.rng.choice([r for r in self.relations if r.dated])
        found = self._made()
        if found is None or found[0].head != dated.head:
            return None
        relation, made, heads = found
        year = self.rng.randint(1950, 2000)
        form = self.rng.choice(self.forms.not_by)
        text = self._typed(form, relation, made=made, dated=dated.dated, year=str(year))
        late = {h.id for h, y in self._years(dated) if y >= year}
        return text, [h.name for h in heads if h.id in late]

    def whether(self) -> tuple[str, list[str]] | None:
        relation = self.rng.choice([r for r in self.relations if r.whether])
        head = self.world.any(relation.head)
        true = self.world.tail.get((head.id, relation.name))
        tail = true if self.rng.random() < 0.5 else self.world.any(relation.tail)
        if true is None or not isinstance(tail, Entity) or tail.id == head.id:
            return None
        text = self.rng.choice(relation.whether).format(h=head.name, t=tail.name)
        return text, ["yes" if _said(true) == tail.name else "no"]

    def same(self) -> tuple[str, list[str]] | None:
        fit = [r for r in self.relations if r.of and r.tail in self.world.things]
        relation = self.rng.choice(fit)
        a, b = self.rng.sample(self.world.things[relation.head], 2)
        tails = [self.world.tail.get((x.id, relation.name)) for x in (a, b)]
        if any(t is None for t in tails):
            return None
        form = self.rng.choice(self.forms.same)
        text = form.format(of=relation.of, a=a.name, b=b.name)
        return text, ["yes" if _said(tails[0]) == _said(tails[1]) else "no"]

    def back(self) -> tuple[str, list[str]] | None:
        relation = self.rng.choice([r for r in self.relations if r.back])
        tail = self.world.any(relation.tail)
        heads = self.world.heads.get((tail.name, relation.name), [])
        return self.rng.choice(relation.back).format(t=tail.name), [h.name for h in heads]


def _name(kind: str, names: Names, rng: Random) -> str:
    if kind == "Person":
        return " ".join(names.person(woman=rng.random() < 0.5))
    if kind in ("Company", "Club"):
        return names.company()[0] if kind == "Company" else f"{names.city()} United"
    if kind in ("Country", "Province"):
        return names.country()
    if kind in ("Book", "Film"):
        return names.book()
    return f"{names.city()} Park" if kind == "Stadium" else names.city()


def _value(kind: str, rng: Random) -> Literal:
    if kind == "date":
        day = date(rng.randint(1940, 2010), rng.randint(1, 12), rng.randint(1, 28))
        return Literal(day, "date")
    return Literal(rng.randint(1_000, 900_000), "integer")


def _said(value: Entity | Literal | None) -> str:
    return value.name if isinstance(value, Entity) else str(value.value) if value else ""


def _all(value: Entity | Literal | None) -> list[str]:
    return [_said(value)] if value is not None else []


def _size(value: Entity | Literal | None) -> float:
    found = value.value if isinstance(value, Literal) else 0
    return float(found.toordinal()) if isinstance(found, date) else float(str(found))


def _fits(year: int, asked: int, after: bool, since: bool) -> bool:
    if after:
        return year >= asked if since else year > asked
    return year < asked
