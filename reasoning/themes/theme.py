"""A theme: entities that belong together, and sentences of the texts that tell about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import overload

from reasoning.answers.answer import Citation

__all__ = ["Theme", "Themes"]

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Theme:
    """A community of entities with its summary.

    `title` is made of its most central names; `entities` are (id, name), the most central first.
    `facts` counts the facts inside it, and `share` is their part of all facts between entities,
    from 0 to 1. `summary` is made of the `citations`' own sentences, or written by a language
    model, whose marks [n] mean the citations.
    """

    title: str
    entities: tuple[tuple[str, str], ...]
    facts: int
    share: float
    summary: str
    citations: tuple[Citation, ...]

    def __str__(self) -> str:
        head = f"{self.title} ({len(self.entities)} entities, {self.facts} facts)"
        return "\n".join([head, f"  {self.summary}", *(f"  {c}" for c in self.citations)])

    def _repr_html_(self) -> str:
        names = ", ".join(escape(name) for _, name in self.entities[:_SHOWN])
        more = ", …" if len(self.entities) > _SHOWN else ""
        rows = "".join(
            f"<li value='{c.number}'><q>{escape(' '.join(c.quote.split()))}</q> "
            f"<small>{escape(c.title or c.document_uri)}</small></li>"
            for c in self.citations
        )
        return (
            f"<h4>{escape(self.title)} <small>{100 * self.share:.1f} % of the facts</small></h4>"
            f"<p>{escape(self.summary)}</p><ol>{rows}</ol><small>{names}{more}</small>"
        )


@dataclass(frozen=True, slots=True, repr=False)
class Themes(Sequence[Theme]):
    """The themes of a graph, those with the most facts first."""

    found: tuple[Theme, ...]

    @overload
    def __getitem__(self, at: int) -> Theme: ...
    @overload
    def __getitem__(self, at: slice) -> Themes: ...
    def __getitem__(self, at: int | slice) -> Theme | Themes:
        return Themes(self.found[at]) if isinstance(at, slice) else self.found[at]

    def __len__(self) -> int:
        return len(self.found)

    def __iter__(self) -> Iterator[Theme]:
        return iter(self.found)

    def __str__(self) -> str:
        shown = "\n\n".join(f"{n}. {theme}" for n, theme in enumerate(self.found, 1))
        return shown or "no themes: the graph has no facts between entities that texts tell"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return "".join(theme._repr_html_() for theme in self.found) or f"<p>{self}</p>"
