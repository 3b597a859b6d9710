"""The entities of a document as a language model lists them, for texts without a graph."""

from __future__ import annotations

import json
from typing import Any

from extractors.entigraph.inventory import Entry, Inventory
from extractors.entigraph.wording.prompts import prompts
from kgkit.facts import Document, Entity
from kgkit.ids import normalise_name
from kgkit.models.lm.base import LanguageModel, Message, Request

__all__ = ["inventory_by_lm"]

_SCHEMA = {
    "type": "object",
    "properties": {
        "summary": {"type": "string"},
        "entities": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"name": {"type": "string"}, "type": {"type": "string"}},
                "required": ["name", "type"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["summary", "entities"],
    "additionalProperties": False,
}


def inventory_by_lm(document: Document, model: LanguageModel) -> Inventory:
    """Return the entities that a model finds in a document, the most named first.

    Names that differ in case and blanks only are one; a name that the document does not have is
    left out, and a reply that cannot be read gives none. Raises a `CallError` where the model
    gives no reply.
    """
    source = prompts().source.replace("{title}", document.title or document.uri)
    user = source.replace("{text}", document.text) + prompts().entities
    request = Request(
        (Message("system", prompts().system), Message("user", user)),
        schema=json.dumps(_SCHEMA, sort_keys=True),
        max_tokens=2048,
        about=document.id,
    )
    found: dict[str, Entry] = {}
    for name, type in _listed(model.complete([request])[0].text):
        count = document.text.count(name)
        if count and normalise_name(name) not in found:
            entity = Entity.named(name, type)
            found[normalise_name(name)] = Entry(entity, (), count, 0.0)
    total = sum(entry.mentions for entry in found.values()) or 1
    ranked = sorted(found.values(), key=lambda entry: (-entry.mentions, entry.entity.id))
    entries = (Entry(e.entity, (), e.mentions, round(e.mentions / total, 4)) for e in ranked)
    return Inventory(document.id, tuple(entries))


def _listed(text: str) -> list[tuple[str, str]]:
    try:
        reply: Any = json.loads(text)
    except ValueError:
        return []
    rows = reply.get("entities") if isinstance(reply, dict) else None
    found = []
    for row in rows if isinstance(rows, list) else []:
        match row:
            case {"name": str(name), "type": str(type)} if name.strip():
                found.append((" ".join(name.split()), " ".join(type.split()) or "Thing"))
    return found
