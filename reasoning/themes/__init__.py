"""What a graph is about as a whole: its themes, each with a summary that cites its sentences."""

from __future__ import annotations

from reasoning.themes.find import find_themes
from reasoning.themes.theme import Theme, Themes

__all__ = ["Theme", "Themes", "find_themes"]
