"""Parts of `benchmarks.inductive`: text models on unseen entities and unseen relations."""
