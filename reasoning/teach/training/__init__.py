"""Continued pretraining of causal language models on texts."""
