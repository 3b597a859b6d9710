"""kgkit's retrieval as retrievers of other frameworks; each needs that framework installed."""
