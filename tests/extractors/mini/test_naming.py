"""Which entity a name stands for in its document."""

from __future__ import annotations

from extractors.mini.naming import Named, entities_of


def named(*names: tuple[str, str], title: str = "") -> list[str]:
    return [e.name for e in entities_of([Named(text, kind) for text, kind in names], title)]


def test_last_and_first_names_stand_for_the_whole() -> None:
    assert (
        named(("Marie Curie", "Person"), ("Curie", "Person"), ("Marie", "Person"))
        == ["Marie Curie"] * 3
    )


def test_an_ambiguous_last_name_stays_by_itself() -> None:
    names = ("Marie Curie", "Person"), ("Pierre Curie", "Person"), ("Curie", "Person")
    assert named(*names)[2] == "Curie"
    assert named(*names, title="Marie Curie")[2] == "Marie Curie"


def test_middle_names_and_initials() -> None:
    names = ("John Fitzgerald Kennedy", "Person"), ("John F. Kennedy", "Person")
    assert named(*names, ("John Kennedy", "Person")) == ["John Fitzgerald Kennedy"] * 3
    assert named(("John Kennedy", "Person"), ("Mary Kennedy", "Person"))[1] == "Mary Kennedy"


def test_titles_before_a_name_do_not_count() -> None:
    assert named(("Jane Doe", "Person"), ("Dr. Doe", "Person")) == ["Jane Doe"] * 2


def test_places_are_not_shortened_like_people() -> None:
    assert named(("New York City", "Location"), ("City", "Location"))[1] == "City"


def test_the_title_names_what_the_text_is_about() -> None:
    assert named(("Alien", "Misc"), title="Alien (film)") == ["Alien (film)"]
    assert named(("Curie", "Person"), title="Marie Curie") == ["Marie Curie"]


def test_an_acronym_in_brackets_is_an_alias() -> None:
    names = [
        Named("World Health Organization", "Organization"),
        Named("WHO", "Organization", before="World Health Organization"),
        Named("WHO", "Organization"),
    ]
    found = entities_of(names)
    assert len({entity.id for entity in found}) == 1
    assert found[0].aliases == ("WHO",)


def test_one_name_has_one_type_in_a_document() -> None:
    names = [Named("Bach", "Person"), Named("Bach", "Misc"), Named("Bach", "Person")]
    assert {entity.type for entity in entities_of(names)} == {"Person"}


def test_no_names() -> None:
    assert entities_of([], "Title") == []


def test_the_title_stands_for_its_longer_forms() -> None:
    names = ("Frank Wright Tuttle", "Person"), ("Tuttle", "Person")
    assert named(*names, title="Frank Tuttle") == ["Frank Tuttle"] * 2
    assert named(("Acme, Inc.", "Organization"), title="Acme") == ["Acme"]
    assert named(("Deltha Lee Neal, III", "Person"), title="Deltha Neal") == ["Deltha Neal"]


def test_a_brother_with_the_same_last_name_is_someone_else() -> None:
    names = ("Juan Alfonso Guzman", "Person"), ("Alfonso Guzman", "Person")
    assert named(*names) == ["Juan Alfonso Guzman", "Alfonso Guzman"]


def test_the_namesake_that_came_before_is_meant() -> None:
    names = ("Robert Burns", "Person"), ("Burns", "Person"), ("Thomas Burns", "Person")
    assert named(*names)[1] == "Robert Burns"


def test_particles_belong_to_the_last_name() -> None:
    assert named(("Francesco De Masi", "Person"), ("De Masi", "Person"))[1] == "Francesco De Masi"


def test_acronyms_without_brackets_need_all_initials() -> None:
    league = ("National Football League", "Organization")
    assert named(league, ("NFL", "Organization"))[1] == "National Football League"
    assert named(league, ("NBA", "Organization"))[1] == "NBA"
    other = ("Northern Farmers League", "Organization")
    assert named(league, other, ("NFL", "Organization"))[2] == "NFL"
    assert named(league, ("Nfl", "Organization"))[1] == "Nfl"


def test_an_organisation_may_leave_out_its_kind_once_named() -> None:
    names = ("Yale College", "Organization"), ("Yale", "Organization")
    assert named(*names) == ["Yale College"] * 2
    assert named(*reversed(names)) == ["Yale", "Yale College"]
    assert named(("BBC News", "Organization"), ("BBC", "Organization"))[1] == "BBC"


def test_countries_have_one_name() -> None:
    found = entities_of([Named("U.S.", "Location"), Named("United States", "Location")])
    assert {entity.name for entity in found} == {"United States"}
    assert found[0].aliases == ("U.S.",)
    assert named(("US", "Misc")) == ["US"]


def test_among_equal_types_misc_is_last() -> None:
    assert {e.type for e in entities_of([Named("Bo", "Misc"), Named("Bo", "Person")])} == {"Person"}
