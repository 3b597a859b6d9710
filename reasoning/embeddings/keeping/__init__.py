"""Keeping trained models in folders: numbers as safetensors, the rest as JSON, nothing pickled."""

from reasoning.embeddings.keeping.loading import load_model
from reasoning.embeddings.keeping.saving import save_model

__all__ = ["load_model", "save_model"]
