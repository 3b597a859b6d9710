"""Predicting with a trained model: names in, facts with probabilities out."""

from reasoning.embeddings.predicting.card import Card
from reasoning.embeddings.predicting.names import Names
from reasoning.embeddings.predicting.prediction import Near, Prediction
from reasoning.embeddings.predicting.trained import Embedding, TrainedModel

__all__ = ["Card", "Embedding", "Names", "Near", "Prediction", "TrainedModel"]
