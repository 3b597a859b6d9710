"""What the description of a relation in a schema may say about its slots.

A sentence with "..." in it is the question, where "..." is the entity; the words "several
values" say that an entity may have more than one::

    MENTOR: who taught them. Who was the mentor of ...?
    CHILD: a son or daughter; several values
"""

from __future__ import annotations

import re

__all__ = ["has_several_values", "stated_question"]

_QUESTION = re.compile(r"(?:^|[.;!]\s+)([^.;!?\s][^.;!?]*(?:\.\.\.|…)[^?]*\?)")


def stated_question(description: str) -> str | None:
    """Return the question that a description states, with "..." for the entity, or None.

    >>> stated_question("who taught them. Who was the mentor of ...?")
    'Who was the mentor of ...?'
    """
    found = _QUESTION.search(description)
    return found[1].replace("…", "...") if found else None


def has_several_values(description: str) -> bool:
    """Return whether a description says that an entity may have several values.

    >>> has_several_values("a son or daughter; several values")
    True
    """
    return "several values" in description.lower()
