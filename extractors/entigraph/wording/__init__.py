"""How facts are put into words: relations, values, the frames of sentences, and prompts."""
