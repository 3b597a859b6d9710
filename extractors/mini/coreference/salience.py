"""How much a person is talked about around a pronoun."""

from __future__ import annotations

import math
from collections.abc import Iterator

from extractors.mini.coreference.passage import HERS, HIS, Passage, Place
from extractors.mini.coreference.phrases import governor, head_of, predicate_of, role_of
from extractors.mini.syntax import Sentence, Span

__all__ = ["salience"]


def salience(
    passage: Passage, pronoun: Place, number: int, mention: tuple[int, Span]
) -> Iterator[tuple[str, float]]:
    """Yield features of person `number` in the whole passage, beside this mention of it."""
    person, place = passage.people[number], (mention[0], mention[1].first)
    places = [(i, span.first) for i, span in person.mentions]
    before = [m for m in person.mentions if (m[0], m[1].first) < pronoun]
    yield "mentions", math.log1p(len(before))
    yield "mentions_later", math.log1p(len(places) - len(before))
    most = max(sum((i, s.first) < pronoun for i, s in p.mentions) for p in passage.people)
    yield "most_mentioned", len(before) == most > 1
    yield "long_name", len(person.words) > 1
    yield "named_again", place < pronoun and any(pronoun < p < (pronoun[0] + 1, 0) for p in places)
    yield "named_again_next", place < pronoun and any(p[0] == pronoun[0] + 1 for p in places)
    yield from _subjects(passage, pronoun, before, mention)
    if before:
        yield "nearer_mention", before[-1] != mention and place < pronoun
        yield "nearer_mention_same", before[-1] != mention and before[-1][0] == pronoun[0]
        yield "mention_before_cataphora", place > pronoun
    yield from _company(passage, pronoun, number, place)
    word = passage.sentences[pronoun[0]].tokens[pronoun[1]].text.lower()
    gender = passage.genders[number] * (1.0 if word in HERS else -1.0)
    yield "gender_fits", gender > 0
    yield "gender_clashes", gender < 0
    yield from _pronouns(passage, pronoun, place, min(places))


def _subjects(
    passage: Passage, pronoun: Place, before: list[tuple[int, Span]], mention: tuple[int, Span]
) -> Iterator[tuple[str, float]]:
    s, p = pronoun
    subjects = 0
    for i, span in before:
        head = head_of(passage.sentences[i], span.first, span.last)
        if role_of(passage.sentences[i], head).startswith("nsubj"):
            subjects += 1
            yield "elsewhere_subject_one", i == s - 1 and (i, span) != mention
            yield "elsewhere_subject_same", i == s and (i, span) != mention
    yield "subjects", math.log1p(subjects)
    sentence = passage.sentences[s]
    kind = "poss" if sentence.tokens[p].deprel == "nmod:poss" else "bare"
    own = predicate_of(sentence, p)
    for i, span in before:
        if i == s and (i, span) != mention:
            head = governor(sentence, head_of(sentence, span.first, span.last))
            yield f"elsewhere_mate_{kind}", predicate_of(sentence, head) == own
    head = head_of(passage.sentences[mention[0]], mention[1].first, mention[1].last)
    verb = _verb(sentence, p)
    yield "same_verb", mention[0] != s and verb == _verb(passage.sentences[mention[0]], head) != ""


def _company(
    passage: Passage, pronoun: Place, number: int, place: Place
) -> Iterator[tuple[str, float]]:
    named = sorted({i for i, _, _ in passage.order if i < pronoun[0]})
    yield "last_named_sentence", bool(named) and place[0] == named[-1]
    here = {n for i, _, n in passage.order if i == place[0]}
    yield "alone_in_sentence", here == {number} and place[0] != pronoun[0]
    yield "people", min(len(passage.people), 8) / 8
    yield "two_people", len(passage.people) == 2


def _pronouns(
    passage: Passage, pronoun: Place, place: Place, first: Place
) -> Iterator[tuple[str, float]]:
    texts = {p: passage.sentences[p[0]].tokens[p[1]].text.lower() for p in passage.pronouns}
    kind = HERS if texts.get(pronoun, "") in HERS else HIS
    low, high = sorted((pronoun, place))
    equal = [p for p, text in texts.items() if text in kind and p != pronoun]
    yield "pronouns_between", min(sum(low < p < high for p in equal), 4) / 4 * (place < pronoun)
    yield "pronoun_before_mention", any(p < place for p in equal)
    yield "pronoun_before_first_mention", any(p < first for p in equal)
    others = [p for p, text in texts.items() if text not in kind]
    yield "other_gender_between", any(low < p < high for p in others)
    quoted = passage.quoted[pronoun[0]][pronoun[1]], passage.quoted[place[0]][place[1]]
    yield "quote_p", quoted == (True, False)
    yield "quote_c", quoted == (False, True)
    yield "quote_both", quoted == (True, True)


def _verb(sentence: Sentence, token: int) -> str:
    predicate = predicate_of(sentence, token)
    word = sentence.tokens[predicate].lemma.lower() if predicate >= 0 else ""
    return "" if word in ("be", "have", "do") else word
