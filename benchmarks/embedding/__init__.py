"""Parts of `benchmarks.embeddings`: seeds that resume, speed, and the peer."""
