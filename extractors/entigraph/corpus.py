"""A synthesised corpus: its texts, and what is known of how it was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from extractors.entigraph.text import Text

__all__ = ["Corpus", "Rejected"]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A text that was made and not kept, and why."""

    text: Text
    reason: str


@dataclass(frozen=True, slots=True, repr=False)
class Corpus:
    """Texts in the order they were made. `rejected` ones are kept apart, with the reason.

    `coverage` is the share of pairs of entities that the graph or a path text brings together
    (`extractors.entigraph.coverage`), `facts` the share of facts that some text tells, both 0 to
    1; `made_from` says what it was made from and how, in plain values; `names` are those of the
    entities, by id.

    >>> print(Corpus((Text.of("Ada wrote notes.", "statement"),)))
    1 text, 4 tokens: 1 statement; 0.0 % of facts told, 0.0 % of pairs covered
    """

    texts: tuple[Text, ...]
    rejected: tuple[Rejected, ...] = ()
    coverage: float = 0.0
    facts: float = 0.0
    made_from: dict[str, Any] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    @property
    def tokens(self) -> int:
        """The length of all texts, as `Text.tokens` counts."""
        return sum(text.tokens for text in self.texts)

    @property
    def forms(self) -> dict[str, int]:
        """How many texts there are of each form."""
        counts = Counter(text.form for text in self.texts)
        return {form: counts[form] for form in sorted(counts)}

    @property
    def reasons(self) -> dict[str, int]:
        """How many texts were rejected for each reason."""
        counts = Counter(each.reason for each in self.rejected)
        return {reason: counts[reason] for reason in sorted(counts)}

    def without_near_duplicates(self, threshold: float = 0.9) -> Corpus:
        """Return the corpus without texts that nearly repeat an earlier one (`near_duplicates`)."""
        from extractors.entigraph.dedup import near_duplicates

        repeats = near_duplicates((text.text for text in self.texts), threshold=threshold).tolist()
        pairs = list(zip(self.texts, repeats, strict=True))
        gone = tuple(Rejected(text, "near-duplicate") for text, first in pairs if first >= 0)
        kept = tuple(text for text, first in pairs if first < 0)
        return replace(self, texts=kept, rejected=self.rejected + gone)

    def write(self, path: str | Path, *, format: str = "auto") -> Path:
        """Write the texts to a file and return its path.

        `format` is "jsonl" (texts with provenance), "chat" (messages) or "text" (one text after
        the other), or "auto" for what the name says: "corpus.jsonl", "corpus.chat.jsonl",
        "corpus.txt". Nothing stands at `path` until all is written. Token blocks are written by
        `extractors.entigraph.writing.pack`. Raises `InputError` for another format.
        """
        from extractors.entigraph.writing import write_corpus

        return write_corpus(self, Path(path), format)

    def card(self) -> str:
        """Return a description of the corpus in Markdown: what it holds, how it was made."""
        from extractors.entigraph.writing import describe

        return describe(self)

    def __len__(self) -> int:
        return len(self.texts)

    def __iter__(self) -> Iterator[Text]:
        return iter(self.texts)

    def __repr__(self) -> str:
        return f"<Corpus: {self}>"  # not every text: there may be millions

    def __str__(self) -> str:
        n = len(self.texts)
        forms = ", ".join(f"{count:,} {form}" for form, count in self.forms.items())
        lines = [
            f"{n:,} text{'' if n == 1 else 's'}, {self.tokens:,} tokens: {forms or 'none'}; "
            f"{100 * self.facts:.1f} % of facts told, {100 * self.coverage:.1f} % of pairs covered"
        ]
        lines += [f"  rejected, {reason}: {count:,}" for reason, count in self.reasons.items()]
        return "\n".join(lines)
