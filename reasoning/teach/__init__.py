"""Teaching a language model what a graph knows, and measuring what it has learnt."""
