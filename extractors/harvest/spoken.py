"""A relation as a person gives it: a pattern, a name of the library, or prompts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from extractors.harvest.facts import predicate_name
from extractors.harvest.prompt import Prompt
from extractors.harvest.relation import Relation, Slot
from kgkit.errors import InputError
from kgkit.schema import Pattern

__all__ = ["relation_of"]

_WORDS = re.compile(r"[^\W\d_]+")


def relation_of(
    given: Relation | Pattern | str,
    *,
    seeds: Iterable[Iterable[str]] = (),
    prompts: Iterable[Prompt | str] = (),
) -> Relation:
    """Return the relation that is meant, with these seeds and prompts in place of its own.

    `given` is a pattern such as "(Person)-[DIRECTED]->(Film)", the name of a relation of the
    library, a prompt such as "{0} directed {1}.", or a relation. Raises `InputError` for a
    name that the library does not hold where no prompts are given, for a pattern whose tail is
    a datatype, and for seeds and prompts that do not fit.

    >>> relation_of("(Person)-[DIRECTED]->(Film)", prompts=["{0} directed {1}."]).name
    'directed'
    >>> relation_of("{0} orbits {1}.").name
    'orbits'
    """
    own = tuple(each if isinstance(each, Prompt) else Prompt.parse(each) for each in prompts)
    examples = tuple(tuple(entities) for entities in seeds)
    relation = _named(given, own)
    if own:
        relation = _worded(relation, own)
    return replace(relation, seeds=examples) if examples else relation


def _named(given: Relation | Pattern | str, prompts: tuple[Prompt, ...]) -> Relation:
    if isinstance(given, Relation):
        return given
    if isinstance(given, Pattern) or given.lstrip().startswith("("):
        return _of_pattern(given if isinstance(given, Pattern) else Pattern.parse(given))
    if "{" in given or "[X]" in given or "<ENT" in given:
        prompt = Prompt.parse(given)
        words = _WORDS.findall(" ".join(prompt.parts))
        if not words:
            raise InputError(f"the prompt {given!r} has no words; say how its slots are related")
        return Relation(" ".join(words), (prompt,))
    known = _known(given)
    if known is not None:
        return known
    if prompts:
        return Relation(given, prompts)
    raise InputError(
        f"{given!r} is no relation of the library; `kgkit harvest --list` shows them: or give a "
        "prompt such as '{0} directed {1}.' or a pattern such as '(Person)-[DIRECTED]->(Film)'"
    )


def _of_pattern(pattern: Pattern) -> Relation:
    """Return the relation of a pattern, as the library words it where it knows one."""
    if pattern.is_property:
        raise InputError(
            f"{pattern} asks for a {pattern.tail}; expected a type of entities on both ends, "
            "since models are asked for names"
        )
    slots = (Slot(type=pattern.head), Slot(type=pattern.tail))
    known = _known(pattern.relation)
    if known is not None and known.arity == len(slots):
        kept = tuple(replace(known.slot(place), type=slot.type) for place, slot in enumerate(slots))
        return replace(known, name=_label(pattern.relation), slots=kept)
    return Relation(_label(pattern.relation), slots=slots)


def _label(relation: str) -> str:
    return predicate_name(relation).replace("_", " ").lower()


def _known(name: str) -> Relation | None:
    from extractors.harvest.library import relations

    wanted = predicate_name(name)
    return next((each for each in relations() if predicate_name(each.name) == wanted), None)


def _worded(relation: Relation, prompts: tuple[Prompt, ...]) -> Relation:
    """Return the relation with other prompts, and without what does not fit their slots."""
    if relation.arity == prompts[0].arity:
        return replace(relation, prompts=prompts)
    return Relation(relation.name, prompts, description=relation.description)
