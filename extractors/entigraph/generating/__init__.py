"""Who writes the texts: grammar templates, offline, or a language model."""
