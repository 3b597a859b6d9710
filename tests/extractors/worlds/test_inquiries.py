"""Questions of one to four steps on small worlds."""

from __future__ import annotations

import pytest

from extractors.worlds.inquiries import Inquiries
from extractors.worlds.inquiry_forms import FORMS
from extractors.worlds.inquiry_relations import SCHEMAS
from kgkit.errors import InputError
from kgkit.facts import Entity


@pytest.mark.parametrize("split", ["train", "held_out"])
def test_answers_are_in_the_world(split: str) -> None:
    made = Inquiries.make(3, split)  # type: ignore[arg-type]
    ends = [end for fact in made.facts for end in (fact.head, fact.tail)]
    said = {e.name if isinstance(e, Entity) else str(e.value) for e in ends}
    for inquiry in made.asked:
        if inquiry.kind not in ("count", "yesno", "same"):
            assert set(inquiry.answers) <= said, inquiry
    assert len({inquiry.kind for inquiry in made.asked}) >= 13


def test_splits_share_nothing() -> None:
    train, held_out = SCHEMAS["train"], SCHEMAS["held_out"]
    assert not {r.name for r in train.relations} & {r.name for r in held_out.relations}
    questions = [{q for r in s.relations for q in (*r.ask, *r.back)} for s in (train, held_out)]
    assert not questions[0] & questions[1]
    for form in ("compare", "count", "listed", "best", "after", "before", "either", "same"):
        assert not set(getattr(FORMS["train"], form)) & set(getattr(FORMS["held_out"], form))


def test_another_split_is_refused() -> None:
    with pytest.raises(InputError, match="give 'train' or 'held_out'"):
        Inquiries.make(0, "test")  # type: ignore[arg-type]
