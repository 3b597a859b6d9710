"""Alignment: names of one entity joined, namesakes told apart, relations made canonical, concepts
linked to each other and to vocabularies. Pure functions: values in, decisions out."""

from __future__ import annotations

from extractors.align.concepts import ConceptLink, broader_types, patterns_in, schema_links
from extractors.align.linking import TermLink, link_terms
from extractors.align.namesakes import Namesakes, tell_apart
from extractors.align.profiles import Profile, joined
from extractors.align.proposals import Proposal, State, clusters, propose
from extractors.align.relations import (
    Canonical,
    RelationMap,
    RelationUse,
    canonical_relations,
    relation_uses,
)
from extractors.align.sightings import sightings
from extractors.align.vocabulary import Term, Vocabulary, read_vocabulary

__all__ = [
    "Canonical",
    "ConceptLink",
    "Namesakes",
    "Profile",
    "Proposal",
    "RelationMap",
    "RelationUse",
    "State",
    "Term",
    "TermLink",
    "Vocabulary",
    "broader_types",
    "canonical_relations",
    "clusters",
    "joined",
    "link_terms",
    "patterns_in",
    "propose",
    "read_vocabulary",
    "relation_uses",
    "schema_links",
    "sightings",
    "tell_apart",
]
