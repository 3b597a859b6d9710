"""The extractive reader: the words of a text that answer a question, or that none do."""
