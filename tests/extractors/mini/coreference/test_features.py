"""What speaks for and against an antecedent, read from a parse."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractors.mini.coreference.features import features
from extractors.mini.coreference.passage import Passage
from extractors.mini.coreference.phrases import governor, predicate_of, subject_of
from extractors.mini.coreference.question import asked
from extractors.mini.syntax import Sentence, Span
from tests.extractors.mini.coreference.parsed import sentence

# Ada saw Bea because she ran .
ONE = sentence(
    "Ada/PROPN/1/nsubj",
    "saw/VERB/-1/root",
    "Bea/PROPN/1/obj",
    "because/SCONJ/5/mark",
    "she/PRON/5/nsubj",
    "ran/VERB/1/advcl",
    spans=((0, 1, "Person"), (2, 3, "Person")),
)
# Ada saw her .
BOUND = sentence(
    "Ada/PROPN/1/nsubj",
    "saw/VERB/-1/root",
    "her/PRON/1/obj",
    spans=((0, 1, "Person"),),
)


def of(parsed: list[Sentence], pronoun: tuple[int, int], name: tuple[int, int]) -> dict[str, float]:
    """Return the features of the name at (sentence, token)."""
    spans = [(i, span) for i, s in enumerate(parsed) for span in s.spans]
    passage = Passage(parsed, spans)
    for number, person in enumerate(passage.people):
        for mention in person.mentions:
            if (mention[0], mention[1].first) == name:
                return features(passage, pronoun, number, mention)
    raise AssertionError(name)


def test_the_subject_of_the_clause_above() -> None:
    ada, bea = of([ONE], (0, 4), (0, 0)), of([ONE], (0, 4), (0, 2))
    assert ada["subject_1+bare"] == ada["first_in_sentence"] == ada["main_subject"] == 1.0
    assert "subject_1+bare" not in bea
    assert bea["nearest"] == 1.0
    assert "nearest" not in ada


def test_an_argument_beside_a_pronoun_is_told() -> None:
    found = of([BOUND], (0, 2), (0, 0))
    assert found["co_arguments+bare"] == found["clause_mates+bare"] == 1.0
    assert "co_arguments+bare" not in of([ONE], (0, 4), (0, 0))


def test_gender_and_distance() -> None:
    found = of([BOUND, ONE], (1, 4), (0, 0))
    assert found["gender_fits"] == 1.0
    assert found["one_before"] == 1.0
    assert found["mentions"] > 0.0


def test_places_in_the_tree() -> None:
    assert predicate_of(ONE, 4) == 5
    assert governor(ONE, 0) == 0
    children = Passage([ONE], []).children[0]
    assert subject_of(ONE, 1, children) == 0


@given(st.lists(st.sampled_from([ONE, BOUND]), min_size=1, max_size=8), st.integers(0, 7))
def test_sentences_beyond_reach_change_nothing(parsed: list[Sentence], at: int) -> None:
    place = min(at, len(parsed) - 1)
    token = 4 if parsed[place] is ONE else 2
    given_ = [(place, parsed[place].spans[0])]
    rows = asked(parsed, (place, token), given_).rows()
    cut = max(0, place - 4)
    moved = [(place - cut, given_[0][1])]
    assert asked(parsed[cut : place + 2], (place - cut, token), moved).rows() == rows


def test_other_people_are_asides() -> None:
    question = asked([ONE], (0, 4), [(0, Span(0, 1, "Person", 1.0))])
    assert len(question.choices) == len(question.asides) == 1
