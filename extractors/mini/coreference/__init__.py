"""Whom pronouns and nouns mean: people, their features for a pronoun, and a learnt ranking."""
