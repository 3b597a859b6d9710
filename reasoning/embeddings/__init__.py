"""Embeddings: vectors of entities and relations that say which missing links are plausible."""
