"""A logical form has the same answers in memory and in every store that it compiles for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kgkit.errors import KgkitError
from kgkit.evidence import PersonEvidence
from kgkit.facts import Entity, Fact, Literal, Polarity, Qualifier
from reasoning.logic.compiled import Compiled, Links, NotCompiled
from reasoning.logic.cypher import to_cypher
from reasoning.logic.forms import Program
from reasoning.logic.reading import parse
from reasoning.logic.run import run
from reasoning.logic.source import MemoryFacts
from reasoning.logic.sparql import to_sparql
from reasoning.logic.stored import compile_for, run_in
from reasoning.logic.tables import keys
from reasoning.logic.vocabulary import Vocabulary
from stores.base import Ability, GraphStore
from stores.ledger import Ledger
from stores.sync import follow

Compiler = Callable[[Program, Vocabulary, Links], Compiled]

_SURE = (PersonEvidence("Ada", "2026-01-01", 0.9),)


def _film(name: str) -> Entity:
    return Entity.named(name, "Film")


def _person(name: str) -> Entity:
    return Entity.named(name, "Person")


def _place(name: str) -> Entity:
    return Entity.named(name, "work of nature")


SCOTT, CAMERON, WEAVER = map(_person, ("Ridley Scott", "James Cameron", "Sigourney Weaver"))
#: Another of the same name.
SCOTT_TOO = Entity("https://example.org/scott", "Ridley Scott", "Person", ("R. Scott",))
ALIEN, ALIENS, BLADE, AVATAR = map(_film, ("Alien", "Aliens", "Blade Runner", "Avatar"))
THAMES, ENGLAND, EUROPE = map(_place, ("Thames", "England", "Europe"))


def _said(
    head: Entity, relation: str, tail: Entity | Literal, polarity: Polarity = Polarity.POSITIVE
) -> Fact:
    return Fact(head, relation, tail, polarity=polarity, evidence=_SURE)


def _day(year: int, month: int, day: int) -> Literal:
    return Literal(date(year, month, day), "date")


FACTS = (
    _said(SCOTT, "DIRECTED", ALIEN),
    _said(SCOTT, "DIRECTED", BLADE),
    _said(CAMERON, "DIRECTED", ALIENS),
    _said(CAMERON, "DIRECTED", AVATAR),
    _said(CAMERON, "DIRECTED", ALIEN, Polarity.NEGATIVE),
    _said(CAMERON, "wrote script of", ALIENS),
    _said(SCOTT_TOO, "PLAYED_IN", BLADE),
    _said(WEAVER, "PLAYED_IN", ALIEN),
    _said(WEAVER, "PLAYED_IN", ALIENS),
    _said(WEAVER, "PLAYED_IN", AVATAR),
    _said(ALIEN, "RELEASED_ON", _day(1979, 5, 25)),
    _said(ALIEN, "RELEASED_ON", _day(1979, 9, 6)),
    _said(ALIENS, "RELEASED_ON", _day(1986, 7, 18)),
    _said(BLADE, "RELEASED_ON", _day(1982, 6, 25)),
    _said(ALIEN, "MADE_IN", Literal(1978, "gYear")),
    _said(BLADE, "MADE_IN", Literal(1981, "gYear")),
    _said(ALIEN, "COPIES", Literal(90, "integer")),
    _said(BLADE, "COPIES", Literal(120, "integer")),
    _said(AVATAR, "COPIES", Literal(120, "integer")),
    _said(ALIEN, "RUNS", Literal(117, "quantity", unit="min")),
    _said(ALIENS, "RUNS", Literal(2.5, "quantity", unit="h")),
    _said(ALIEN, "TAGLINE", Literal('In space no one can hear "you"')),
    _said(SCOTT, "BORN_ON", _day(1937, 11, 30)),
    _said(CAMERON, "BORN_ON", _day(1954, 8, 16)),
    _said(THAMES, "PART_OF", ENGLAND),
    _said(ENGLAND, "PART_OF", EUROPE),
    _said(EUROPE, "PART_OF", THAMES),
    Fact(SCOTT, "LIVED_IN", ENGLAND, (Qualifier("valid_from", Literal(1960, "gYear")),),
         evidence=_SURE),
)  # fmt: skip

#: Programs that compile.
PROGRAMS = [
    "retrieve(?p:Person, DIRECTED, ?f:Film)",
    'retrieve("Ridley Scott", DIRECTED, ?f)',
    'retrieve(?p "Ridley Scott"|"James Cameron", DIRECTED, ?f)',
    'retrieve("R. Scott", PLAYED_IN, ?f)',
    'retrieve("Nobody", DIRECTED, ?f)',
    "retrieve(?f, ^DIRECTED, ?p)",
    "retrieve(?p, DIRECTED|PLAYED_IN, ?f)",
    "retrieve(?p, DIRECTED, ?f); retrieve(?q, PLAYED_IN, ?f)",
    "retrieve(?p, DIRECTED, ?f); retrieve(?p, `wrote script of`, ?f)",
    'retrieve("Thames", PART_OF+, ?x)',
    'retrieve(?x:`work of nature`, PART_OF+, "Europe")',
    "retrieve(?f, RELEASED_ON, ?t)",
    "retrieve(?f, RELEASED_ON, ?t); filter(?t < 1982)",
    "retrieve(?f, RELEASED_ON, ?t); filter(?t = 1979)",
    "retrieve(?f, RELEASED_ON, ?t); filter(?t != 1979-05)",
    "retrieve(?f, RELEASED_ON, ?t); filter(?t >= 1982-06-25 and not (?t > 1986))",
    "retrieve(?f, RELEASED_ON, 1979)",
    "retrieve(?f, RELEASED_ON, 1982-06-25)",
    "retrieve(?f, MADE_IN, ?y); filter(1980 < ?y)",
    "retrieve(?f, MADE_IN, 1978)",
    "retrieve(?f, COPIES, ?n); filter(?n >= 100 or ?n = 90)",
    "retrieve(?f, COPIES, 120)",
    "retrieve(?f, RUNS, _)",
    'retrieve(?f, TAGLINE, ?t); filter(contains(?t, "\\"you"))',
    'retrieve(?f, TAGLINE, "In space no one can hear \\"you\\"")',
    'retrieve(?p, DIRECTED, ?f); filter(starts(name(?f), "Alien") and ?f != "Aliens")',
    'retrieve(?p, DIRECTED, ?f); filter(ends(?p, "Scott"))',
    "retrieve(?p, PLAYED_IN, ?f); retrieve(?p, PLAYED_IN, ?g); filter(?f != ?g)",
    "retrieve(?p, DIRECTED, ?f); except { retrieve(?f, RUNS, _) }",
    "retrieve(?p, DIRECTED, ?f); intersect { retrieve(?w, PLAYED_IN, ?f) }",
    "intersect { retrieve(?p, DIRECTED, ?f) } { retrieve(?w:Person, PLAYED_IN, ?f) }",
    "except { retrieve(?p, PLAYED_IN, ?f) } { retrieve(?f, COPIES, _) }",
    'union { retrieve(?x, DIRECTED, "Alien") } { retrieve(?x, PLAYED_IN, "Alien") }',
    "retrieve(?p, DIRECTED, ?f); union { retrieve(?f, MADE_IN, ?y) } "
    "{ retrieve(?f, COPIES, ?c); retrieve(?f, MADE_IN, ?y) }",
    "retrieve(?p, DIRECTED, ?f); union { retrieve(?f, MADE_IN, 1978) } { retrieve(?f, COPIES, _) }",
    "retrieve(?p, DIRECTED, ?f); ?n = count(?f)",
    'retrieve("Nobody", DIRECTED, ?f); ?n = count(?f)',
    'retrieve("Nobody", DIRECTED, ?f); ?b = exists(?f)',
    'retrieve("Ridley Scott", DIRECTED, ?f); ?b = exists(?f)',
    "retrieve(?p, DIRECTED|PLAYED_IN, ?f); ?n = count(?f) by ?p",
    "retrieve(?p, PLAYED_IN|DIRECTED, ?f); ?n = count(?p) by ?f; argmax(?n); output(?f)",
    "retrieve(?f, COPIES, ?c); ?s = sum(?c)",
    "retrieve(?f, COPIES, ?c); ?s = average(?c)",
    "retrieve(?f, RELEASED_ON, ?t); ?first = min(?t)",
    "retrieve(?p, DIRECTED, ?f); retrieve(?f, RELEASED_ON, ?t); ?last = max(?t) by ?p",
    'retrieve("Nobody", BORN_ON, ?t); ?last = max(?t)',
    "retrieve(?f, RELEASED_ON, ?t); argmin(?t)",
    "retrieve(?f, COPIES, ?c); argmax(?c)",
    "retrieve(?p, DIRECTED, ?f); retrieve(?f, RELEASED_ON, ?t); argmax(?t) by ?p; output(?p, ?f)",
    "retrieve(?f, RELEASED_ON, ?t); sort(?t desc); output(?f)",
    "retrieve(?f, RELEASED_ON, ?t); sort(?t desc, ?f); limit(2)",
    "retrieve(?p, DIRECTED, ?f); limit(3)",
    "retrieve(?p, DIRECTED, ?f); output(?p)",
    "retrieve(?order, DIRECTED, ?count); output(?count)",
    'retrieve("Ridley Scott", DIRECTED, ?_1)',
    "retrieve(?f_name, DIRECTED, ?f)",
    "retrieve(?f_type, DIRECTED, ?f); sort(?f, ?f_type)",
    'retrieve(?f_label, DIRECTED, ?f); filter(contains(name(?f), "Alien"))',
    "retrieve(?f_sorted, DIRECTED, ?f); sort(?f desc); output(?f)",
]

#: Programs that run in memory, whatever the store.
IN_MEMORY = [
    "retrieve(?f, RUNS, ?l); filter(?l > 2[hour])",
    "retrieve(?p, BORN_ON, ?b); ?y = year(?b)",
    "retrieve(?p, LIVED_IN, ?c, at 1970)",
    "denied(?p, DIRECTED, ?f)",
    "retrieve(?p, ?r, ?x)",
]


_SOURCE, _VOCABULARY = MemoryFacts(FACTS), Vocabulary.of_facts(FACTS)
_NAMES = ("Ridley Scott", "James Cameron", "R. Scott", "Thames", "Europe", "Alien", "Nobody")
_LINKS = {name: [entity.id for entity in found] for name, found in _SOURCE.named(_NAMES).items()}


@pytest.fixture
def films(store: GraphStore, ledger: Ledger) -> GraphStore:
    """A store that holds the films."""
    ledger.add_facts(FACTS)
    follow(ledger, store)
    return store


def test_a_program_has_one_answer(films: GraphStore) -> None:
    if not films.abilities & (Ability.CYPHER | Ability.SPARQL):
        with pytest.raises(NotCompiled, match="no query language"):
            compile_for(films, parse(PROGRAMS[0]), _VOCABULARY, _LINKS)
        return
    wrong = {text: found for text in PROGRAMS if (found := _difference(films, text))}
    assert not wrong, "\n".join(f"{text}\n{found}" for text, found in wrong.items())


def _difference(films: GraphStore, text: str) -> str:
    """Return how the store's answer differs from the one in memory, empty where it does not."""
    program = parse(text)
    wanted = run(program, _SOURCE).table
    compiled = compile_for(films, program, _VOCABULARY, _LINKS)
    try:
        found = run_in(films, compiled)
    except KgkitError as error:
        return f"{compiled}\n{error}"
    rows = [[keys(row.cells) for row in table.rows] for table in (found, wanted)]
    if "sort" not in text:
        rows = [sorted(each) for each in rows]
    same = found.columns == wanted.columns and rows[0] == rows[1]
    return "" if same else f"{compiled}\nfound {rows[0]}\nwanted {rows[1]}"


@pytest.mark.parametrize("text", IN_MEMORY)
@pytest.mark.parametrize("compiler", [to_cypher, to_sparql])
def test_what_no_store_says_runs_in_memory(compiler: Compiler, text: str) -> None:
    with pytest.raises(NotCompiled):
        compiler(parse(text), _VOCABULARY, _LINKS)
    assert len(run(parse(text), _SOURCE).table)
