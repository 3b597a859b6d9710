"""Four versions of a graph that differ in their words only (Sakai et al., arXiv 2311.09109).

The facts stay as they are, so a model of the structure alone is not touched. A model that reads
does as well as before if it infers, and loses what it remembers of the real names and texts.

- virtual world: names are dealt out anew among the entities, and those of relations among the
  relations; texts mention the new names. Natural words, another world.
- anonymised: names of entities and relations are strings of chance, also where texts mention them.
- inconsistent: each entity has the text (and types) of another; names stay.
- fully anonymised: names are strings of chance, and there are no texts or types.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import torch

from kgkit.errors import InputError
from reasoning.embeddings.controls.renaming import Renaming

if TYPE_CHECKING:
    from reasoning.embeddings.triples import Triples

__all__ = ["CONTROLS", "anonymised", "fully_anonymised", "inconsistent", "virtual_world"]


def virtual_world(triples: Triples, seed: int = 0) -> Triples:
    """Return the graph with the names of entities, and of relations, dealt out anew."""
    generator = torch.Generator().manual_seed(seed)
    names = _dealt(triples.entities, triples.names, generator)
    relations = _dealt(triples.relations, triples.relation_texts, generator)
    return _renamed(triples, names, relations)


def anonymised(triples: Triples, seed: int = 0) -> Triples:
    """Return the graph with strings of chance for the names of entities and of relations."""
    generator = torch.Generator().manual_seed(seed)
    names = _strings(triples.entities, generator)
    return _renamed(triples, names, _strings(triples.relations, generator))


def inconsistent(triples: Triples, seed: int = 0) -> Triples:
    """Return the graph in which each entity has another one's text and types.

    Raises `InputError` for a graph without texts: there is nothing to exchange.
    """
    if not triples.texts:
        raise InputError("the graph has no texts of entities to exchange; add descriptions")
    generator = torch.Generator().manual_seed(seed)
    donors = _others(triples.entities, generator)
    texts = {key: triples.texts[other] for key, other in donors.items() if other in triples.texts}
    types = {key: triples.types[other] for key, other in donors.items() if other in triples.types}
    return replace(triples, texts=texts, types=types)


def fully_anonymised(triples: Triples, seed: int = 0) -> Triples:
    """Return the graph with strings of chance for names, without texts and types."""
    generator = torch.Generator().manual_seed(seed)
    names = _strings(triples.entities, generator)
    relations = _strings(triples.relations, generator)
    return replace(triples, names=names, texts={}, types={}, relation_texts=relations)


#: The makers by name; each is called with triples and a seed.
CONTROLS: Mapping[str, Callable[[Triples, int], Triples]] = {
    "virtual world": virtual_world,
    "anonymised": anonymised,
    "inconsistent": inconsistent,
    "fully anonymised": fully_anonymised,
}


def _renamed(triples: Triples, names: dict[str, str], relations: dict[str, str]) -> Triples:
    old = {triples.names.get(key, key): names[key] for key in reversed(triples.entities)}
    renaming = Renaming(old)  # of entities with one name, the first gives mentions their new one
    texts = {key: renaming.of(text) for key, text in triples.texts.items()}
    return replace(triples, names=names, texts=texts, relation_texts=relations)


def _dealt(
    keys: Sequence[str], names: Mapping[str, str], generator: torch.Generator
) -> dict[str, str]:
    donors = _others(keys, generator)
    return {key: names.get(other, other) for key, other in donors.items()}


def _others(keys: Sequence[str], generator: torch.Generator) -> dict[str, str]:
    """Return another key for each, every key once: one drawn round through all of them."""
    order = torch.randperm(len(keys), generator=generator).tolist()
    return {keys[one]: keys[other] for one, other in zip(order, order[1:] + order[:1], strict=True)}


def _strings(keys: Sequence[str], generator: torch.Generator) -> dict[str, str]:
    """Return a distinct string of ten letters drawn for each key."""
    found: dict[str, None] = {}
    while len(found) < len(keys):
        letters = torch.randint(26, (10,), generator=generator).tolist()
        found["".join(chr(97 + letter) for letter in letters)] = None
    return dict(zip(keys, found, strict=True))
