"""A description of a corpus in Markdown, to go with its files."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from extractors.entigraph.diversity import diversity

if TYPE_CHECKING:
    from extractors.entigraph.corpus import Corpus

__all__ = ["describe"]


def describe(corpus: Corpus) -> str:
    """Return what a corpus holds and how it was made, as Markdown."""
    tokens: Counter[str] = Counter()
    for text in corpus.texts:
        tokens[text.form] += text.tokens
    documents = {id for text in corpus.texts for id in text.documents}
    entities = {id for text in corpus.texts for id in text.entities}
    spread = diversity(corpus.texts)
    lines = [
        "# Synthesised corpus",
        "",
        f"{len(corpus):,} texts, {corpus.tokens:,} tokens, about {len(entities):,} entities, "
        f"resting on {len(documents):,} documents. Each text names the facts, entities and "
        "documents that it was made from.",
        "",
        "| form | texts | tokens |",
        "|---|---|---|",
        *(f"| {form} | {n:,} | {tokens[form]:,} |" for form, n in corpus.forms.items()),
        "",
        "## Coverage",
        "",
        f"- facts told by some text: {100 * corpus.facts:.1f} %",
        f"- pairs of entities told together, or joined by a fact: {100 * corpus.coverage:.1f} %",
        "",
        "## Diversity",
        "",
        f"- distinct word pairs and triples: {100 * spread.distinct_2:.1f} %, "
        f"{100 * spread.distinct_3:.1f} %",
        f"- sentences that come once: {100 * spread.distinct_sentences:.1f} %",
        f"- texts that nearly repeat an earlier one: {100 * spread.near_duplicates:.1f} %",
        "",
        "## How it was made",
        "",
        *(f"- {name}: {_shown(value)}" for name, value in corpus.made_from.items()),
    ]
    if corpus.rejected:
        lines += ["", "## Kept out", ""]
        lines += [f"- {reason}: {n:,}" for reason, n in corpus.reasons.items()]
    return "\n".join(lines) + "\n"


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {each}" for name, each in value.items())
    return f"{value:,}" if isinstance(value, int) else str(value) or "-"
