"""Questions to a model whose answers a graph knows."""
