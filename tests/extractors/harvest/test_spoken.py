"""A relation may be given as a pattern, a name of the library, prompts, or as it is."""

from __future__ import annotations

import pytest

from extractors.harvest.facts import predicate_name
from extractors.harvest.prompt import Prompt
from extractors.harvest.relation import Relation
from extractors.harvest.spoken import relation_of
from kgkit.errors import InputError

SEEDS = [("Ridley Scott", "Alien"), ["Fritz Lang", "M"]]


def test_patterns_name_types_and_relation() -> None:
    found = relation_of("(Person)-[DIRECTED_FILM]->(Film)", seeds=SEEDS)
    assert (found.name, found.head_type, found.tail_type) == ("directed film", "Person", "Film")
    assert predicate_name(found.name) == "DIRECTED_FILM"
    assert found.seeds == (("Ridley Scott", "Alien"), ("Fritz Lang", "M"))


def test_names_of_the_library_bring_prompts_and_seeds() -> None:
    found = relation_of("capital")
    assert found.prompts
    assert found.seeds
    assert relation_of("capital", seeds=[("Paris", "France")]).seeds == (("Paris", "France"),)


def test_a_prompt_is_a_relation() -> None:
    found = relation_of("{0} orbits {1}.", seeds=[("Io", "Jupiter")])
    assert (found.name, found.prompts[0].text) == ("orbits", "{0} orbits {1}.")


def test_any_name_with_prompts_is_a_relation() -> None:
    found = relation_of("circles about", prompts=["[X] circles about [Y]."])
    assert found.prompts == (Prompt.parse("{0} circles about {1}."),)


def test_prompts_of_another_arity_put_aside_what_does_not_fit() -> None:
    found = relation_of("capital", prompts=["{0} is a capital."])
    assert found.arity == 1
    assert not found.seeds


def test_relations_stay_as_they_are() -> None:
    given = Relation("r", (Prompt.parse("{0} r {1}."),))
    assert relation_of(given) is given


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("no such relation at all", "--list"),
        ("(Person)-[AGE]->(integer)", "integer"),
        ("{0} {1}", "no words"),
    ],
)
def test_what_cannot_be_asked_is_refused(given: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        relation_of(given)


def test_seeds_that_do_not_fit_are_refused() -> None:
    with pytest.raises(InputError, match="seed"):
        relation_of("{0} orbits {1}.", seeds=[("Io",)])
