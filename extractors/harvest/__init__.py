"""Harvest: what a language model knows of a relation, exactly searched and scored."""
