"""What a corpus is made of: the share of each form, and where its subsets come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from extractors.entigraph.generating.forms import FORMS
from extractors.entigraph.subsets import Source, open_source
from kgkit.errors import InputError

__all__ = ["OFFLINE", "Recipe"]

_SOURCES: Mapping[str, str | Source] = MappingProxyType(
    {
        "chat": "entities",
        "comparison": "peers",
        "path": "paths",
        "profile": "entities",
        "question": "entities",
        "relation": "neighbours",
        "statement": "facts",
    }
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """`shares` of the tokens by form, in any unit; `sources` of subsets by form, by name or given.

    Raises `InputError` for an unknown form or source, a share below 0, and where all are 0.

    >>> Recipe({"profile": 1.0}).share("profile")
    1.0
    """

    shares: Mapping[str, float]
    sources: Mapping[str, str | Source] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for form, share in self.shares.items():
            if form not in FORMS:
                raise InputError(f"{form!r} is no form; expected some of {', '.join(FORMS)}")
            if share < 0:
                raise InputError(f"a share of {share} for {form!r} is below 0; give 0 or more")
            self.source(form)
        if not sum(self.shares.values()):
            raise InputError("all shares are 0; give at least one form a share")

    def share(self, form: str) -> float:
        """Return the share of a form in all tokens, 0 to 1."""
        return self.shares.get(form, 0.0) / sum(self.shares.values())

    def source(self, form: str) -> Source:
        """Return where the subsets of a form come from."""
        return open_source(self.sources.get(form, _SOURCES[form]))

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms with a share, sorted."""
        return tuple(sorted(form for form, share in self.shares.items() if share > 0))


#: The mix of texts that is written unless told otherwise.
OFFLINE = Recipe(
    {
        "chat": 0.1,
        "comparison": 0.1,
        "path": 0.15,
        "profile": 0.2,
        "question": 0.2,
        "relation": 0.15,
        "statement": 0.1,
    }
)
