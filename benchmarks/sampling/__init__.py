"""Parts of `benchmarks.lemon`: settings, runs that resume, and the verdict."""
