"""Inductive completion: entities, and relations, that training has never seen, by their texts."""

from __future__ import annotations

from reasoning.embeddings.inductive.classifying import EntityClassifier
from reasoning.embeddings.inductive.features import text_features
from reasoning.embeddings.inductive.modelling import BAG_OF_WORDS, prepared, text_model
from reasoning.embeddings.inductive.retrieving import EntitySearch
from reasoning.embeddings.inductive.splits import drop_entities
from reasoning.embeddings.inductive.zero_shot import unseen_relations

__all__ = [
    "BAG_OF_WORDS",
    "EntityClassifier",
    "EntitySearch",
    "drop_entities",
    "prepared",
    "text_features",
    "text_model",
    "unseen_relations",
]
