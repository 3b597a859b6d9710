"""Trees that agree with the entity spans."""

from __future__ import annotations

from collections.abc import Callable

from extractors.mini.clauses.mending import mended
from extractors.mini.syntax import Sentence

Parse = Callable[..., Sentence]


def hung(sentence: Sentence) -> list[tuple[int, str]]:
    return [(token.head, token.deprel) for token in mended(sentence)]


def test_without_spans_nothing_changes(parse: Parse) -> None:
    sentence = parse("Ada/Ada/PROPN/NNP/2/nsubj slept/sleep/VERB/VBD/0/root")
    assert mended(sentence) is sentence.tokens


def test_a_name_has_one_head(parse: Parse) -> None:
    sentence = parse(
        """Ada/Ada/PROPN/NNP/3/nsubj King/King/PROPN/NNP/4/compound met/meet/VERB/VBD/0/root
        Tom/Tom/PROPN/NNP/3/obj""",
        (0, 2, "Person"),
        (3, 4, "Person"),
    )
    assert hung(sentence)[1] == (0, "flat")


def test_a_name_after_a_verb_without_object_is_its_object(parse: Parse) -> None:
    sentence = parse(
        """a/a/DET/DT/2/det film/film/NOUN/NN/0/root starring/star/VERB/VBG/2/acl
        Ada/Ada/PROPN/NNP/2/nmod""",
        (3, 4, "Person"),
    )
    assert hung(sentence)[3] == (2, "obj")


def test_a_name_after_a_noun_is_put_beside_it(parse: Parse) -> None:
    sentence = parse(
        """Tom/Tom/PROPN/NNP/3/nmod:poss 's/'s/PART/POS/1/case wife/wife/NOUN/NN/5/nsubj
        Ada/Ada/PROPN/NNP/1/flat slept/sleep/VERB/VBD/0/root""",
        (0, 1, "Person"),
        (3, 4, "Person"),
    )
    assert hung(sentence)[3] == (2, "appos")


def test_a_list_hangs_on_what_came_before(parse: Parse) -> None:
    sentence = parse(
        """Ada/Ada/PROPN/NNP/5/nsubj and/and/CCONJ/CC/3/cc Tom/Tom/PROPN/NNP/6/conj
        both/both/DET/DT/5/det met/meet/VERB/VBD/0/root Ida/Ida/PROPN/NNP/5/obj""",
        (0, 1, "Person"),
        (2, 3, "Person"),
        (5, 6, "Person"),
    )
    assert hung(sentence)[2] == (0, "conj")


def test_no_cycle_comes_about(parse: Parse) -> None:
    sentence = parse(
        """starring/star/VERB/VBG/2/acl Ada/Ada/PROPN/NNP/3/nmod film/film/NOUN/NN/0/root""",
        (1, 2, "Person"),
    )
    assert hung(sentence) == [(1, "acl"), (2, "nmod"), (-1, "root")]


def test_what_a_name_is_said_to_be_is_the_head(parse: Parse) -> None:
    sentence = parse(
        """Dune/Dune/PROPN/NNP/0/root is/be/AUX/VBZ/1/cop a/a/DET/DT/4/det
        film/film/NOUN/NN/1/nmod""",
        (0, 1, "Misc"),
    )
    assert hung(sentence) == [(3, "nsubj"), (3, "cop"), (3, "det"), (-1, "root")]


def test_the_copula_belongs_to_the_noun_after_it(parse: Parse) -> None:
    sentence = parse(
        """Dune/Dune/PROPN/NNP/4/nsubj is/be/AUX/VBZ/1/cop a/a/DET/DT/4/det
        film/film/NOUN/NN/0/root""",
        (0, 1, "Misc"),
    )
    assert hung(sentence)[1] == (3, "cop")
