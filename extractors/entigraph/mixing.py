"""Texts of several forms in turn, so that each form gets its share of the tokens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from extractors.entigraph.text import Text

__all__ = ["mix"]


def mix(streams: Mapping[str, Iterator[Text]], shares: Mapping[str, float]) -> Iterator[Text]:
    """Yield texts of the form that is furthest behind its share of the tokens so far.

    Equals go by name. A form that is at its end leaves its share to the others; equal texts come
    once, and a form that says nothing new a thousand times in a row is at its end.
    """
    made = {form: 0 for form in sorted(streams) if shares.get(form, 0.0) > 0}
    seen: set[str] = set()
    idle = dict.fromkeys(made, 0)
    while made:
        form = min(made, key=lambda name: (made[name] / shares[name], name))
        text = next(streams[form], None)
        if text is None or idle[form] > _PATIENCE:
            del made[form]
        elif text.id in seen:
            idle[form] += 1
        else:
            seen.add(text.id)
            idle[form] = 0
            made[form] += text.tokens
            yield text


#: Texts in a row that were there already.
_PATIENCE = 1000
