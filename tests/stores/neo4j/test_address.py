from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgkit.errors import InputError
from stores.neo4j import Neo4jGraph
from stores.neo4j.address import SCHEMES, Address, read_address

ENVIRONMENT = {
    "KGKIT_NEO4J_USER": "eve",
    "KGKIT_NEO4J_PASSWORD": "hush-hush",
    "KGKIT_NEO4J_DATABASE": "late",
}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_bare_address_asks_without_authentication(scheme: str) -> None:
    assert read_address(f"{scheme}://host:7687", environment={}) == Address(f"{scheme}://host:7687")


def test_arguments_come_before_the_url_and_the_url_before_the_environment() -> None:
    url = "neo4j://ada:secret@host?database=films"
    read = read_address(url, environment=ENVIRONMENT)
    assert read == Address("neo4j://host", "ada", "secret", "films")
    read = read_address(url, "bob", "other", "books", ENVIRONMENT)
    assert read == Address("neo4j://host", "bob", "other", "books")
    read = read_address("neo4j://host", environment=ENVIRONMENT)
    assert read == Address("neo4j://host", "eve", "hush-hush", "late")


def test_a_password_alone_is_that_of_the_first_user() -> None:
    assert read_address("bolt://host", password="secret", environment={}).user == "neo4j"


def test_what_the_driver_is_to_know_stays_in_the_uri() -> None:
    read = read_address("neo4j://[::1]:7687?region=eu&database=d", environment={})
    assert read == Address("neo4j://[::1]:7687?region=eu", database="d")


@given(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_any_password_can_stand_in_a_url_and_is_never_shown(user: str, password: str) -> None:
    url = f"bolt://{quote(user, safe='')}:{quote('p/@:%' + password, safe='')}@host"
    read = read_address(url, environment={})
    assert (read.user, read.password) == (user, "p/@:%" + password)
    assert "p/@:%" not in f"{read!r} {read}"


@pytest.mark.parametrize(
    "url",
    [
        *("http://ada:secret@host", "neo4j://", "host:7687", "", "bolt://ada:secret@"),
        *("neo4j://ada:secret@host:port", "bolt://ada:secret@[host", "bolt://ada:sec/ret@host"),
    ],
)
def test_another_address_is_refused_without_showing_it(url: str) -> None:
    with pytest.raises(InputError, match="neo4j://host:7687") as caught:
        Neo4jGraph.open(url)
    assert "sec" not in str(caught.value)


def test_a_user_without_password_is_told_where_to_put_it() -> None:
    with pytest.raises(InputError, match="KGKIT_NEO4J_PASSWORD"):
        read_address("neo4j://ada@host", environment={})
